"""The engine with the model beside it: both take every step, and the whole state is compared."""

from __future__ import annotations

from collections.abc import Callable

from antiphon.bytecode.program import Image
from antiphon.engine.machine import Engine
from antiphon.errors import Bug
from antiphon.machine.ask import Host
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Event
from antiphon.machine.snapshot import Snapshot
from antiphon.model.machine import Model


class Shadowed:
    """Two machines that take the same picks. ``states`` and ``events`` count what was compared."""

    def __init__(self, config: Config, make_host: Callable[[], Host]) -> None:
        self.engine = Engine(config, make_host())
        self.model = Model(config, make_host())
        self.state: Snapshot = self.engine.snapshot()
        self.states = 0
        self.events = 0

    def load(self, image: Image, *, unverified: bool = False) -> None:
        """Open a session on both."""
        self.engine.load(image, unverified=unverified)
        self.model.load(image, unverified=unverified)
        self._compare()

    def step(self, coroutine: int) -> list[Event]:
        """One step on both; the events that it made. Raises ``Bug`` where the machines differ."""
        seen = self.events
        ended, expected = (one.step(Pick(coroutine)) for one in (self.engine, self.model))
        if ended != expected:
            raise Bug(
                f"step {self.states}: the engine ended with {ended}, the model with {expected}"
            )
        self._compare()
        return list(self.engine.events()[seen:])

    def _compare(self) -> None:
        self.state = self.engine.snapshot()
        if self.state != self.model.snapshot():
            raise Bug(
                f"the engine and the model differ in their state after step {self.state.clock}"
            )
        self.states += 1
        events, expected = self.engine.events(), self.model.events()
        if len(events) != len(expected):
            raise Bug(f"the engine has {len(events)} events, the model {len(expected)}")
        for event, other in zip(events[self.events :], expected[self.events :], strict=True):
            if event != other:
                raise Bug(f"the engine's event is {event}, the model's {other}")
            self.events += 1
