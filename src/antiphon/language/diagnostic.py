"""Diagnostics: collected while a file is read, and drawn with the source lines they are about."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final, NoReturn

from antiphon.errors import Diagnostic, ProgramError, Span, printable
from antiphon.language.catalogue import CATALOGUE
from antiphon.language.source import Source

Offsets = tuple[int, int]
ERRORS_MAX: Final = 1000
_GUESSES_MAX = 50
_WIDTH_MAX: Final = 100
_WINDOW_BEFORE: Final = 60


class Enough(Exception):
    """So much is wrong that nothing more is looked for; all of it has been reported."""


class InvalidProtocol(ProgramError):
    """A wrong protocol text, with the texts that its diagnostics point into, by file name."""

    def __init__(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> None:
        self.sources = dict(sources)
        super().__init__(diagnostics)


class Problems:
    """The diagnostics found so far: one per code and place, however often it is met.

    ``report`` raises ``Enough`` when there are ``ERRORS_MAX``.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, int, int], Diagnostic] = {}
        self._sources: dict[str, Source] = {}
        self._guesses = 0

    def __len__(self) -> int:
        return len(self._found)

    def report(
        self,
        code: str,
        message: str,
        source: Source,
        place: Offsets,
        *,
        help: str | None = None,  # noqa: A002  (the name of the field that it fills)
        notes: tuple[str, ...] = (),
    ) -> None:
        """Add a diagnostic; without ``help`` it has the catalogue's."""
        key = (code, source.file, *place)
        if key not in self._found:
            words = CATALOGUE[code].help if help is None else help
            self._found[key] = Diagnostic(code, message, source.span(*place), words, notes)
            self._sources.setdefault(source.file, source)
            if len(self._found) == ERRORS_MAX:
                enough = f"these are {ERRORS_MAX} errors; nothing more is checked"
                self.report("too-many-errors", enough, source, place)
                raise Enough

    def guess(self, name: str, candidates: Iterable[str], otherwise: str | None) -> str | None:
        """Help for an unknown name: the candidate that looks most like it."""
        self._guesses += 1
        if self._guesses <= _GUESSES_MAX:
            close = get_close_matches(name, list(candidates), n=1)
            if close:
                return f"did you mean `{close[0]}`?"
        return otherwise

    def check(self, main: Source) -> None:
        """Raise what was found, if anything."""
        if self._found:
            self.refuse(main)

    def refuse(self, main: Source) -> NoReturn:
        """Raise what was found: the main file first, each file in source order."""
        sources = {main.file: main, **self._sources}
        order = {file: place for place, file in enumerate(sources)}
        keys = sorted(self._found, key=lambda key: (order[key[1]], key[2], key[3]))
        raise InvalidProtocol([self._found[key] for key in keys], sources)


def render(diagnostic: Diagnostic, source: Source | None = None) -> str:
    """One diagnostic as text, with the line that it is about and carets under the place."""
    span = diagnostic.span
    lines = [f"error[{diagnostic.code}]: {printable(diagnostic.message)}"]
    if span is not None:
        margin = " " * len(str(span.line))
        lines.append(f"{margin}--> {printable(span.file)}:{span.line}:{span.column}")
        if source is not None:
            text, carets = _picture(span, source.line(span.line))
            lines += [f"{margin} |", f"{span.line} | {text}", f"{margin} | {carets}"]
    lines += [f"  note: {printable(note)}" for note in diagnostic.notes]
    if diagnostic.help:
        lines.append(f"  help: {printable(diagnostic.help)}")
    return "\n".join(lines)


def render_error(error: ProgramError, sources: Mapping[str, Source] | None = None) -> str:
    """Every diagnostic of an error, with the texts that it carries or that are given."""
    known = dict(sources or {})
    if isinstance(error, InvalidProtocol):
        known.update(error.sources)
    return "\n\n".join(
        render(diagnostic, known.get(diagnostic.span.file) if diagnostic.span else None)
        for diagnostic in error.diagnostics
    )


def _picture(span: Span, line: str) -> tuple[str, str]:
    """The line and its carets; of a long line only what surrounds the place."""
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    first = max(0, start - _WINDOW_BEFORE) if len(line) > _WIDTH_MAX else 0
    last = first + _WIDTH_MAX
    before, after = ("..." if first else ""), ("..." if len(line) > last else "")
    shown = "".join(_visible(char) for char in line[first:last])
    indent = "".join(_blank(char) for char in line[first:start])
    width = sum(_columns(char) for char in line[start : min(end, last)])
    return f"{before}{shown}{after}", " " * len(before) + indent + "^" * max(1, width)


def _visible(char: str) -> str:
    return char if char.isprintable() or char == "\t" else "\N{REPLACEMENT CHARACTER}"


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _blank(char: str) -> str:
    return char if char == "\t" else " " * _columns(char)
