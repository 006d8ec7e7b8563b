"""Courses, and the same with one thing changed: by which profiles they are still alike."""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.machine.ask import Answer, Chosen, Pending, Position, Refused
from antiphon.machine.course import Course
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.event import (
    Aborted,
    Ended,
    Event,
    Forked,
    Halted,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    Sent,
    SessionFaulted,
)
from antiphon.values.value import Nat, Unit

FULL, EFFECTS, COMMUTATIVITY, REPLAY = DeterminismMode
AT, LATER, LINED = (
    Position(0, "A", 0, 0),
    Position(0, "A", 0, 1),
    Position(0, "B", 0, 0, (0,)),
)
OPENED = (Opened(0, 0, ("A", "B")), Opened(0, 1, ("A", "B")))
SENT = (Sent(0, 0, 0, "A", "B", "x", Nat(1)), Sent(1, 0, 1, "B", "A", "y", Unit()))
LAST = (Halted(3, 0, 0, "A"), Halted(4, 0, 1, "B"), Ended(4, 0, 1))
INVOKED = Invoked(2, 0, 0, "A", "log", Nat(3))
ANSWERS: dict[Position, tuple[Answer, ...]] = {
    AT: (Pending(), Nat(1)),
    LATER: (Chosen("x"),),
    LINED: (Refused("no"),),
}
BASE = Course((*OPENED, *SENT, INVOKED, *LAST), ANSWERS)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two courses, and the profiles by which they are alike."""

    name: str
    base: Course
    again: Course
    alike: frozenset[DeterminismMode]


def _pair(name: str, events: tuple[Event, ...], *alike: DeterminismMode) -> Pair:
    return Pair(name, BASE, Course(events, ANSWERS), frozenset(alike))


def _answered(name: str, at: Position, given: tuple[Answer, ...], *modes: DeterminismMode) -> Pair:
    again = Course(BASE.events, {**ANSWERS, at: given})
    return Pair(name, BASE, again, frozenset((EFFECTS, *modes)))


def _two(name: str, one: Event, two: Event, *modes: DeterminismMode) -> Pair:
    return Pair(name, Course((*OPENED, one), {}), Course((*OPENED, two), {}), frozenset(modes))


LATE = tuple(Halted(event.tick + 9, 0, event.coroutine, event.role) for event in LAST[:2])
PAIRS = (
    Pair(
        "the same",
        BASE,
        Course(BASE.events, dict(reversed(ANSWERS.items()))),
        frozenset(DeterminismMode),
    ),
    _pair("later", (*OPENED, *SENT, INVOKED, *LATE, LAST[2]), EFFECTS, COMMUTATIVITY),
    _pair("in another order", (*OPENED, *SENT[::-1], INVOKED, *LAST), COMMUTATIVITY),
    _pair("sessions in another order", (*OPENED[::-1], *SENT, INVOKED, *LAST), COMMUTATIVITY),
    _pair("one before its cause", (*OPENED, SENT[1], INVOKED, SENT[0], *LAST)),
    _pair("without an effect", (*OPENED, *SENT, *LAST), EFFECTS),
    _pair("ended by another", (*BASE.events[:-1], Ended(4, 0, 0)), COMMUTATIVITY),
    _pair("not ended", BASE.events[:-1]),
    _pair("a value changed", (*OPENED, Sent(0, 0, 0, "A", "B", "x", Nat(2)), *BASE.events[3:])),
    _pair("nothing", ()),
    _answered("another answer", LATER, (Chosen("y"),), REPLAY),
    _answered("another reason", LINED, (Refused("never"),), REPLAY),
    _answered("asked once more", AT, (Pending(), Pending(), Nat(1))),
    _two("failed by another", SessionFaulted(5, 0, 0), SessionFaulted(6, 0, 1), COMMUTATIVITY),
    _two(
        "denied later",
        OutputDenied(5, 0, 0, "A", "x", "55"),
        OutputDenied(6, 0, 0, "A", "x", "66"),
        EFFECTS,
        COMMUTATIVITY,
    ),
    _two("denied other", OutputDenied(5, 0, 0, "A", "x", ""), OutputDenied(5, 0, 0, "A", "y", "")),
    _two(
        "joined later",
        Joined(9, 0, 0, "A", 5),
        Joined(9, 0, 0, "A", 6),
        EFFECTS,
        COMMUTATIVITY,
    ),
    Pair(
        "what was aborted",
        Course((*OPENED, Forked(2, 0, 0, "A", 0), INVOKED, Aborted(3, 0, 0, "A", 2)), {}),
        Course(OPENED, {}),
        frozenset((COMMUTATIVITY,)),
    ),
)
