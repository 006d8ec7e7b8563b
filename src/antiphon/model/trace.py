"""The trace as it is shown: to be read, and not to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from antiphon.machine.event import Event


class Trace(Sequence[Event]):
    """The events up to the moment when it was asked for, however many follow."""

    __slots__ = ("_events", "_length")

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events
        self._length = len(events)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        places = range(self._length)[index]
        if isinstance(places, range):
            return tuple(self._events[place] for place in places)
        return self._events[places]
