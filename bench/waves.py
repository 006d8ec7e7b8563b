"""Measures what several threads are worth: ``ThreadedEngine`` against the engine, in one run.

    python bench/waves.py [--json] [--sessions N] [--steps N] [--rounds N] [--workers W]

Ping-pong without handlers, every event kept. Each round runs the same steps on the engine, with one
worker and with several, in turn, and the ratios are those of the medians. Nothing else should run
meanwhile. If something does, the time of the processor that the thread that asks has taken is a
hint: it does all that is not shared and its part of the rest, and so sets the pace.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median

from antiphon.bench.workloads import ping_pong, unasked
from antiphon.engine.build import describe
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.config import Config
from antiphon.machine.outcome import Outcome
from antiphon.waves.threads import USUAL, ThreadedEngine

WANTED = 1.6
"""How much faster two threads on two processors should be than the engine."""
ALONE = 0.9
"""And one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of one run: by the clock, of the processor for all threads, for the one that asks."""

    wall: float
    process: float
    asking: float


def nobody(ask: Ask) -> Answer:
    """Nothing is asked."""
    raise AssertionError(ask)


def sample(machine: Engine, steps: int) -> Sample:
    """Run so many steps."""
    begin = time.perf_counter(), time.process_time(), time.thread_time()
    report = machine.run("cooperative", steps)
    end = time.perf_counter(), time.process_time(), time.thread_time()
    assert (report.steps, report.outcome) == (steps, Outcome.EXHAUSTED)
    return Sample(*(later - earlier for earlier, later in zip(begin, end, strict=True)))


def measure(sessions: int, steps: int, rounds: int, workers: int) -> dict[str, list[Sample]]:
    """The samples of each machine. There is one machine at a time, with a trace of its own, so that
    none is the first to touch memory.
    """
    image = unasked(ping_pong())
    found: dict[str, list[Sample]] = {}
    machines: dict[str, Callable[[], Engine]] = {
        "engine": partial(Engine, Config(), nobody),
        "1 worker": partial(ThreadedEngine, Config(), nobody, workers=1),
        f"{workers} workers": partial(ThreadedEngine, Config(), nobody, workers=workers),
    }
    for _ in range(rounds):
        for name, make in machines.items():
            machine = make()
            machine.load_many(image, sessions)
            machine.run("cooperative", USUAL + 4 * sessions)
            found.setdefault(name, []).append(sample(machine, steps))
            if isinstance(machine, ThreadedEngine) and machine.workers > 1:
                assert machine.metrics.steps > steps // 2, machine.metrics
            del machine
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--steps", type=int, default=8_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    found = measure(given.sessions, given.steps, given.rounds, given.workers)
    walls = {name: median(one.wall for one in samples) for name, samples in found.items()}
    paces = {name: median(one.asking for one in samples) for name, samples in found.items()}
    rows = [
        {
            "machine": name,
            "ratio": round(walls["engine"] / walls[name], 3),
            "ratio_by_processor": round(paces["engine"] / paces[name], 3),
            "wall_ns_per_step": round(walls[name] / given.steps * 1e9, 2),
            "process_ns_per_step": round(
                median(one.process for one in samples) / given.steps * 1e9, 2
            ),
            "asking_ns_per_step": round(paces[name] / given.steps * 1e9, 2),
            "wanted": ALONE if name == "1 worker" else WANTED if name != "engine" else None,
        }
        for name, samples in found.items()
    ]
    if given.json:
        print(json.dumps({"build": describe().name, "sessions": given.sessions, "rows": rows}))
        return
    print(f"{given.sessions} sessions of ping-pong, {given.steps} steps, {describe().name}")
    for row in rows:
        wanted = f" (wanted: {row['wanted']})" if row["wanted"] else ""
        print(
            f"{row['machine']:>10}: {row['ratio']:.2f} times as fast as the engine{wanted},",
            end=" ",
        )
        print(f"{row['ratio_by_processor']:.2f} by the time of the processor")
        print(f"{'':12}{row['wall_ns_per_step']} ns a step by the clock,", end=" ")
        print(f"{row['process_ns_per_step']} of the processor,", end=" ")
        print(f"{row['asking_ns_per_step']} of that in the thread that asks")


if __name__ == "__main__":
    main()
