"""Lockstep: many cases, each on the model and on every build of the engine, compared step by step.

A case depends on the seed and on its number only, so that any process can run any stretch of
them, and the result is the same for every number of jobs.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from antiphon.machine.contracts import unadmitted
from antiphon.parity.comparison import Parting
from antiphon.parity.counts import NEEDS, SHARES, Counts
from antiphon.parity.ensemble import Differs
from antiphon.parity.generate import case, first_draws
from antiphon.parity.script import Script
from antiphon.parity.shrink import shrink
from antiphon.parity.source import Source
from antiphon.parity.subject import BUILDS, MODEL, Build, Subject, engine
from antiphon.parity.trial import Trial
from antiphon.replay.recording import Recording
from antiphon.values.canonical import digest

_GARBAGE: Final = (20_000, 20, 20)
"""What a job takes for garbage collection: little of what it makes lies in cycles."""
STRETCH: Final = 100
"""How many cases a job takes at a time."""
Stretch: TypeAlias = tuple[int, int, int, tuple[Build, ...]]
"""Seed, first case, the case after the last, builds: what a job does."""
IsOver: TypeAlias = Callable[[], bool]
"""Asked now and then: whether no more cases are to be run."""
Progress: TypeAlias = Callable[[int, int, int], None]
"""Called now and then with the cases done, all cases, and the differences so far."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A case in which ``machine`` is not as expected, at a choice or check named ``at``.

    ``draws`` are the case: ``replay_case`` runs it again. ``recording`` and ``script`` are the same
    case as files of the corpus, unless it was not found here.
    """

    case: int
    machine: str
    at: str
    parting: Parting
    draws: tuple[int, ...]
    recording: Recording | None = field(default=None, repr=False, compare=False)
    script: Script | None = field(default=None, repr=False, compare=False)


Found: TypeAlias = tuple[Counts, list[Difference]]


@dataclass(frozen=True, slots=True)
class LockstepReport:
    """What a run of lockstep has shown. ``first`` is the first difference, shrunk.

    ``seconds`` is how long it took, and no part of the result.
    """

    seed: int
    builds: tuple[Build, ...]
    counts: Counts
    differing: tuple[int, ...]
    first: Difference | None
    seconds: float = field(default=0.0, compare=False)

    @property
    def is_good(self) -> bool:
        """Whether nothing differs, and what was looked at was what should be looked at."""
        return not self.differing and not self.counts.missed()

    @property
    def result(self) -> str:
        """The digest of all that was found."""
        words = json.dumps(self.to_json(), sort_keys=True)
        return digest("antiphon.lane.1", ("lockstep", words))

    def to_json(self) -> dict[str, object]:
        """The report as JSON; the same for every number of jobs."""
        counts = self.counts
        return {
            "cases": counts.cases["cases"],
            "steps": counts.steps,
            "differences": len(self.differing),
            "admission": unadmitted().stamp,
            "seed": self.seed,
            "builds": list(self.builds),
            "distinct_states": len(counts.states),
            "distinct_control_states": len(counts.control_states),
            "cases_by": _sorted(counts.cases),
            "steps_by": _sorted(counts.steps_of),
            "outcomes": _sorted(counts.outcomes),
            "faults": _sorted(counts.faults),
            "checks": _sorted(counts.checks),
            "rows": {machine: _sorted(rows) for machine, rows in counts.rows.items()},
            "rows_missed": list(counts.missed_rows()),
            "shares": [
                {
                    "name": share.name,
                    "found": counts.cases[share.name],
                    "of": counts.cases[share.of],
                    "least_percent": share.least,
                }
                for share in SHARES
            ],
            "needs": {need: counts.cases[need] for need in NEEDS},
            "missed": list(counts.missed()),
            "differing_cases": list(self.differing),
            "first": None if self.first is None else _difference_json(self.first),
        }


def run(
    cases: int,
    seed: int,
    jobs: int = 1,
    builds: Sequence[Build] = BUILDS,
    progress: Progress | None = None,
    start: int = 0,
    is_over: IsOver | None = None,
) -> LockstepReport:
    """Run the cases ``start`` to ``start + cases - 1`` of ``seed``; shrink the first difference.

    Those that were not begun when it ``is_over`` are left out.
    """
    began = time.perf_counter()
    counts, differences, done = Counts(), list[Difference](), 0
    end = start + cases
    stretches = [
        (seed, at, min(at + STRETCH, end), tuple(builds)) for at in range(start, end, STRETCH)
    ]
    with closing(_results(stretches, jobs)) as results:
        for (_, at, until, _), found in zip(stretches, results, strict=True):
            counts.add(found[0])
            differences += found[1]
            done += until - at
            if progress is not None:
                progress(done, cases, len(differences))
            if is_over is not None and is_over():
                break
    first = _shrunk(differences[0], builds) if differences else None
    differing = tuple(difference.case for difference in differences)
    seconds = time.perf_counter() - began
    return LockstepReport(seed, tuple(builds), counts, differing, first, seconds)


def replay_case(
    draws: Sequence[int], subjects: Sequence[Subject], number: int = 0
) -> Difference | None:
    """Run the case that is these draws; its difference, if there is one."""
    return _attempt(Source(draws), subjects, number)[1]


def subjects_of(builds: Sequence[Build]) -> tuple[Subject, ...]:
    """The model, and these builds of the engine."""
    return (MODEL, *map(engine, builds))


def _results(stretches: Sequence[Stretch], jobs: int) -> Generator[Found, None, None]:
    """What each stretch comes to; no more processes than there are stretches."""
    jobs = min(jobs, len(stretches))
    if jobs <= 1:
        yield from map(run_stretch, stretches)
        return
    with ProcessPoolExecutor(jobs, None, gc.set_threshold, _GARBAGE) as pool:
        yield from pool.map(run_stretch, stretches)


def run_stretch(stretch: Stretch) -> Found:
    """The counts of a stretch of cases, and its differences, without their files."""
    seed, start, end, builds = stretch
    counts, differences = Counts(), list[Difference]()
    subjects = subjects_of(builds)
    for number in range(start, end):
        source = Source(first_draws(number), key=f"{seed}.{number}")
        found, difference = _attempt(source, subjects, number)
        counts.add(found)
        if difference is not None:
            differences.append(replace(difference, recording=None, script=None))
    return counts, differences


def _attempt(
    source: Source, subjects: Sequence[Subject], number: int
) -> tuple[Counts, Difference | None]:
    drawn = case(source)
    trial: Trial | None = None
    try:
        trial = Trial(drawn, source, subjects)
        trial.run()
    except Differs as found:
        counts = Counts()
        counts.cases.update(("cases", "cases that differ"))
        draws = tuple(source.drawn)
        return counts, Difference(
            number, found.machine, found.at, found.parting, draws, *_files(trial)
        )
    trial.counts.note(drawn.drive, fails=bool(drawn.config.failures))
    return trial.counts, None


def _files(trial: Trial | None) -> tuple[Recording | None, Script | None]:
    """The case as files of the corpus; none if it could not be begun, or the model raises on it."""
    if trial is not None:
        with suppress(Exception):
            return trial.recording(), trial.script()
    return None, None


def _shrunk(difference: Difference, builds: Sequence[Build]) -> Difference:
    """The smallest case found that still differs."""
    return shrunk(difference, subjects_of(builds))


def shrunk(difference: Difference, subjects: Sequence[Subject]) -> Difference:
    """The smallest case found in which the same machine still goes wrong in the same manner."""

    def still_differs(tried: Sequence[int]) -> bool:
        found = replay_case(tried, subjects, difference.case)
        return found is not None and _manner(found) == _manner(difference)

    draws = shrink(difference.draws, still_differs)
    return replay_case(draws, subjects, difference.case) or difference


def _manner(difference: Difference) -> tuple[str, bool]:
    return difference.machine, difference.parting.path == "raised"


def _difference_json(difference: Difference) -> dict[str, object]:
    return {
        "case": difference.case,
        "machine": difference.machine,
        "at": difference.at,
        "path": difference.parting.path,
        "expected": difference.parting.expected,
        "actual": difference.parting.actual,
        "draws": list(difference.draws),
    }


def _sorted(counter: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counter.items()))
