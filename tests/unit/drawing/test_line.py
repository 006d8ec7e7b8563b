"""One drawn line."""

from __future__ import annotations

from antiphon.drawing.line import Cells, Segment, plain


def test_later_marks_cover_earlier_ones() -> None:
    """What is put last is seen, in its own style, and blanks at the end are left out."""
    cells = Cells(12)
    cells.put(0, "--------", "line")
    cells.put(3, "ab", "message")
    assert cells.line() == (
        Segment("---", "line"),
        Segment("ab", "message"),
        Segment("---", "line"),
    )
    assert plain(cells.line()) == "---ab---"


def test_nothing_leaves_its_width() -> None:
    """Texts are cut at both ends of the line."""
    cells = Cells(4)
    cells.put(2, "abc", "message")
    cells.put(-1, "x", "message")
    assert plain(cells.line()) == "  ab"
    assert Cells(3).line() == ()


def test_wide_characters_and_accents() -> None:
    """A wide character takes two cells, an accent none."""
    cells = Cells(6)
    cells.put(0, "日e\u0301x", "message")
    cells.put(5, "|", "line")
    assert plain(cells.line()) == "日e\u0301x |"
    cells.put(5, "日", "message")
    assert plain(cells.line()) == "日e\u0301x |"
    cells.put(0, "\u0301", "message")
    assert plain(cells.line()) == "日e\u0301x |"
