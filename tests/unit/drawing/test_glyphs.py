"""The characters of diagrams."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from antiphon.drawing.brief import columns
from antiphon.drawing.glyphs import ASCII, UNICODE, Glyphs, glyphs_for


@pytest.mark.parametrize(
    ("encoding", "glyphs"),
    [("utf-8", UNICODE), ("ascii", ASCII), ("latin-1", ASCII), (None, ASCII), ("no such", ASCII)],
)
def test_glyphs_for(encoding: str | None, glyphs: Glyphs) -> None:
    """A stream gets what it can write."""
    assert glyphs_for(encoding) is glyphs


def test_widths() -> None:
    """Every character takes one column, so that both sets draw the same picture."""
    assert all(columns(part) == len(part) for part in astuple(UNICODE))
    assert [len(part) for part in astuple(UNICODE)] == [len(part) for part in astuple(ASCII)]
    assert all(part.isascii() for part in astuple(ASCII))
