"""A course with an event of every kind that a profile treats apart, and slightly other ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from antiphon.machine.ask import Answer, Chosen, Pending, Position, Refused
from antiphon.machine.course import Course
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
from antiphon.values.value import Bool, Nat

_PLACES: Final = (
    Position(0, "A", 0, 0),
    Position(0, "A", 0, 1),
    Position(0, "B", 0, 0, (0,)),
    Position(1, "A", 2, 0),
)
_ANSWERS: Final[dict[Position, tuple[Answer, ...]]] = {
    _PLACES[0]: (Pending(), Nat(1)),
    _PLACES[1]: (Chosen("x"),),
    _PLACES[2]: (Refused("no"),),
}
_FIRST: Final = (Opened(0, 0, ("A", "B")), Sent(1, 0, 0, "A", "B", "x", Nat(1)))
_SECOND: Final = (Opened(0, 1, ("A", "B")), Halted(2, 1, 2, "A"), Halted(3, 1, 3, "B"))
SESSIONS: Final[tuple[tuple[Event, ...], ...]] = (
    (*_FIRST, *_SECOND),
    (_SECOND[0], _SECOND[2], *_FIRST, _SECOND[1]),
)
"""The same in each of two sessions, in two orders."""
BASE: Final = Course(
    (
        Opened(0, 0, ("A", "B")),
        Opened(0, 1, ("A", "B")),
        Sent(0, 0, 0, "A", "B", "x", Nat(1)),
        Sent(1, 1, 2, "A", "B", "x", Nat(1)),
        Forked(2, 0, 0, "A", 7),
        Sent(3, 0, 0, "A", "B", "y", Bool(True)),
        Sent(4, 0, 1, "B", "A", "z", Nat(2)),
        Aborted(5, 0, 0, "A", 2),
        Forked(6, 0, 1, "B", 8),
        Joined(7, 0, 1, "B", 6),
        Invoked(8, 0, 0, "A", "log", Nat(3)),
        OutputDenied(9, 1, 2, "A", "loud", "0" * 64),
        Halted(10, 0, 0, "A"),
        Ended(10, 0, 0),
        SessionFaulted(11, 1, 3),
    ),
    _ANSWERS,
)


def changed() -> Iterator[Course]:
    """The course, and with one event or one answer left out, moved, later, of another session or of
    another coroutine, or with another content.
    """
    yield BASE
    events = BASE.events
    for number, event in enumerate(events):
        before, after = events[:number], events[number + 1 :]
        yield Course((*before, *after), _ANSWERS)
        yield Course((*before, event, *events[number:]), _ANSWERS)
        for other in _others(event):
            yield Course((*before, other, *after), _ANSWERS)
        if after:
            yield Course((*before, after[0], event, *after[1:]), _ANSWERS)
    for place, given in _ANSWERS.items():
        yield Course(events, {at: one for at, one in _ANSWERS.items() if at != place})
        for other in (given[:-1], (*given, Pending()), (*given[:-1], Nat(9)), given[::-1]):
            yield Course(events, {**_ANSWERS, place: other})
    yield Course(events, {**_ANSWERS, _PLACES[3]: (Chosen("x"),)})
    lined = {replace(at, line=()) if at == _PLACES[0] else at: one for at, one in _ANSWERS.items()}
    yield Course(events, lined)
    yield Course(events, dict(reversed(_ANSWERS.items())))


def _others(event: Event) -> Iterator[Event]:
    yield replace(event, tick=event.tick + 1)
    yield replace(event, session=1 - event.session)
    if not isinstance(event, Opened):
        yield replace(event, coroutine=event.coroutine + 1)
    if isinstance(event, Joined | Aborted):
        yield replace(event, since=event.since + 1)
    if isinstance(event, Sent | Invoked):
        yield replace(event, value=Nat(4))
    if isinstance(event, OutputDenied):
        yield replace(event, digest="1" * 64)
        yield replace(event, predicate="quiet")
