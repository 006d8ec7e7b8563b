"""The model as a machine of the treaty: a state, a host to ask, and the events so far."""

from __future__ import annotations

from collections.abc import Sequence

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.bytecode.verify import verify
from antiphon.machine.ask import Host
from antiphon.machine.choice import Choice
from antiphon.machine.config import Config
from antiphon.machine.event import Event
from antiphon.machine.snapshot import Snapshot
from antiphon.model.load import load
from antiphon.model.snapshot import snapshot
from antiphon.model.state import State
from antiphon.model.step import step


class Model:
    """The reference machine. It has no ``run``: ``scheduler.drive`` steps it."""

    def __init__(self, config: Config, host: Host) -> None:
        self.state = State(config.capacity)
        self._host = host
        self._events: list[Event] = []
        self._verified: set[Image] = set()

    def load(self, image: Image, *, unverified: bool = False) -> int:
        """See ``machine.interface.Machine.load``."""
        if not unverified and image not in self._verified:
            verify(image)
            self._verified.add(image)
        session = self.state.next_session
        self.state, events = load(self.state, image)
        self._events.extend(events)
        return session

    def enabled(self) -> tuple[int, ...]:
        """See ``machine.interface.Machine.enabled``."""
        return self.state.ready

    def step(self, choice: Choice) -> Row | None:
        """See ``machine.interface.Machine.step``."""
        result = step(self.state, choice, self._host)
        self.state = result.state
        self._events.extend(result.events)
        return result.row

    def snapshot(self) -> Snapshot:
        """See ``machine.interface.Machine.snapshot``."""
        return snapshot(self.state)

    def events(self) -> Sequence[Event]:
        """See ``machine.interface.Machine.events``."""
        return self._events
