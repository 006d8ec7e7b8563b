"""The course of a run."""

from __future__ import annotations

from antiphon.machine.ask import Position
from antiphon.machine.course import Course
from antiphon.machine.event import Halted
from antiphon.values.value import Nat


def test_equal_by_content() -> None:
    """Two courses are equal if events and answers are, whatever the order of positions."""
    one, two = Position(0, "A", 0, 0), Position(0, "B", 0, 0)
    events = (Halted(0, 0, 0, "A"),)
    given = {one: (Nat(1),), two: (Nat(2),)}
    assert Course(events, given) == Course(events, dict(reversed(given.items())))
    assert Course(events, given) != Course((), given)
