"""What a planner sees of a machine: as much of the state as footprints depend on."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

from antiphon.engine.machine import Engine
from antiphon.machine.certificate import (
    coroutines_of,
    ground_digest,
    layers_of,
    sessions_of,
)
from antiphon.machine.config import Config
from antiphon.machine.footprint import Cell
from antiphon.machine.snapshot import CoroutineView, GuardView, SessionView, Snapshot
from antiphon.values.value import Endpoint
from antiphon.waves.holdings import Holdings
from antiphon.waves.programs import Programs


class Whole:
    """All of a snapshot is seen.

    ``ids`` are the next ids of sessions, coroutines and nonces, ``deadline`` the earliest tick that
    somebody waits for.
    """

    def __init__(self, state: Snapshot, config: Config, programs: Programs) -> None:
        self.config = config
        self.programs = programs
        self._state = state

    @property
    def clock(self) -> int:
        """How many steps were taken."""
        return self._state.clock

    @property
    def ready(self) -> tuple[int, ...]:
        """The ready queue."""
        return self._state.ready

    @property
    def ids(self) -> tuple[int, int, int]:
        """The next ids."""
        return self._state.next_session, self._state.next_coroutine, self._state.next_nonce

    @cached_property
    def deadline(self) -> int | None:
        """The earliest tick that somebody waits for."""
        return self._state.deadline

    @cached_property
    def _sessions(self) -> dict[int, SessionView]:
        return {one.id: one for one in self._state.sessions}

    @cached_property
    def _coroutines(self) -> dict[int, CoroutineView]:
        return {one.id: one for one in self._state.coroutines}

    def session(self, number: int) -> SessionView | None:
        """A session, if it is there."""
        return self._sessions.get(number)

    def coroutine(self, number: int) -> CoroutineView | None:
        """A coroutine, if it is there."""
        return self._coroutines.get(number)

    def owned(self, number: int) -> tuple[Endpoint, ...]:
        """The endpoints that a coroutine owns, by session, then role."""
        found = [
            (one.id, end.role)
            for one in self._state.sessions
            for end in one.endpoints
            if end.owner == number
        ]
        return tuple(Endpoint(*each) for each in sorted(found))

    def guard(self, layer: str) -> GuardView | None:
        """A guard layer, if it is held."""
        return next((one for one in self._state.guards if one.layer == layer), None)

    def waiting_for(self, layer: str) -> tuple[int, ...]:
        """Those who wait for a guard layer, ascending."""
        return tuple(
            one.id
            for one in self._state.coroutines
            if one.block is not None and one.block.code == "acquire-wait"
            if one.block.layer == layer
        )


class Glimpse:
    """Of an engine only what is asked for is looked at."""

    def __init__(self, engine: Engine, programs: Programs, holdings: Holdings) -> None:
        self.config = engine.config
        self.programs = programs
        self._engine = engine
        self._holdings = holdings
        self._glance = engine.glance()

    @property
    def clock(self) -> int:
        """How many steps were taken."""
        return self._glance.clock

    @property
    def ready(self) -> tuple[int, ...]:
        """The ready queue."""
        return self._glance.ready

    @property
    def ids(self) -> tuple[int, int, int]:
        """The next ids."""
        return self._glance.ids

    @cached_property
    def deadline(self) -> int | None:
        """The earliest tick that somebody waits for: without failures there is none."""
        return self._whole.deadline if self.config.failures else None

    @cached_property
    def _whole(self) -> Whole:
        return Whole(self._engine.snapshot(), self.config, self.programs)

    def session(self, number: int) -> SessionView | None:
        """A session, if it is there."""
        return self._glance.session(number)

    def coroutine(self, number: int) -> CoroutineView | None:
        """A coroutine, if it is there."""
        return self._glance.coroutine(number)

    def owned(self, number: int) -> tuple[Endpoint, ...]:
        """The endpoints that a coroutine owns, by session, then role."""
        found: list[Endpoint] = []
        for one in self._holdings.of(number):
            session = self.session(one.session)
            sides = () if session is None else session.endpoints
            if any(side.role == one.role and side.owner == number for side in sides):
                found.append(one)
        return tuple(found)

    def guard(self, layer: str) -> GuardView | None:
        """A guard layer, if it is held."""
        return self._glance.guard(layer)

    def waiting_for(self, layer: str) -> tuple[int, ...]:
        """Those who wait for a guard layer, ascending."""
        return self._whole.waiting_for(layer)


Sight: TypeAlias = Whole | Glimpse
"""What a planner sees, of a snapshot or of an engine."""


def ground(sight: Sight, cells: frozenset[Cell]) -> str:
    """The digest of what a plan rests on that names these cells."""
    sessions = (sight.session(number) for number in sessions_of(cells))
    coroutines = (sight.coroutine(number) for number in coroutines_of(cells))
    guards = (sight.guard(layer) for layer in layers_of(cells))
    return ground_digest(
        sight.clock,
        sight.ids,
        (one for one in sessions if one is not None),
        (one for one in coroutines if one is not None),
        (one for one in guards if one is not None),
    )
