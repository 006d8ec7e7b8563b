"""The machines, and one way to step each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from antiphon.bytecode.program import Image
from antiphon.engine.gates import enforce_vm_runtime_gates, unmet_requirements
from antiphon.engine.machine import Engine
from antiphon.evidence.shipped import contracts_for
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.contracts import PLAIN, RuntimeRequest, require_admitted
from antiphon.machine.event import Event
from antiphon.machine.outcome import Report
from antiphon.machine.trace_mode import FULL, OFF, TraceMode
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive
from antiphon.waves.machine import WaveMachine
from antiphon.waves.threads import ThreadedEngine


def machine_named(
    name: str,
    config: Config,
    host: Host,
    request: RuntimeRequest = PLAIN,
    *,
    trace: TraceMode = FULL,
    sink: Callable[[Sequence[Event]], object] | None = None,
) -> Model | Engine:
    """A new ``model`` or ``engine``, admitted for ``request`` by what comes with the package.

    The engine keeps of its events what ``trace`` says, or hands them to ``sink``; the model always
    keeps all.
    """
    contracts = contracts_for(request) if request.is_gated else None
    if name == "model":
        return Model(config, host, request=request, contracts=contracts)
    return Engine(
        config,
        host,
        trace=trace != OFF,
        tail=trace.tail,
        sink=sink,
        request=request,
        contracts=contracts,
    )


def machine_with_waves(
    config: Config, host: Host, request: RuntimeRequest, workers: int
) -> WaveMachine:
    """A new machine that takes several steps at once, admitted in the same way."""
    contracts = contracts_for(request) if request.is_gated else None
    return WaveMachine(config, host, workers=workers, request=request, contracts=contracts)


def machine_with_threads(
    config: Config, host: Host, request: RuntimeRequest, workers: int, *, trace: bool
) -> ThreadedEngine:
    """A new engine with so many threads, admitted in the same way."""
    contracts = contracts_for(request) if request.is_gated else None
    return ThreadedEngine(
        config, host, workers=workers, trace=trace, request=request, contracts=contracts
    )


def check_admitted(request: RuntimeRequest) -> None:
    """Find out what would be refused before a file is written for it; raises ``Refusal``."""
    contracts = contracts_for(request)
    result = enforce_vm_runtime_gates(request, contracts)
    require_admitted(result, unmet_requirements(request, contracts))


def open_sessions(machine: Model | Engine | WaveMachine, image: Image, count: int) -> None:
    """Open ``count`` sessions of an image."""
    if isinstance(machine, Engine | WaveMachine):
        machine.load_many(image, count)
    else:
        for _ in range(count):
            machine.load(image)


def advance(machine: Model | Engine | WaveMachine, policy: str, max_steps: int) -> Report:
    """Take at most ``max_steps`` steps; model and engine come to the same."""
    if isinstance(machine, Engine | WaveMachine):
        return machine.run(policy, max_steps)
    return drive(machine, policy, max_steps)
