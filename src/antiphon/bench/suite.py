"""All measurements in one run, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from antiphon.bench.measure import (
    MACHINES,
    Measurement,
    Name,
    measure,
    measure_events,
    measure_history,
    measure_live,
    measure_twin,
)
from antiphon.bench.workloads import ping_pong, unasked, workloads
from antiphon.engine.build import COMPILED, kernel_class
from antiphon.errors import Refusal

QUICK_SECONDS: Final = 0.02
SECONDS: Final = 0.5
LIVE: Final = 1_000_000
LONG: Final = 10_000_000
SHORT: Final = 10_000


def run(*, quick: bool = False) -> Iterator[Measurement]:
    """Measure everything, or in a few seconds a little of it; builds that are not there are left
    out.
    """
    seconds = QUICK_SECONDS if quick else SECONDS
    names = available()
    for workload in workloads(quick=quick):
        found = (measure(workload, name, seconds) for name in names)
        yield from (one for one in found if one is not None)
        if workload.twin is not None:
            yield measure_twin(workload, "asyncio", seconds)
            yield measure_twin(workload, "asyncio-trace", seconds)
    yield from _engine_only(names[-1], quick=quick)


def available() -> Sequence[Name]:
    """The machines that are here, the slowest first."""
    try:
        kernel_class(COMPILED)
    except Refusal:
        return [name for name in MACHINES if name != COMPILED]
    return MACHINES


def _engine_only(name: Name, *, quick: bool) -> Iterator[Measurement]:
    """What concerns the engine alone, of the fastest build there is."""
    image = unasked(ping_pong())
    scale = 1_000 if quick or name == "pure" else 1
    for before in (SHORT // min(scale, 10), LONG // scale):
        yield measure_history(image, name, before, 1_000_000 // scale)
    yield measure_live(image, name, LIVE // scale)
    yield measure_events(image, name, 1_000_000 // min(scale, 10))


Rows: TypeAlias = dict[tuple[str, Name], Measurement]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that follows from the measurements, and what is asked of it, if something is."""

    name: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self) -> bool | None:
        """Whether it is as it should be; None if nothing is asked."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least


@dataclass(frozen=True, slots=True)
class _Ratio:
    """How many times as long a step of ``other`` takes as one of ``one``, on the compiled build."""

    name: str
    one: str
    other: str
    at_most: float


_MANY: Final = ("ping-pong-1000", "ring-8", "branching")
_TWINS: Final[Sequence[tuple[Name, float]]] = (("asyncio", 12.0), ("asyncio-trace", 18.0))
_BUILDS: Final[Sequence[tuple[Name, float]]] = (("compiled", 20.0), ("pure", 0.6))
_RATIOS: Final = (
    _Ratio("200 roles to 3", "ring-3", "ring-200", 1.5),
    _Ratio("2,000 messages to 10", "linear-10", "linear-2000", 1.3),
    _Ratio("100,000 sessions to 1,000", "ping-pong-1000", "ping-pong-100000", 5.0),
    _Ratio("after 10 million to after 10 thousand", f"after-{SHORT}", f"after-{LONG}", 1.2),
)


def figures(measured: Iterable[Measurement]) -> Sequence[Figure]:
    """What is asked of the engine, as far as it was measured."""
    rows: Rows = {(one.workload, one.engine): one for one in measured}
    return [*_pace(rows), *_ratios(rows), *_sizes(rows)]


def _pace(rows: Rows) -> Iterator[Figure]:
    for name in _MANY:
        for build, least in _BUILDS:
            row = rows.get((name, build))
            if row is not None:
                pace = row.steps_per_second / 1e6
                yield Figure(f"{name}, {build}: million steps per second", pace, at_least=least)


def _ratios(rows: Rows) -> Iterator[Figure]:
    for twin, least in _TWINS:
        for name in (*_MANY, "handler"):
            one, other = rows.get((name, "compiled")), rows.get((name, twin))
            if one is not None and other is not None:
                value = one.messages_per_second / other.messages_per_second
                asked = None if name == "handler" else least
                yield Figure(f"{name}: messages, compiled to {twin}", value, at_least=asked)
    for wanted in _RATIOS:
        one, other = rows.get((wanted.one, "compiled")), rows.get((wanted.other, "compiled"))
        if one is not None and other is not None:
            value = one.steps_per_second / other.steps_per_second
            yield Figure(f"time per step, {wanted.name}", value, at_most=wanted.at_most)


def _sizes(rows: Rows) -> Iterator[Figure]:
    handled, ring = rows.get(("handler", "compiled")), rows.get(("ring-200", "compiled"))
    if handled is not None:
        value = 1e6 / handled.messages_per_second
        yield Figure("handler: microseconds per message", value, at_most=0.4)
    if ring is not None and ring.load_seconds is not None:
        yield Figure("milliseconds to load 200 roles", ring.load_seconds * 1e3, at_most=20.0)
    for row in rows.values():
        if row.bytes_per_session is not None:
            most = 700.0 if row.sessions == LIVE else None
            yield Figure(f"{row.workload}: bytes per session", row.bytes_per_session, at_most=most)
        if row.bytes_per_event is not None:
            yield Figure("bytes per event", row.bytes_per_event, at_most=24.0)
