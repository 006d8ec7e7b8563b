"""One drawn line: cells with a style each, so that whoever prints it can colour it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias

from antiphon.drawing.brief import columns

Style: TypeAlias = Literal["line", "role", "message", "mark", "fault", "faint"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one style."""

    text: str
    style: Style


_BLANK: Final = Segment(" ", "line")
Line: TypeAlias = tuple[Segment, ...]


def plain(line: Line) -> str:
    """A line without its styles."""
    return "".join(segment.text for segment in line)


class Cells:
    """A line being drawn: later marks cover earlier ones, and nothing leaves its width."""

    def __init__(self, width: int) -> None:
        self._cells: list[Segment] = [_BLANK] * width

    def put(self, column: int, text: str, style: Style) -> None:
        """Write ``text`` from ``column`` on; what does not fit is left out."""
        for char in text:
            size = columns(char)
            if size == 0:
                self._join(column - 1, char)
                continue
            if column < 0 or column + size > len(self._cells):
                return
            rest = [Segment("", style)] * (size - 1)
            self._cells[column : column + size] = [Segment(char, style), *rest]
            column += size

    def _join(self, column: int, accent: str) -> None:
        """A character without a column of its own belongs to the one before it."""
        if 0 <= column < len(self._cells):
            cell = self._cells[column]
            self._cells[column] = Segment(cell.text + accent, cell.style)

    def line(self) -> Line:
        """What was drawn, without the blanks at its end."""
        used = [index for index, cell in enumerate(self._cells) if cell.text.strip()]
        cells = self._cells[: used[-1] + 1 if used else 0]
        runs = groupby(cells, key=_style_of)
        return tuple(Segment("".join(cell.text for cell in run), style) for style, run in runs)


def _style_of(cell: Segment) -> Style:
    return cell.style
