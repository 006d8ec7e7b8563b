"""What of a trace stands: the events that no abort has undone (S19)."""

from __future__ import annotations

from collections.abc import Iterable

from antiphon.machine.event import Aborted, Ended, Event, Opened, SessionFaulted


def standing(trace: Iterable[Event]) -> tuple[Event, ...]:
    """The events without those of forks that were aborted, their beginning and their end included.

    What a coroutine did in a fork that is still open counts.
    """
    undone: dict[int, int] = {}
    found: list[Event] = []
    for event in reversed(tuple(trace)):
        if isinstance(event, Opened | SessionFaulted | Ended):
            found.append(event)
        elif event.tick < undone.get(event.coroutine, event.tick + 1):
            if isinstance(event, Aborted):
                undone[event.coroutine] = event.since
            else:
                found.append(event)
    return tuple(reversed(found))
