"""The ledger of known differences satisfies its schema, and the schema is able to refuse."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator

from tests.house.promise import PROMISE
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
    "covers": [PROMISE["rows"][0]["area"]],
    "model_refs": ["model/step.py"],
    "engine_refs": ["engine/waves.py"],
    "tests": ["tests/parity/test_waves.py::test_order"],
    "history": [{"date": "2026-01-31", "change": "opened"}],
}


VALIDATOR: Validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def refusals(*entries: dict[str, Any]) -> list[str]:
    """Where the schema refuses a ledger of these entries, as JSON paths."""
    ledger = {"schema_version": 1, "entries": list(entries)}
    return [error.json_path for error in VALIDATOR.iter_errors(ledger)]


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
