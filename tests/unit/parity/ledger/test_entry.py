"""Entries of the ledger, read and written."""

from __future__ import annotations

import json

import pytest

from antiphon.parity.bites.of_ledger import ENTRY
from antiphon.parity.ledger.entry import read_ledger, with_rows

ROWS = "0" * 64


def written(*entries: object) -> str:
    """The text of a ledger."""
    return json.dumps({"schema_version": 2, "rows": ROWS, "entries": list(entries)})


def test_reads_an_entry() -> None:
    """All of it, and what it covers while it is active."""
    resolved = {**ENTRY, "id": "gone", "status": "resolved", "covers": ["Value:order_differs:Prod"]}
    ledger, problems = read_ledger(written(ENTRY, resolved))
    assert problems == ()
    assert ledger.rows == ROWS
    first = ledger.entries[0]
    assert (first.id, first.is_active, first.history[0].change) == (ENTRY["id"], True, "opened")
    assert ledger.covers == {ENTRY["covers"][0]: ENTRY["id"]}


def test_what_is_wrong_has_a_place() -> None:
    """Every problem says where it is, and an entry in order is read all the same."""
    broken = {**ENTRY, "owner": "", "history": [{"date": "today", "status": "active"}]}
    del broken["title"]
    ledger, problems = read_ledger(written(broken, ENTRY))
    assert [(each.code, each.place) for each in problems] == [
        ("missing-field", "$.entries[0].title"),
        ("bad-field", "$.entries[0].owner"),
        ("missing-field", "$.entries[0].history[0].change"),
        ("bad-field", "$.entries[0].history[0].date"),
    ]
    assert [entry.id for entry in ledger.entries] == [ENTRY["id"]]


@pytest.mark.parametrize("text", ["", "[]", "3", '{"entries": {}}', "\ud800", "[" * 100_000])
def test_rejects_what_is_no_ledger(text: str) -> None:
    """Whatever the file holds, it is told, and nothing is raised."""
    ledger, problems = read_ledger(text)
    assert ledger.entries == ()
    assert problems[0].code in ("not-json", "not-a-ledger")


def test_with_rows() -> None:
    """The header has another digest, and the rest is as it was."""
    changed = with_rows(written(ENTRY), "1" * 64)
    assert json.loads(changed) == {**json.loads(written(ENTRY)), "rows": "1" * 64}
    assert list(json.loads(changed)) == ["schema_version", "rows", "entries"]
