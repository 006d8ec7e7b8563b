"""How long things take: seconds of the processor, so that other programs count for little.

A machine is warmed up first, until nothing in it is new; then it is run on, several times, and the
median counts.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Any, Final, Literal, TypeAlias

from antiphon.bench.twins import Trace, play
from antiphon.bench.workloads import MOST_IN_MODEL, Workload
from antiphon.bytecode.program import Image
from antiphon.effects.host import DefaultHost
from antiphon.effects.plain import PlainHost
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.event import Sent
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive

Name: TypeAlias = Literal["model", "pure", "compiled", "asyncio", "asyncio-trace"]
MACHINES: Final[tuple[Name, ...]] = ("model", "pure", "compiled")
POLICY: Final = "cooperative"
REPEATS: Final = 3
STEPS_MAX: Final = 2**21
"""Steps of one measurement: their trace has to be kept."""
SAMPLE: Final = 100
"""In so many sessions it is counted how many steps a message takes."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One workload on one machine; for asyncio a step is a put or a get.

    What only some have is None in the others: the bytes that one more session takes, those of an
    event, and the seconds that loading took.
    """

    workload: str
    engine: Name
    steps: int
    seconds: float
    messages: float
    sessions: int = 1
    bytes_per_session: float | None = None
    bytes_per_event: float | None = None
    load_seconds: float | None = None

    @property
    def steps_per_second(self) -> float:
        """Steps per second."""
        return self.steps / self.seconds

    @property
    def messages_per_second(self) -> float:
        """Messages per second."""
        return self.messages / self.seconds

    def to_json(self) -> dict[str, object]:
        """As ``antiphon bench --json`` gives it."""
        found: dict[str, object] = {
            "workload": self.workload,
            "engine": self.engine,
            "steps": self.steps,
            "seconds": self.seconds,
            "steps_per_second": self.steps_per_second,
            "messages_per_second": self.messages_per_second,
            "sessions": self.sessions,
        }
        extra = {
            "bytes_per_session": self.bytes_per_session,
            "bytes_per_event": self.bytes_per_event,
            "load_seconds": self.load_seconds,
        }
        return found | {name: value for name, value in extra.items() if value is not None}


def one_more(number: int | None) -> int:
    """The user's function that makes a message out of the one before, None if there is none."""
    return 0 if number is None else (number + 1) % 1_000_000


MAKERS: Final[Mapping[str, Callable[[Any], object]]] = {"ping": one_more, "pong": one_more}


def measure(workload: Workload, name: Name, seconds: float) -> Measurement | None:
    """A workload on a machine, for about so many seconds; None where it is not measured."""
    if name == "model" and workload.coroutines > MOST_IN_MODEL:
        return None
    started = _Machine(workload, name)
    started.load()
    load_seconds = started.load_seconds
    steps, taken = timed(started.run, 2 * workload.coroutines + 256, seconds)
    return Measurement(
        workload.name,
        name,
        steps,
        taken,
        steps * _messages_per_step(workload),
        workload.sessions,
        load_seconds=load_seconds,
    )


class _Machine:
    """A machine at work on a workload."""

    def __init__(self, workload: Workload, name: Name, *, trace: bool = True) -> None:
        host: Host = PlainHost(MAKERS) if workload.handled else DefaultHost()
        self._workload = workload
        self.machine: Model | Engine = (
            Model(Config(), host)
            if name == "model"
            else Engine(Config(), host, build=name, trace=trace)
        )
        self.load_seconds = 0.0

    def load(self) -> None:
        """Open the sessions."""
        started = process_time()
        open_many(self.machine, self._workload.image, self._workload.sessions)
        self.load_seconds = process_time() - started

    def run(self, steps: int) -> int:
        """At least about so many steps: how many there were."""
        if not self._workload.churn:
            return advance(self.machine, steps)
        done = 0
        while done < steps:
            done += advance(self.machine, STEPS_MAX)
            open_many(self.machine, self._workload.image, self._workload.sessions)
        return done


def open_many(machine: Model | Engine, image: Image, count: int) -> None:
    """Open sessions."""
    if isinstance(machine, Engine):
        machine.load_many(image, count)
    else:
        for _ in range(count):
            machine.load(image)


def advance(machine: Model | Engine, steps: int) -> int:
    """Take steps: how many there were."""
    if isinstance(machine, Engine):
        return machine.run(POLICY, steps).steps
    return drive(machine, POLICY, steps).steps


def timed(run: Callable[[int], int], fewest: int, seconds: float) -> tuple[int, float]:
    """Steps, and the median of the seconds that they took: ``run`` takes the number wanted.

    The number is raised until it takes a quarter of ``seconds``; that is the warm-up.
    """
    gc.collect()
    wanted = fewest
    while True:
        started = process_time()
        steps = run(wanted)
        taken = process_time() - started
        if taken >= seconds / 4 or wanted >= STEPS_MAX:
            break
        wanted = min(STEPS_MAX, wanted * 4)
    wanted = max(fewest, min(STEPS_MAX, int(wanted * seconds / max(taken, 1e-9))))
    found: list[tuple[float, int, float]] = []
    for _ in range(REPEATS):
        started = process_time()
        steps = run(wanted)
        taken = process_time() - started
        found.append((taken / steps, steps, taken))
    pace = median(pace for pace, _, _ in found)
    return next((steps, taken) for each, steps, taken in found if each == pace)


def _messages_per_step(workload: Workload) -> float:
    """How many messages are sent in a step, on the average, once all is running."""
    few = Workload("", workload.image, min(SAMPLE, workload.sessions), churn=workload.churn)
    machine = _Machine(few, "pure")
    machine.load()
    steps = machine.run(64 * few.coroutines)
    events = machine.machine.events()
    return sum(isinstance(event, Sent) for event in events) / steps


def measure_twin(
    workload: Workload, name: Literal["asyncio", "asyncio-trace"], seconds: float
) -> Measurement:
    """What a user would write instead; ``workload`` has a twin."""
    assert workload.twin is not None
    twin, make = workload.twin, one_more if workload.handled else None
    roles = len(workload.image.programs)
    messages = 0

    def run(steps: int) -> int:
        nonlocal messages
        trace: Trace | None = [] if name == "asyncio-trace" else None
        rounds = max(1, steps // (2 * workload.coroutines))
        messages = play(twin, workload.sessions, roles, rounds, trace, make)
        return 2 * messages

    steps, taken = timed(run, 2 * workload.coroutines, seconds)
    return Measurement(workload.name, name, steps, taken, steps / 2, workload.sessions)


def measure_history(image: Image, name: Name, before: int, steps: int) -> Measurement:
    """A thousand sessions, from the step on that they have ``before`` behind them."""
    machine = Engine(Config(), DefaultHost(), build=name)
    open_many(machine, image, 1_000)
    advance(machine, before)
    gc.collect()
    started = process_time()
    done = advance(machine, steps)
    taken = process_time() - started
    title = f"after-{before}"
    return Measurement(title, name, done, taken, 0.0, 1_000)


def measure_live(image: Image, name: Name, sessions: int) -> Measurement:
    """So many sessions alive at once, without a trace: what they take, and how they run."""
    tracemalloc.start()
    machine = Engine(Config(), DefaultHost(), build=name, trace=False)
    open_many(machine, image, 1)
    base, _ = tracemalloc.get_traced_memory()
    open_many(machine, image, sessions)
    advance(machine, 4 * sessions)
    full, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del machine
    workload = Workload(f"live-{sessions}", image, sessions)
    started = _Machine(workload, name, trace=False)
    started.load()
    load_seconds = started.load_seconds
    steps, taken = timed(started.run, 2 * workload.coroutines, 0.1)
    each = (full - base) / sessions
    messages = steps * _messages_per_step(workload)
    return Measurement(
        workload.name, name, steps, taken, messages, sessions, each, load_seconds=load_seconds
    )


def measure_events(image: Image, name: Name, steps: int) -> Measurement:
    """What one more event takes, once the tables of its session have their size."""
    machine = Engine(Config(), DefaultHost(), build=name)
    open_many(machine, image, 1)
    tracemalloc.start()
    advance(machine, steps)
    before, (size, _) = len(machine.events()), tracemalloc.get_traced_memory()
    started = process_time()
    done = advance(machine, steps)
    taken = process_time() - started
    grown = tracemalloc.get_traced_memory()[0] - size
    tracemalloc.stop()
    each = grown / (len(machine.events()) - before)
    return Measurement("trace", name, done, taken, 0.0, bytes_per_event=each)
