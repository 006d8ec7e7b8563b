"""The engine: the treaty of ``machine.interface`` over the kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from weakref import WeakSet

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import ROWS, Row
from antiphon.bytecode.verify import verify
from antiphon.engine import kernel
from antiphon.engine.asking import Asking
from antiphon.engine.build import Kernel, KernelClass, kernel_class
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.coroutine import progress_tokens
from antiphon.engine.failures import place
from antiphon.engine.gates import enforce_vm_runtime_gates, program_needs, unmet_requirements
from antiphon.engine.kept import Kept
from antiphon.engine.output_condition import gate
from antiphon.engine.policies import FlowTable
from antiphon.engine.report import report
from antiphon.engine.snapshot import Glance, Views
from antiphon.engine.words import SESSION_LIMIT, Words
from antiphon.errors import Refusal
from antiphon.machine.ask import Host
from antiphon.machine.buffer import check_buffers
from antiphon.machine.choice import Advance, Choice, Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import (
    PLAIN,
    RuntimeContracts,
    RuntimeRequest,
    require_admitted,
    require_policy,
    require_programs,
)
from antiphon.machine.event import Event
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Snapshot
from antiphon.machine.token import ProgressToken

STRETCH: Final = 2**20
"""Steps in one call of the kernel: the interpreter sees an interrupt in between."""
SPILL: Final = 2**14
"""The same of a machine that does not keep all of its events."""

ID_LIMIT: Final = 2**63
COROUTINE_LIMIT: Final = 2**kernel.COROUTINE_BITS
CLOCK_LIMIT: Final = 2**kernel.CLOCK_BITS

_OUTCOME: Final = {
    "ok": kernel.COMMIT,
    "receive-wait": kernel.RECEIVE_WAIT,
    "send-wait": kernel.SEND_WAIT,
    "host-wait": kernel.HOST_WAIT,
    "pause-wait": kernel.PAUSE_WAIT,
    "acquire-wait": kernel.LAYER_WAIT,
}
OUTCOMES: Final = [
    kernel.LINK_WAIT
    if row.outcome.clause == "link"
    else _OUTCOME.get(row.outcome.code, kernel.FAULT)
    for row in ROWS
]
"""What each row does to the coroutine, in the kernel's numbers."""

_POLICY: Final = {
    "cooperative": kernel.COOPERATIVE,
    "round-robin": kernel.ROUND_ROBIN,
    "priority": kernel.PRIORITY,
    "aging": kernel.AGING,
    "token-weighted": kernel.TOKEN_WEIGHTED,
    "progress-aware": kernel.PROGRESS_AWARE,
}

_VERIFIED: WeakSet[Image] = WeakSet()


class Engine:
    """A machine. ``build`` names the kernel's build, or is a kernel; ``trace`` keeps the events:
    with ``tail`` only the last so many, in memory that does not grow. With ``sink`` they are not
    kept but handed to it, in order: those of a step or of some thousand soon after.

    It must be admitted for ``request`` by the ``contracts``: raises ``Refusal`` else.
    """

    def __init__(
        self,
        config: Config,
        host: Host,
        *,
        build: str | KernelClass | None = None,
        trace: bool = True,
        tail: int | None = None,
        sink: Callable[[Sequence[Event]], object] | None = None,
        request: RuntimeRequest = PLAIN,
        contracts: RuntimeContracts | None = None,
    ) -> None:
        if request.is_gated:
            result = enforce_vm_runtime_gates(request, contracts)
            require_admitted(result, unmet_requirements(request, contracts))
        self.config = config
        self.request = request
        self._trace = trace
        is_whole = trace and tail is None and sink is None
        self._catalogue = Catalogue(Words(None if is_whole else self._objects), config)
        self._kept = Kept(self._catalogue, 0 if sink is not None else tail, sink)
        self._stretch = SPILL if self._kept.is_bounded else STRETCH
        make = build if callable(build) else kernel_class(build)
        flow = FlowTable(config.flow, config.flow_predicates)
        asking = Asking(host, self._catalogue, flow)
        budget = -1 if config.budget is None else config.budget
        limit = COROUTINE_LIMIT if config.max_coroutines is None else config.max_coroutines
        most = SESSION_LIMIT if config.max_sessions is None else config.max_sessions
        self._kernel: Kernel = make(asking, list(OUTCOMES), budget, limit, most, trace)
        self._kernel.make_by(asking.quick)
        if config.failures:
            place(self._kernel, self._catalogue.words, config.failures)
        self._views = Views(self._kernel, self._catalogue)
        self._kernel.guard_outputs(*gate(config.outputs))

    @property
    def clock(self) -> int:
        """How many steps were taken, and ticks waited for with nobody ready."""
        return self._kernel.counters()[0]

    @property
    def sizes(self) -> dict[str, int]:
        """How many slots there are of each kind, used or not, and how many values on the side."""
        names = ("sessions", "coroutines", "queues", "registers", "messages", "nodes")
        objects = self._catalogue.words.objects
        return dict(zip(names, self._kernel.sizes(), strict=True)) | {"objects": objects}

    def load(self, image: Image, *, unverified: bool = False) -> int:
        """Open a session, as ``machine.interface`` says."""
        return self.load_many(image, 1, unverified=unverified)[0]

    def load_many(self, image: Image, count: int, *, unverified: bool = False) -> range:
        """Open ``count`` sessions of an image, as that many ``load`` would: their ids."""
        self._check_idle()
        if not unverified and image not in _VERIFIED:
            verify(image)
            _VERIFIED.add(image)
        require_programs(self.request, forks="speculation" in program_needs(image))
        if not unverified:
            check_buffers(image, self.config.buffers)
        _, session, coroutine, _, ended, broken, done, failed, closed = self._kernel.counters()
        self.config.require_sessions(session - ended - broken - closed, count)
        self.config.require_coroutines(coroutine - done - failed, count * len(image.programs))
        if session + count > SESSION_LIMIT:
            raise Refusal("too-many-sessions", f"a machine opens at most {SESSION_LIMIT} sessions")
        if coroutine + count * len(image.programs) > COROUTINE_LIMIT:
            words = f"a machine starts at most {COROUTINE_LIMIT} coroutines"
            raise Refusal("too-many-coroutines", words)
        number = self._catalogue.number(image, self._kernel)
        if count > 0 and self._trace:
            self._kept.loads.note(coroutine, session, number)
        first = self._kernel.load(number, count)
        self._kept.spill(self._kernel)
        return range(first, first + count)

    def enabled(self) -> tuple[int, ...]:
        """The ready queue."""
        return tuple(self._kernel.ready())

    def step(self, choice: Choice) -> Row | None:
        """Make one choice, as ``machine.interface`` says."""
        self._check_idle()
        if isinstance(choice, Advance):
            if 0 <= choice.tick < CLOCK_LIMIT:
                self._kernel.elapse(choice.tick)
            return None
        if not 0 <= choice.coroutine < ID_LIMIT:
            return None
        if isinstance(choice, Pick):
            row = self._kernel.pick(choice.coroutine)
            if row < -1:
                raise _out_of_time()
            self._kept.spill(self._kernel)
            return ROWS[row] if row >= 0 else None
        self._kernel.wake(choice.coroutine)
        return None

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """Many steps in one call, as ``machine.interface`` says."""
        self._check_idle()
        if policy not in _POLICY:
            known = ", ".join(_POLICY)
            raise Refusal("unknown-policy", f"the engine has no policy {policy!r}, only {known}")
        require_policy(self.request, policy)
        steps = 0
        while max_steps is None or steps < max_steps:
            limit = self._stretch if max_steps is None else min(self._stretch, max_steps - steps)
            left = CLOCK_LIMIT - self.clock
            if left == 0:
                raise _out_of_time()
            taken = self._kernel.run(_POLICY[policy], min(limit, left))
            steps += taken
            self._kept.spill(self._kernel)
            if taken < limit:
                break
        self._kernel.rest()
        return report(self._kernel, self._catalogue, steps)

    def snapshot(self) -> Snapshot:
        """The whole state."""
        return self._views.take()

    def progress_tokens(self) -> tuple[ProgressToken, ...]:
        """One for each message that waits for an endpoint."""
        return progress_tokens(self._kernel, self._catalogue)

    def glance(self) -> Glance:
        """The state, of which only some sessions and coroutines will be looked at."""
        return self._views.glance()

    def events(self) -> Sequence[Event]:
        """The trace until now, as far as it is kept; empty if the machine keeps none."""
        return self._kept.events(self._kernel)

    def prints(self, first: int) -> bytes:
        """What ``machine.event_print`` says; of a trace that is kept as a whole."""
        return self._kernel.prints(first, self._kept.events(self._kernel))

    def _objects(self) -> set[int]:
        return self._kernel.objects()

    def _check_idle(self) -> None:
        if self._kernel.busy():
            raise Refusal("machine-busy", "the host may look at its machine, not move it")


def _out_of_time() -> Refusal:
    return Refusal("too-many-steps", f"a machine takes at most {CLOCK_LIMIT} steps")
