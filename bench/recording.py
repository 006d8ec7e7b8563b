"""What recording costs: a run that is recorded beside the same run that is not.

    python bench/recording.py [--quick] [--json] [FILE]

Ping-pong in 1,000 sessions whose messages nobody is asked for, on the fastest build there is. The
two are measured in turn, several times, and the median counts; seconds are those of the processor
and those of the clock. ``whole`` is what a user has of it: opening the sessions, the run, and all
digests at its end. The recording goes to FILE, by default one that is deleted afterwards.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from antiphon.bench.measure import POLICY
from antiphon.bench.workloads import ping_pong, unasked
from antiphon.effects.host import DefaultHost
from antiphon.engine.build import describe
from antiphon.engine.machine import Engine
from antiphon.files import AppendedFile
from antiphon.machine.config import Config
from antiphon.replay.appended import Recorder
from antiphon.replay.recording import Digests, Setup, digests

SESSIONS = 1_000
IMAGE = unasked(ping_pong())
RATIO_MAX = 1.5
BYTES_MAX = 24.0


@dataclass(frozen=True)
class Row:
    """One way to keep a trace: nanoseconds for a step, and what recording makes of them."""

    what: str
    steps: int
    processor: float
    processor_recorded: float
    clock: float
    clock_recorded: float
    ratio: float
    ratio_by_clock: float
    bytes_per_step: float

    @property
    def holds(self) -> bool:
        """Whether it costs no more than it may."""
        return self.ratio <= RATIO_MAX and self.bytes_per_step <= BYTES_MAX


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """Of the processor and of the clock, with the collector out of the way."""
    gc.collect()
    gc.disable()
    processor, clock = process_time(), perf_counter()
    run()
    taken = process_time() - processor, perf_counter() - clock
    gc.enable()
    return taken


def opened(*, trace: bool) -> Engine:
    """A machine with its sessions open."""
    engine = Engine(Config(), DefaultHost(), trace=trace)
    engine.load_many(IMAGE, SESSIONS)
    return engine


def play(engine: Engine, steps: int, place: str | None, *, trace: bool, whole: bool) -> None:
    """The run; it is recorded at a place if there is one."""
    setup = Setup((IMAGE,), (SESSIONS,), POLICY)
    if place is None:
        engine.run(POLICY, steps)
        if whole:
            digests(engine, setup)
        return
    with AppendedFile(place) as file:
        recorder = Recorder(file.write, setup, traced=trace)
        recorder.mark(engine, 0)
        recorder.play(engine, partial(engine.run, POLICY), steps)
        recorder.end(digests(engine, setup) if whole else Digests("", "", "", ""))


def compare(
    what: str, steps: int, times: int, place: str, *, trace: bool, whole: bool = False
) -> Row:
    """A row: the two runs in turn, so that whatever else goes on here slows both."""
    found: list[tuple[float, float, float, float]] = []
    for _ in range(times):
        both: list[float] = []
        for target in (None, place):
            engine = opened(trace=trace)
            go = partial(play, engine, steps, target, trace=trace, whole=whole)
            both += (1e9 * each / steps for each in seconds(go))
        found.append((both[0], both[2], both[1], both[3]))
    plain, recorded, plain_clock, recorded_clock = map(median, zip(*found, strict=True))
    ratio = median(late / early for early, late, _, _ in found)
    by_clock = median(late / early for _, _, early, late in found)
    size = Path(place).stat().st_size / steps
    columns = (plain, recorded, plain_clock, recorded_clock)
    return Row(what, steps, *columns, ratio, by_clock, size)


def rows(place: str, *, quick: bool) -> Iterator[Row]:
    """All of them."""
    steps, times = (50_000, 3) if quick else (2_000_000, 7)
    yield compare("full trace", steps, times, place, trace=True)
    yield compare("no trace", steps, times, place, trace=False)
    less = steps // 20
    yield compare("whole, full trace", less, 3, place, trace=True, whole=True)


def main() -> None:
    """Measure and print."""
    quick, as_json = "--quick" in sys.argv, "--json" in sys.argv
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    with TemporaryDirectory() as folder:
        found = [*rows(names[0] if names else f"{folder}/run.rec", quick=quick)]
    if as_json:
        lines = [asdict(row) | {"holds": row.holds} for row in found]
        print(json.dumps({"build": describe().name, "rows": lines}, indent=2))
        return
    print(f"{describe().name} build, {SESSIONS} sessions; nanoseconds for a step, then recorded")
    for row in found:
        print(
            f"{row.what:18} {row.steps:8} steps"
            f"  processor {row.processor:8.1f} {row.processor_recorded:8.1f} ({row.ratio:.2f}x)"
            f"  clock {row.clock:8.1f} {row.clock_recorded:8.1f} ({row.ratio_by_clock:.2f}x)"
            f"  {row.bytes_per_step:5.2f} bytes"
            f"  {'holds' if row.holds else 'is too much'}"
        )


if __name__ == "__main__":
    main()
