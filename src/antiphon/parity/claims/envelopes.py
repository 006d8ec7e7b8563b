"""Runs to be compared: one, and the same with something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from antiphon.machine.ask import Answer, Chosen, Pending, Position
from antiphon.machine.config import Config
from antiphon.machine.course import Course
from antiphon.machine.event import (
    Aborted,
    Acquired,
    Dropped,
    Ended,
    Event,
    Faulted,
    Forked,
    Halted,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    Received,
    Selected,
    Sent,
    SessionFaulted,
    Spawned,
)
from antiphon.machine.failure import Crash
from antiphon.machine.fault import Fault
from antiphon.machine.outcome import Outcome
from antiphon.machine.output_condition import AllowAll
from antiphon.parity.claims.ground import Ground
from antiphon.values.value import Nat, Unit

_AT, _NEXT = Position(0, "A", 0, 0), Position(0, "B", 3, 0)
_ANSWERS: Final[Mapping[Position, tuple[Answer, ...]]] = MappingProxyType(
    {_AT: (Pending(), Nat(1)), _NEXT: (Chosen("x"),)}
)
_OPENED: Final = (Opened(0, 0, ("A", "B")), Opened(0, 1, ("A", "B")))
_TOLD: Final = Sent(0, 0, 0, "A", "B", "x", Nat(1), checked=True)
_ASKED: Final = Invoked(1, 0, 0, "A", "log", Nat(1))
_CHOSEN: Final = Selected(2, 0, 1, "B", "x")
_HEARD: Final = Received(3, 0, 1, "A", "B", "x", Nat(1))
_ELSEWHERE: Final = Sent(4, 1, 2, "A", "B", "y", Unit())
_DENIED: Final = OutputDenied(5, 1, 3, "B", "y", "55")
_LAST: Final = (Halted(6, 0, 0, "A"), Halted(7, 0, 1, "B"), Ended(7, 0, 1))
_BASE: Final = (*_OPENED, _TOLD, _ASKED, _CHOSEN, _HEARD, _ELSEWHERE, _DENIED, *_LAST)
_FORK: Final = (
    Forked(8, 1, 2, "A", 0),
    Invoked(9, 1, 2, "A", "log", Nat(5)),
    Aborted(10, 1, 2, "A", 8),
)


def _changed(before: Event, *after: Event) -> tuple[Event, ...]:
    place = _BASE.index(before)
    return (*_BASE[:place], *after, *_BASE[place + 1 :])


def _swapped(one: Event, other: Event) -> tuple[Event, ...]:
    """Two events in each other's places, at each other's ticks."""
    turned = {one: replace(other, tick=one.tick), other: replace(one, tick=other.tick)}
    return tuple(turned.get(event, event) for event in _BASE)


EVENTS: Final[Mapping[str, tuple[Event, ...]]] = MappingProxyType(
    {
        "the base": _BASE,
        "later": tuple(replace(event, tick=event.tick + 1) for event in _BASE),
        "denied at another tick": _changed(_DENIED, replace(_DENIED, tick=9, digest="99")),
        "sessions in another order": _swapped(_HEARD, _ELSEWHERE),
        "steps in another order": _swapped(_ASKED, _CHOSEN),
        "outputs in another order": _swapped(_TOLD, _DENIED),
        "ends in another order": _swapped(_LAST[0], _LAST[1]),
        "ended by the other": _changed(_LAST[2], replace(_LAST[2], coroutine=0)),
        "a coroutine in another order": _swapped(_CHOSEN, _HEARD),
        "another answer": _changed(_ASKED, replace(_ASKED, value=Nat(2))),
        "another action": _changed(_ASKED, replace(_ASKED, action="tell")),
        "another choice": _changed(_CHOSEN, replace(_CHOSEN, label="y")),
        "another value": _changed(_TOLD, replace(_TOLD, value=Nat(2))),
        "another value received": _changed(_HEARD, replace(_HEARD, value=Nat(2))),
        "sent by another": _changed(_ELSEWHERE, replace(_ELSEWHERE, coroutine=3)),
        "unchecked": _changed(_TOLD, replace(_TOLD, checked=False)),
        "denied as another": _changed(_DENIED, replace(_DENIED, predicate="z")),
        "not denied": _changed(_DENIED),
        "failed": _changed(
            _LAST[0], Faulted(6, 0, 0, "A", Fault("fetch", "pc-out-of-range", "address"))
        ),
        "the session failed": _changed(_LAST[2], SessionFaulted(7, 0, 1)),
        "lost": _changed(_ELSEWHERE, _ELSEWHERE, Dropped(4, 1, 2, "A", "B", "y", "lost")),
        "a layer": _changed(_ASKED, _ASKED, Acquired(1, 0, 0, "A", "up")),
        "with a child": _changed(_ASKED, _ASKED, Spawned(1, 0, 0, "A", 4)),
        "opened by one": (*_BASE, Opened(8, 2, ("A",), 2)),
        "undone": (*_BASE, *_FORK),
        "kept": (*_BASE, *_FORK[:2], Joined(10, 1, 2, "A", 8)),
        "two of one role": (*_BASE, *(Sent(n, 1, n, "A", "B", "z", Nat(n)) for n in (10, 11))),
        "and turned": (*_BASE, *(Sent(n, 1, n, "A", "B", "z", Nat(n)) for n in (11, 10))),
        "nothing": (),
    }
)


def runs(ground: Ground) -> dict[str, Any]:
    """The runs by name: each is another than all the others."""
    make = ground.module("machine.envelope").Run
    names = ("0f",)
    base = make(Course(_BASE, _ANSWERS), names, "cooperative", 1, Config(), Outcome.DONE)
    found = {
        name: replace(base, course=Course(events, _ANSWERS)) for name, events in EVENTS.items()
    }
    others: dict[str, Mapping[Position, tuple[Answer, ...]]] = {
        "answered at once": {**_ANSWERS, _AT: (Nat(1),)},
        "answered otherwise": {**_ANSWERS, _AT: (Pending(), Nat(3))},
        "asked less": {_AT: _ANSWERS[_AT]},
    }
    for name, given in others.items():
        found[name] = replace(base, course=Course(_BASE, given))
    crash = Config(failures=(Crash(0, "A", 99),))
    return found | {
        "of another image": replace(base, images=("1f",)),
        "under another policy": replace(base, policy="round-robin"),
        "in waves of 3": replace(base, wave_width=3),
        "in waves of 5": replace(base, wave_width=5),
        "in waves of 5 with a child": replace(found["with a child"], wave_width=5),
        "in waves of 5 with a session": replace(found["opened by one"], wave_width=5),
        "with a failure placed": replace(base, config=crash),
        "under another condition": replace(base, config=Config(outputs=AllowAll())),
        "exhausted": replace(base, outcome=Outcome.EXHAUSTED),
    }
