"""The lane of waves: generated cases in many shapes, held against machines that take one step.

A case and its shape depend on the seed and on its number only, so the result is the same for every
number of jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Final, TypeAlias

from antiphon.model import waves as law
from antiphon.model.machine import Model
from antiphon.parity.comparison import Parting
from antiphon.parity.corpus import Case
from antiphon.parity.ensemble import Differs
from antiphon.parity.generate import case, first_draws
from antiphon.parity.lockstep import IsOver
from antiphon.parity.shrink import shrink
from antiphon.parity.source import Source
from antiphon.parity.subject import MODEL
from antiphon.parity.trial import Trial
from antiphon.parity.wave_trial import (
    POLICIES,
    Shape,
    WaveCounts,
    WaveTrial,
    compare_with_default,
)
from antiphon.values.canonical import digest
from antiphon.waves.machine import WaveMachine

WIDTHS: Final = (1, 2, 3, 8)
WORKERS: Final = (1, 2, 4)
WIDE_LEAST: Final = 30
"""Of 100 waves at width 2 or more so many must have two picks or more."""
ENOUGH_WAVES: Final = 1000
"""From so many waves on."""
STRETCH: Final = 50
HEALTHY: Final = SimpleNamespace(machine=WaveMachine, model=Model, law=law)
"""What is tried, unless it is something broken on purpose."""
Progress: TypeAlias = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class WaveDifference:
    """A case in a shape in which something is not as it should be; ``draws`` are the case."""

    case: int
    shape: Shape
    machine: str
    at: str
    parting: Parting
    draws: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WaveReport:
    """What a run of the lane has shown; ``first`` is the first difference."""

    seed: int
    found: WaveCounts
    differing: tuple[int, ...]
    first: WaveDifference | None

    @property
    def waves(self) -> int:
        """How many waves there were at width 2 or more."""
        return self.found.widths.total()

    @property
    def wide(self) -> int:
        """How many of them had two picks or more."""
        return sum(count for width, count in self.found.widths.items() if width > 1)

    def missed(self) -> tuple[str, ...]:
        """What there was too little of, if there were waves enough to tell."""
        if self.waves < ENOUGH_WAVES:
            return ()
        counts = self.found.counts
        names = ("within one session", "rolled back", "schedule-independent, alike")
        few = 100 * self.wide < WIDE_LEAST * self.waves
        narrow = (f"waves of two or more: {self.wide} of {self.waves}",) if few else ()
        return (*narrow, *(f"{name}: none" for name in names if not counts[name]))

    @property
    def is_good(self) -> bool:
        """Whether nothing differs, and enough was looked at."""
        return not self.differing and not self.missed()

    @property
    def result(self) -> str:
        """The digest of all that was found."""
        found = self.found
        parts = (found.counts.items(), found.widths.items(), found.reasons.items())
        plain = tuple(tuple(sorted(each, key=repr)) for each in parts)
        return digest("antiphon.lane.1", ("waves", self.seed, *plain))

    def to_json(self) -> dict[str, object]:
        """The report as JSON; the same for every number of jobs."""
        found, first = self.found, self.first
        return {
            "seed": self.seed,
            "differences": len(self.differing),
            "differing_cases": list(self.differing),
            "counts": dict(sorted(found.counts.items())),
            "waves": self.waves,
            "wide": self.wide,
            "widths": {str(width): found.widths[width] for width in sorted(found.widths)},
            "schedule_dependent": dict(sorted(found.reasons.items())),
            "missed": list(self.missed()),
            "first": None
            if first is None
            else {
                "case": first.case,
                "shape": f"{first.shape}",
                "machine": first.machine,
                "at": first.at,
                "path": first.parting.path,
                "expected": first.parting.expected,
                "actual": first.parting.actual,
            },
        }


def shape_of(number: int) -> Shape:
    """The shape of a case: every second one at width 1, the others in every shape by turns."""
    turn = number // 2
    return narrow_shape_of(turn) if number % 2 == 0 else wide_shape_of(turn)


def narrow_shape_of(turn: int) -> Shape:
    """The shapes of one pick by turns."""
    return Shape(1, WORKERS[turn % len(WORKERS)], widening=turn % 2 == 0)


def wide_shape_of(turn: int) -> Shape:
    """The shapes of several picks by turns."""
    workers = WORKERS[turn % len(WORKERS)]
    width = WIDTHS[1:][turn // len(WORKERS) % (len(WIDTHS) - 1)]
    return Shape(width, workers, widening=turn % 5 != 0)


def run(
    cases: int,
    seed: int,
    jobs: int = 1,
    progress: Progress | None = None,
    shapes: Callable[[int], Shape] = shape_of,
    is_over: IsOver | None = None,
) -> WaveReport:
    """Run the first ``cases`` cases of ``seed``, each in the shape that ``shapes`` has for its
    number: of a module, if there are several jobs. Those that were not begun when it
    ``is_over`` are left out.
    """
    found, differences = WaveCounts(), list[WaveDifference]()
    done = 0
    with closing(_results(cases, seed, jobs, shapes)) as results:
        for counts, differing in results:
            found.add(counts)
            differences += differing
            done += STRETCH
            if progress is not None:
                progress(min(done, cases), cases, len(differences))
            if is_over is not None and is_over():
                break
    first = differences[0] if differences else None
    return WaveReport(seed, found, tuple(one.case for one in differences), first)


_Found: TypeAlias = tuple[WaveCounts, list[WaveDifference]]


def _results(
    cases: int, seed: int, jobs: int, shapes: Callable[[int], Shape]
) -> Generator[_Found, None, None]:
    stretches = [(seed, at, min(at + STRETCH, cases)) for at in range(0, cases, STRETCH)]
    if min(jobs, len(stretches)) <= 1:
        for stretch in stretches:
            yield _run_stretch(stretch, shapes)
        return
    with ProcessPoolExecutor(min(jobs, len(stretches))) as pool:
        yield from pool.map(partial(_run_stretch, shapes=shapes), stretches)


def _run_stretch(stretch: tuple[int, int, int], shapes: Callable[[int], Shape]) -> _Found:
    counts, differences = WaveCounts(), list[WaveDifference]()
    seed, start, end = stretch
    for number in range(start, end):
        source = Source(first_draws(number), key=f"{seed}.{number}")
        found, difference = _attempt(source, number, shapes(number))
        counts.add(found)
        differences += () if difference is None else (difference,)
    return counts, differences


def _attempt(source: Source, number: int, shape: Shape) -> tuple[WaveCounts, WaveDifference | None]:
    try:
        return _run_drawn(source, number, shape, HEALTHY), None
    except Differs as found:
        place = found.machine, found.at, found.parting
        return WaveCounts(), WaveDifference(number, shape, *place, tuple(source.drawn))


def shrunk(difference: WaveDifference) -> tuple[WaveDifference, tuple[Case, ...]]:
    """The smallest case found in which the same machine goes wrong in the same shape, and the case
    as files of the corpus, without waves, as far as it can be one.
    """
    number, shape = difference.case, difference.shape

    def again(draws: Sequence[int]) -> WaveDifference | None:
        return _attempt(Source(draws), number, shape)[1]

    def still_differs(draws: Sequence[int]) -> bool:
        found = again(draws)
        return found is not None and found.machine == difference.machine

    smaller = again(shrink(difference.draws, still_differs)) or difference
    with suppress(Exception):
        source = Source(smaller.draws)
        trial = Trial(case(source), source, (MODEL,))
        trial.run()
        return smaller, (trial.script(),)
    return smaller, ()


def run_case(
    number: int, seed: int, shape: Shape, machines: SimpleNamespace = HEALTHY
) -> WaveCounts:
    """One case in one shape. Raises ``Differs``."""
    source = Source(first_draws(number), key=f"{seed}.{number}")
    return _run_drawn(source, number, shape, machines)


def _run_drawn(source: Source, number: int, shape: Shape, machines: SimpleNamespace) -> WaveCounts:
    drawn = case(source)
    if drawn.generator == "crowd":
        return WaveCounts()
    trial = WaveTrial(drawn, source, shape, machines)
    trial.run(POLICIES[number % len(POLICIES)])
    if shape.width == 1:
        trial.found.widths.clear()
    else:
        compare_with_default(drawn, shape, machines.machine, trial.found)
    return trial.found
