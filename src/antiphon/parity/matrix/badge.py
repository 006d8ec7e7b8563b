"""The line of README.md that says how much was looked at, made from the last evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antiphon.parity.matrix.record import Record
from antiphon.parity.problem import Problem

START: Final = "Parity on "
_NEVER: Final = "no day"


def badge(record: Record, mutants: int, entries: int) -> str:
    """The line: what lockstep has compared, how many seeded faults are all killed, as the tests
    see to, and how many differences are known.
    """
    looked = record.lanes.get("lockstep", {})
    cases, steps = (looked.get(name, 0) for name in ("cases", "steps"))
    known = f"{entries} known difference{'' if entries == 1 else 's'}"
    return (
        f"{START}{record.made or _NEVER}: {cases} generated cases, {steps} steps, all alike;"
        f" {mutants} of {mutants} seeded faults killed; {known}."
    )


def with_badge(text: str, line: str) -> str:
    """A text with this line in place of the one that is there."""
    return "".join(
        f"{line}\n" if each.startswith(START) else each for each in text.splitlines(keepends=True)
    )


def badge_problems(text: str, line: str) -> Iterator[Problem]:
    """``badge-differs``, unless the line stands in the text, once."""
    if [each for each in text.splitlines() if each.startswith(START)] != [line]:
        words = "its line about parity is not what the evidence says"
        yield Problem("badge-differs", "README.md", f"{words}: antiphon parity matrix --write")
