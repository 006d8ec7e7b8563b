"""A protocol's text, its file name, and where its lines begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import Final

from antiphon.errors import Refusal, Span, printable
from antiphon.files import read_file

SIZE_BYTES_MAX: Final = 8 * 1024 * 1024
_SMALLER: Final = "split it into modules"
_LINE_END = re.compile(r"\r\n|\r|\n")


class Source:
    """A text and the name of the file that it came from. Offsets count characters."""

    def __init__(self, text: str, file: str = "<text>") -> None:
        if len(text) > SIZE_BYTES_MAX:
            limit = f"{SIZE_BYTES_MAX // 2**20} MiB"
            raise Refusal("too-large", f"{printable(file)}: larger than {limit}; {_SMALLER}")
        self.text: Final = text
        self.file: Final = file

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column at ``offset``, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from ``start`` up to ``end``."""
        return Span(self.file, *self.position(start), *self.position(end))

    def line(self, number: int) -> str:
        """The text of one line, counted from 1, without its end."""
        starts = self._starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


def load_source(path: str | Path) -> Source:
    """Read a file; a ``Refusal`` says why it cannot be read."""
    file = str(path)
    return Source(_decode(read_file(path, SIZE_BYTES_MAX, _SMALLER), file), file)


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = len(_LINE_END.split(before.decode("latin-1")))
        place = f"{printable(file)}: line {line} is not UTF-8 (byte {error.start})"
        message = f"{place}; save the file as UTF-8"
    raise Refusal("invalid-utf8", message)
