"""What is written where: answers to standard output, reasons for having none to standard error.

Colours only where standard output is a terminal, and only then is ``rich`` imported.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final, TextIO

from antiphon.drawing.glyphs import ASCII, Glyphs, glyphs_for
from antiphon.drawing.line import Line, Style, plain
from antiphon.errors import printable

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_MAX: Final = 120
_COLOURS: Final[dict[Style, str]] = {
    "line": "bright_black",
    "role": "bold",
    "message": "cyan",
    "mark": "yellow",
    "fault": "bold red",
    "faint": "bright_black",
}


def say(text: str = "") -> None:
    """A line of the answer."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """A line about why there is no answer, or none yet; lost where it cannot be written."""
    with suppress(OSError):
        _write(sys.stderr, text)


def say_json(data: object) -> None:
    """The answer as one JSON document."""
    say(json.dumps(data, indent=2))


def _write(stream: TextIO, text: str) -> None:
    """``text``, with what could steer a terminal, or cannot be encoded, written as an escape.

    Lines and tabs are ours.
    """
    encoding = stream.encoding or "ascii"
    text = "".join(map(_shown, re.split(r"([\n\t])", text)))
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _shown(part: str) -> str:
    return part if part in ("\n", "\t") else printable(part)


def is_live() -> bool:
    """Whether somebody watches: standard output is a terminal."""
    return sys.stdout.isatty()


def width() -> int:
    """How many columns there are to draw in."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDTH_MAX)


def glyphs(*, ascii_only: bool = False) -> Glyphs:
    """What standard output can show."""
    return ASCII if ascii_only else glyphs_for(sys.stdout.encoding)


@cache
def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def draw(lines: Iterable[Line]) -> None:
    """Drawn lines, in colour on a terminal."""
    coloured = is_live() and "NO_COLOR" not in os.environ
    for line in lines:
        if not coloured:
            say(plain(line))
            continue
        from rich.text import Text

        parts = ((printable(part.text), _COLOURS[part.style]) for part in line)
        _console().print(Text.assemble(*parts))
    sys.stdout.flush()


def styled(text: str, style: Style) -> Line:
    """A whole line of one style."""
    from antiphon.drawing.line import Segment

    return (Segment(text, style),)


class Progress:
    """A count on standard error that replaces itself; silent where nobody watches."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = False
        self._live = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """The state of things, in one short line."""
        if self._live:
            sys.stderr.write(f"\r{self._what}: {text}\x1b[K")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Nothing is left to be seen."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
