"""What is left of a trace when the order of independent steps does not count (S29).

A session is known by what happened to it and by the events of each of its coroutines, in order,
without ticks. Which coroutine's step ended a session or failed it depends on the schedule, so it
is left out; the fault itself stands among the events of the coroutine that had it. What was done in
a fork that was aborted is left out as well (S19), and so is the digest of an output that was
denied, because it is over a tick.

Source: Mazurkiewicz, Trace Theory, LNCS 255, 1987: a trace is its projections.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from antiphon.machine import event as events
from antiphon.machine.event import Ended, Event, Joined, Opened, OutputDenied, SessionFaulted
from antiphon.machine.standing import standing
from antiphon.values.canonical import Plain, digest


def normal_form(trace: Iterable[Event]) -> tuple[Plain, ...]:
    """For each session, in ascending order: its id, its own events, those of its coroutines.

    The last are pairs of a coroutine and its events, in ascending order. Two runs that differ only
    in the order of independent steps have the same normal form.
    """
    sessions: dict[int, tuple[list[Plain], dict[int, list[Plain]]]] = {}
    for event in standing(trace):
        own, coroutines = sessions.setdefault(event.session, ([], {}))
        kind, _, _, *rest = _row(event)
        if isinstance(event, Opened):
            own.append((kind, *rest))
        elif isinstance(event, SessionFaulted | Ended):
            own.append((kind,))
        elif isinstance(event, Joined):
            coroutines.setdefault(event.coroutine, []).append((kind, event.role))
        else:
            coroutines.setdefault(event.coroutine, []).append((kind, *rest[1:]))
    return tuple(
        (number, tuple(own), tuple((one, tuple(coroutines[one])) for one in sorted(coroutines)))
        for number, (own, coroutines) in sorted(sessions.items())
    )


def _row(event: Event) -> tuple[Plain, ...]:
    """Kind, tick, session and whatever else an event has."""
    plain = events.to_plain(without_digest(event))
    return plain if isinstance(plain, tuple) else (plain,)


def without_digest(event: Event) -> Event:
    """The event, but for the digest of an output that was denied: none."""
    return replace(event, digest="") if isinstance(event, OutputDenied) else event


def normal_digest(trace: Iterable[Event]) -> str:
    """The digest of the normal form, in the domain ``antiphon.normal.1``."""
    return digest("antiphon.normal.1", normal_form(trace))
