"""The characters that diagrams are drawn with: box drawing, or ASCII where that cannot be shown."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One character for each purpose. ``corners`` are top left, top right, bottom left, bottom
    right; ``starts`` are where an arrow leaves a lifeline to the right and to the left.
    """

    lifeline: str
    dash: str
    crossing: str
    right: str
    left: str
    starts: str
    corners: str
    hang: str
    foot: str
    taken: str
    chosen: str
    invoked: str
    fault: str
    ellipsis: str
    equals: str


UNICODE: Final = Glyphs(
    "│", "─", "┼", "▶", "◀", "├┤", "┌┐└┘", "┬", "┴", "●", "◆", "◇", "✗", "…", "≡"
)
ASCII: Final = Glyphs("|", "-", "+", ">", "<", "||", "++++", "+", "+", "o", "*", "*", "x", "~", "=")


def glyphs_for(encoding: str | None) -> Glyphs:
    """The richest set that ``encoding`` can write."""
    try:
        "".join(astuple(UNICODE)).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE
