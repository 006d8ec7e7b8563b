"""Lanes: which worker has which coroutine, who was picked where, and what passed between lanes.

A coroutine is in the lane of the session that it is at home in. Nothing of a run depends on lanes:
they say where the work of a wave is done, and no program can tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antiphon.machine.event import Event, Received, Sent, Transferred
from antiphon.values.value import Endpoint


@dataclass(frozen=True, slots=True)
class LaneStep:
    """A pick: at which tick, in which wave, of whom, at home in which session, in which lane."""

    tick: int
    wave: int
    coroutine: int
    session: int
    lane: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """An endpoint has passed from a coroutine in one lane to one in another."""

    tick: int
    endpoint: Endpoint
    source: int
    target: int
    source_lane: int
    target_lane: int


def lane_of(session: int, workers: int) -> int:
    """The lane of those who are at home in a session; there are as many as workers, from 0 on."""
    return session % workers


def execution_order(lanes: Sequence[int], asks: Sequence[bool]) -> tuple[int, ...]:
    """In which order the picks of a wave are tried, by place: first those that may ask the host, in
    their own order, so that it is asked as it would be one step at a time; then lane by lane, each
    latest first.

    As independent steps can be taken in any order, they are taken in one that shows if they are
    not.
    """
    places = range(len(lanes))
    quiet = sorted((place for place in places if not asks[place]), reverse=True)
    quiet.sort(key=lambda place: lanes[place])
    return (*(place for place in places if asks[place]), *quiet)


class HandOvers:
    """The endpoints that have passed from lane to lane, as far as events tell."""

    def __init__(self, homes: Mapping[int, int], workers: int) -> None:
        self.found: list[HandOver] = []
        self._homes = homes
        self._workers = workers
        self._senders: dict[Endpoint, int] = {}

    def note(self, tick: int, event: Event) -> None:
        """What an event of a step at this tick says of that."""
        match event:
            case Transferred(_, session, source, role, target):
                self._passed(tick, Endpoint(session, role), source, target)
            case Sent(_, _, source, _, _, _, Endpoint() as endpoint):
                self._senders[endpoint] = source
            case Received(_, _, target, _, _, _, Endpoint() as endpoint):
                source = self._senders.pop(endpoint, target)
                self._passed(tick, endpoint, source, target)
            case _:
                pass

    def _passed(self, tick: int, endpoint: Endpoint, source: int, target: int) -> None:
        lanes = [lane_of(self._homes[number], self._workers) for number in (source, target)]
        if lanes[0] != lanes[1]:
            self.found.append(HandOver(tick, endpoint, source, target, *lanes))
