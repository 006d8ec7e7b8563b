"""The ledger and its entries, read from JSON: all that is wrong with the form is found at once.

The schema is ``docs/model_vs_engine_deviations.schema.json``; what it refuses has a code here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias, cast

from antiphon.bytecode.interchange import read_json
from antiphon.errors import Refusal
from antiphon.parity.problem import Problem

ACTIVE: Final = "active"
RESOLVED: Final = "resolved"
STATUSES: Final = (ACTIVE, RESOLVED)
VERSION: Final = 2
SIZE_MAX: Final = 2**20
_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
Object: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of an entry: on ``date`` it became, or stayed, ``status``."""

    date: str
    status: str
    change: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A known difference. ``covers`` are the fingerprints that it explains; ``history`` is what was
    done, oldest first. The rest is as the schema says.
    """

    id: str
    title: str
    owner: str
    status: str
    reason: str
    impact: str
    alternatives_considered: tuple[str, ...]
    revisit_date: str
    covers: tuple[str, ...]
    model_refs: tuple[str, ...]
    engine_refs: tuple[str, ...]
    tests: tuple[str, ...]
    history: tuple[Step, ...]

    @property
    def is_active(self) -> bool:
        """Whether it still explains something."""
        return self.status == ACTIVE


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries; ``rows``, in the header, is the digest of the rows it was last held against."""

    rows: str
    entries: tuple[Entry, ...]

    @property
    def covers(self) -> dict[str, str]:
        """The fingerprints that active entries explain, with the entry; the first counts."""
        found: dict[str, str] = {}
        for entry in self.entries:
            if entry.is_active:
                for each in entry.covers:
                    found.setdefault(each, entry.id)
        return found


def read_ledger(text: str) -> tuple[Ledger, tuple[Problem, ...]]:
    """The entries whose form is right, and everything that is wrong with the form of the rest."""
    try:
        data = read_json(text.encode("utf-8", "replace"), SIZE_MAX)
    except (Refusal, ValueError) as error:
        return Ledger("", ()), (Problem("not-json", "$", f"{error}: mend the file"),)
    problems = list(_of_header(data))
    if any(each.code == "not-a-ledger" for each in problems):
        return Ledger("", ()), tuple(problems)
    root = cast("Object", data)
    entries: list[Entry] = []
    for number, item in enumerate(cast("list[object]", root["entries"])):
        wrong = tuple(_of_entry(item, f"$.entries[{number}]"))
        problems += wrong
        if not wrong:
            entries.append(_entry(cast("Object", item)))
    problems += _of_ids(entries)
    rows = root.get("rows")
    return Ledger(rows if isinstance(rows, str) else "", tuple(entries)), tuple(problems)


def with_rows(text: str, rows: str) -> str:
    """The text of a ledger with another digest of rows in its header."""
    root: dict[str, object] = json.loads(text)
    return json.dumps(root | {"rows": rows}, indent=2, ensure_ascii=False) + "\n"


def _of_header(data: object) -> Iterator[Problem]:
    """The header's problems; ``not-a-ledger`` if entries cannot be looked at."""
    if not isinstance(data, dict) or not isinstance(cast("Object", data).get("entries"), list):
        words = "an object with schema_version, rows and the list entries belongs here"
        yield Problem("not-a-ledger", "$", words)
        return
    root = cast("Object", data)
    if root.get("schema_version") != VERSION or root.get("schema_version") is True:
        yield Problem("bad-field", "$.schema_version", f"it is {VERSION}")
    if not isinstance(root.get("rows"), str) or not _DIGEST.fullmatch(root["rows"]):
        words = "the digest of the matrix's rows: antiphon parity matrix --write puts it there"
        yield Problem("bad-field", "$.rows", words)
    for name in root.keys() - {"schema_version", "rows", "entries"}:
        yield Problem("unknown-field", f"$.{name}", "take it out")


def _of_entry(data: object, place: str) -> Iterator[Problem]:
    if not isinstance(data, dict):
        yield Problem("bad-field", place, "an entry is an object")
        return
    yield from _of_fields(cast("Object", data), place, _ENTRY)
    history = cast("Object", data).get("history")
    if _is_list(history):
        for number, step in enumerate(cast("list[object]", history)):
            where = f"{place}.history[{number}]"
            if isinstance(step, dict):
                yield from _of_fields(cast("Object", step), where, _STEP)
            else:
                yield Problem("bad-field", where, "a step of the history is an object")


def _of_fields(given: Object, place: str, known: Mapping[str, _Form]) -> Iterator[Problem]:
    for name in known:
        if name not in given:
            yield Problem("missing-field", f"{place}.{name}", known[name][1])
    for name, value in given.items():
        if name not in known:
            yield Problem("unknown-field", f"{place}.{name}", "take it out")
        elif not known[name][0](value):
            yield Problem("bad-field", f"{place}.{name}", known[name][1])


def _of_ids(entries: list[Entry]) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield Problem("duplicate-id", entry.id, "two entries have one id: rename one")
        seen.add(entry.id)


def _entry(data: Object) -> Entry:
    return Entry(
        data["id"],
        data["title"],
        data["owner"],
        data["status"],
        data["reason"],
        data["impact"],
        tuple(data["alternatives_considered"]),
        data["revisit_date"],
        tuple(data["covers"]),
        tuple(data["model_refs"]),
        tuple(data["engine_refs"]),
        tuple(data["tests"]),
        tuple(Step(each["date"], each["status"], each["change"]) for each in data["history"]),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_list(value: object) -> bool:
    return isinstance(value, list) and len(cast("list[object]", value)) > 0


def _are_texts(value: object) -> bool:
    if not isinstance(value, list):
        return False
    items = cast("list[object]", value)
    return bool(items) and all(map(_is_text, items)) and len(set(items)) == len(items)


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_status(value: object) -> bool:
    return value in STATUSES


_Form: TypeAlias = tuple[Callable[[object], bool], str]
_A_TEXT: Final[_Form] = (_is_text, "a text that says something")
_TEXTS: Final[_Form] = (_are_texts, "a list of different texts, one at least")
_A_DATE: Final[_Form] = (_is_date, "a day as YYYY-MM-DD")
_STATUS: Final[_Form] = (_is_status, f"one of {', '.join(STATUSES)}")
_ENTRY: Final[Mapping[str, _Form]] = {
    "id": (_is_id, "a name in small letters, words joined by hyphens"),
    "title": _A_TEXT,
    "owner": _A_TEXT,
    "status": _STATUS,
    "reason": _A_TEXT,
    "impact": _A_TEXT,
    "alternatives_considered": _TEXTS,
    "revisit_date": _A_DATE,
    "covers": _TEXTS,
    "model_refs": _TEXTS,
    "engine_refs": _TEXTS,
    "tests": _TEXTS,
    "history": (_is_list, "a list of what was done, one step at least"),
}
_STEP: Final[Mapping[str, _Form]] = {"date": _A_DATE, "status": _STATUS, "change": _A_TEXT}
