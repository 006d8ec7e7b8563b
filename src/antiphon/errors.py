"""The three ways to fail, one class for each, and how a wrong program is reported.

    AntiphonError
      ProgramError   the author's protocol or program is wrong: located diagnostics
      Refusal        a request that we decline: a missing file, an unknown name, a bad option
      Bug            an impossible state of ours

A *run* that fails raises none of these. Failing is a part of what a run can do, and told by a value
(``antiphon.machine.fault.Fault``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of source text: 1-based lines and columns, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One complaint about an author's text: a stable code, words, a place, and what to do next."""

    code: str
    message: str
    span: Span | None = None
    help: str = ""
    notes: tuple[str, ...] = ()


class AntiphonError(Exception):
    """Everything this package raises on purpose."""


class ProgramError(AntiphonError):
    """A program cannot be used as it is; ``diagnostics`` has every problem, in source order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(f"{d.code}: {d.message}" for d in self.diagnostics))


class Refusal(AntiphonError):
    """A request that we decline: ``code`` is stable, the message says what to do instead."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class Bug(AntiphonError):
    """An impossible state: never caught inside the package."""


def printable(text: str) -> str:
    """``text`` on one line, with whatever could break it or steer a terminal written as an escape.

    For names and messages that others wrote, before they are shown to people.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
