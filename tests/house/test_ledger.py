"""The ledger of known differences satisfies its schema, and the schema is able to refuse."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator

from antiphon.parity.ledger.entry import read_ledger
from tests.house.tree import DOCS

LEDGER: dict[str, Any] = json.loads((DOCS / "model_vs_engine_deviations.json").read_text("utf-8"))
SCHEMA: dict[str, Any] = json.loads(
    (DOCS / "model_vs_engine_deviations.schema.json").read_text("utf-8")
)
ENTRY: dict[str, Any] = {
    "id": "wave-order",
    "title": "Waves order events otherwise",
    "owner": "engine",
    "status": "active",
    "reason": "A wave commits its picks together.",
    "impact": "Two independent events may appear swapped.",
    "alternatives_considered": ["Sort the events of a wave."],
    "revisit_date": "2026-03-31",
    "covers": ["behaviour:waves:n>1:global_event_order"],
    "model_refs": ["model/step.py"],
    "engine_refs": ["engine/waves.py"],
    "tests": ["tests/parity/test_waves.py::test_order"],
    "history": [{"date": "2026-01-31", "status": "active", "change": "opened"}],
}


VALIDATOR: Validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def refusals(*entries: dict[str, Any]) -> list[str]:
    """Where the schema refuses a ledger of these entries, as JSON paths."""
    ledger = {"schema_version": 2, "rows": "0" * 64, "entries": list(entries)}
    return [error.json_path for error in VALIDATOR.iter_errors(ledger)]


GOOD: dict[str, Any] = {"schema_version": 2, "rows": "0" * 64, "entries": [ENTRY]}
WRONG: tuple[Any, ...] = ("", " ", "2026-1-1", 3, None, [], ["a", "a"], [""], [{}])
FORMS: dict[str, Any] = {
    "good": GOOD,
    "no list": {**GOOD, "entries": 3},
    "no object": [],
    "old": {**GOOD, "schema_version": 1},
    "short": {**GOOD, "rows": "0"},
    "more": {**GOOD, "updated_at": ""},
    "no rows": {key: value for key, value in GOOD.items() if key != "rows"},
    "number": {**GOOD, "entries": [1]},
    **{
        f"{field} {number}": {**GOOD, "entries": [{**ENTRY, field: value}]}
        for field in ENTRY
        for number, value in enumerate(WRONG)
    },
}


def test_schema_is_a_schema() -> None:
    """The schema itself is a valid JSON Schema of its draft."""
    Draft202012Validator.check_schema(SCHEMA)


def test_ledger_satisfies_the_schema() -> None:
    """Every entry of the ledger has every field, in its form, nothing else, and its own id."""
    VALIDATOR.validate(LEDGER)
    ids = [entry["id"] for entry in LEDGER["entries"]]
    assert len(ids) == len(set(ids)), "two ledger entries have one id: rename one"


def test_schema_accepts_an_entry() -> None:
    """A complete entry is accepted."""
    assert refusals(ENTRY) == []


@pytest.mark.parametrize("field", ENTRY)
def test_rejects_an_entry_without(field: str) -> None:
    """No field of an entry may be left out."""
    assert refusals({key: value for key, value in ENTRY.items() if key != field}) == [
        "$.entries[0]"
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Wave Order"),
        ("owner", "  "),
        ("status", "pending"),
        ("revisit_date", "2026-02-30"),
        ("covers", []),
        ("history", []),
    ],
)
def test_rejects_a_field(field: str, value: object) -> None:
    """A field with a value that says nothing is refused at its own place."""
    assert refusals(ENTRY | {field: value}) == [f"$.entries[0].{field}"]


def test_rejects_an_unknown_field() -> None:
    """A field that the schema does not know is refused."""
    assert refusals(ENTRY | {"expires": "never"}) == ["$.entries[0]"]


@pytest.mark.parametrize("name", FORMS)
def test_schema_and_reader_agree(name: str) -> None:
    """The published schema refuses exactly what the reader refuses by its form."""
    given = FORMS[name]
    _, problems = read_ledger(json.dumps(given))
    said = [each for each in problems if each.code != "duplicate-id"]
    assert (not said) is VALIDATOR.is_valid(given)
