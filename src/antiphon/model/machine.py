"""The model as a machine of the treaty: a state, a host to ask, and the events so far.

After every choice the laws of the machine (``laws``) are looked at; a broken one is a ``Bug``.
"""

from __future__ import annotations

from collections.abc import Sequence

from antiphon.bytecode.loadable import require_loadable
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.bytecode.verify import verify
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.buffer import check_buffers
from antiphon.machine.choice import Choice
from antiphon.machine.config import Config
from antiphon.machine.contracts import (
    PLAIN,
    RuntimeContracts,
    RuntimeRequest,
    require_admitted,
    require_programs,
)
from antiphon.machine.event import Event
from antiphon.machine.snapshot import Snapshot
from antiphon.machine.token import ProgressToken
from antiphon.model.gates import enforce_vm_runtime_gates, program_needs, unmet_requirements
from antiphon.model.load import load
from antiphon.model.setting import setting
from antiphon.model.snapshot import snapshot
from antiphon.model.state import State, progress_tokens
from antiphon.model.step import step
from antiphon.model.trace import Trace
from antiphon.model.watch import Watch


class Model:
    """The reference machine. It has no ``run``: ``scheduler.drive`` steps it.

    It must be admitted for ``request`` by the ``contracts``: raises ``Refusal`` else.
    """

    def __init__(
        self,
        config: Config,
        host: Host,
        *,
        request: RuntimeRequest = PLAIN,
        contracts: RuntimeContracts | None = None,
    ) -> None:
        if request.is_gated:
            result = enforce_vm_runtime_gates(request, contracts)
            require_admitted(result, unmet_requirements(request, contracts))
        self.config = config
        self.request = request
        self.state = State(setting(config))
        self._host = host
        self._asking = False
        self._events: list[Event] = []
        self._watch = Watch()
        self._shown: tuple[State, Snapshot] | None = None
        self._checked: set[tuple[Image, bool]] = set()

    def load(self, image: Image, *, unverified: bool = False) -> int:
        """See ``machine.interface.Machine.load``."""
        self._check_idle()
        if (image, unverified) not in self._checked:
            (require_loadable if unverified else verify)(image)
            require_programs(self.request, forks="speculation" in program_needs(image))
            if not unverified:
                check_buffers(image, self.config.buffers)
            self._checked.add((image, unverified))
        self.config.require_sessions(self.state.active, 1)
        self.config.require_coroutines(self.state.alive, len(image.programs))
        session = self.state.next_session
        before = self.state
        self.state, events = load(before, image)
        self._events.extend(events)
        self._watch.loaded(before, self.state, self._events)
        return session

    def enabled(self) -> tuple[int, ...]:
        """See ``machine.interface.Machine.enabled``."""
        return self.state.ready

    def step(self, choice: Choice) -> Row | None:
        """See ``machine.interface.Machine.step``."""
        self._check_idle()
        before = self.state
        result = step(before, choice, self._ask)
        self.state = result.state
        self._events.extend(result.events)
        self._watch.chosen(before, self.state, choice, self._events)
        return result.row

    def snapshot(self) -> Snapshot:
        """See ``machine.interface.Machine.snapshot``."""
        shown = snapshot(self.state, self._shown)
        self._shown = (self.state, shown)
        return shown

    def progress_tokens(self) -> tuple[ProgressToken, ...]:
        """One for each message that waits for an endpoint (S17)."""
        return progress_tokens(self.state)

    def events(self) -> Sequence[Event]:
        """See ``machine.interface.Machine.events``."""
        return Trace(self._events)

    @property
    def misfits(self) -> frozenset[int]:
        """The sessions whose types do not fit each other, as far as has been seen."""
        return frozenset(self._watch.misfits)

    def _ask(self, ask: Ask) -> Answer:
        self._asking = True
        try:
            return self._host(ask)
        finally:
            self._asking = False

    def _check_idle(self) -> None:
        if self._asking:
            raise Refusal("machine-busy", "the host may look at its machine, not move it")
