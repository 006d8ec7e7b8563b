"""The page of the matrix."""

from __future__ import annotations

from antiphon.parity.matrix.record import EMPTY, Found, Record
from antiphon.parity.matrix.render import HEADS, render, rows_digest
from antiphon.parity.matrix.rows import all_rows
from tests.house.promise import complaints, sections, table

LIVE = "FlowPolicy:missing_in_engine:AllowAll"
BROKEN = Record("", {}, {"shape.FlowPolicy": Found({"model": 6, "engine": 5}, "", (LIVE,))})


def test_keeps_the_promise() -> None:
    """Even with no evidence at all, every section, row and name is there."""
    assert complaints(render(EMPTY, {}, [])) == []


def test_one_line_for_each_row() -> None:
    """Each section has the rows that belong to it, in order."""
    texts = sections(render(EMPTY, {}, []))
    listed = [row[0] for name in HEADS for row in table(texts[name])[1]]
    assert listed == [row.area for row in all_rows()]


def test_only_what_changes_with_a_row() -> None:
    """Counts, digests and days are not on the page."""
    record = Record("2026-11-28", {"x": {"cases": 98765}}, {"a": Found({"model": 98765}, "beef")})
    page = render(record, {}, [])
    assert page == render(EMPTY, {}, [])
    assert rows_digest(record, {}) == rows_digest(EMPTY, {})


def test_an_entry_explains() -> None:
    """A difference is broken, or diverged under the id of its entry, which is listed."""
    assert "`engine/policies.py::POLICY` | every variant and field | Broken |" in render(
        BROKEN, {}, []
    )
    page = render(BROKEN, {LIVE: "no-allow-all"}, [("no-allow-all", "Nothing is allowed")])
    assert "| every variant and field | Diverged (no-allow-all) |" in page
    assert "- `no-allow-all`: Nothing is allowed\n" in page
    assert complaints(page) == []


def test_the_digest_is_of_the_rows() -> None:
    """A status is part of it."""
    assert rows_digest(BROKEN, {}) != rows_digest(EMPTY, {})
    assert rows_digest(BROKEN, {}) != rows_digest(BROKEN, {LIVE: "no-allow-all"})
