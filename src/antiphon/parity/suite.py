"""The suite: every lane of parity, each with its share of the cases, in one report.

A lane that has looked at nothing is wrong, and so is a machine that should have been compared and
was not. What the lanes find is the same for every number of jobs, as long as the time is enough.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Final, TypeAlias

from antiphon.parity import suite_lanes as lanes
from antiphon.parity.corpus import Case
from antiphon.parity.lane import DRAWN, FIXED, PART, Kind, Lane, Look
from antiphon.parity.lockstep import Progress
from antiphon.parity.problem import Problem
from antiphon.parity.subject import Build
from antiphon.parity.suite_lanes import Draw
from antiphon.parity.surfaces.registry import Sight
from antiphon.parity.wave_lane import narrow_shape_of, wide_shape_of

LOCKSTEP: Final = "lockstep"
SHARES: Final[Mapping[str, int]] = {
    LOCKSTEP: 66,
    "waves.exact": 14,
    "waves.envelope": 10,
    "replay": 7,
    "profiles": 3,
}
"""Of 100 cases so many are of each lane that draws them."""
TIMES: Final[Mapping[str, int]] = {
    LOCKSTEP: 62,
    "waves.exact": 5,
    "waves.envelope": 18,
    "replay": 8,
    "profiles": 7,
}
"""Of 100 parts of the time for those cases so many are of each lane; the first is the measure of
the others where time is short.
"""
LEAST_IN_STEP: Final = 60
"""Of 100 cases that are drawn at least so many are of lockstep."""
Fixed: TypeAlias = tuple[str, Callable[[], Look]]


@dataclass(frozen=True, slots=True)
class Skip:
    """A machine that was not compared, and why; ``is_expected`` where that is in order."""

    lane: str
    needs: str
    is_expected: bool

    def to_json(self) -> dict[str, object]:
        """The skip as JSON."""
        return {"lane": self.lane, "needs": self.needs, "is_expected": self.is_expected}


@dataclass(frozen=True, slots=True)
class SuiteReport:
    """What became of the suite. ``seconds`` is how long it took, and no part of the result."""

    seed: int
    asked: int
    lanes: tuple[Lane, ...]
    skips: tuple[Skip, ...]
    seconds: float = field(default=0.0, compare=False)

    @property
    def cases(self) -> int:
        """How many cases were drawn from the seed."""
        return sum(each.look.cases for each in self.lanes if each.kind == DRAWN)

    @property
    def steps(self) -> int:
        """How many steps were compared, in all lanes."""
        return sum(each.look.steps for each in self.lanes if each.kind != PART)

    @property
    def differences(self) -> int:
        """How much differs."""
        return sum(len(each.look.differences) for each in self.lanes)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong: that of each lane, ``skipped``, and ``too-few-in-step``."""
        return (*chain.from_iterable(each.problems for each in self.lanes), *self._of_all())

    def _of_all(self) -> Iterator[Problem]:
        for skip in self.skips:
            if not skip.is_expected:
                yield Problem("skipped", skip.lane, f"it was not compared: it needs {skip.needs}")
        in_step = sum(each.look.cases for each in self.lanes if each.name == LOCKSTEP)
        if 100 * in_step < LEAST_IN_STEP * self.cases:
            words = f"{in_step} of {self.cases} cases, at least {LEAST_IN_STEP} of 100 wanted"
            yield Problem("too-few-in-step", LOCKSTEP, words)

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def kept(self) -> tuple[Case, ...]:
        """The differences as cases of the corpus."""
        return tuple(case for each in self.lanes for case in each.look.kept)

    def to_json(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "is_good": self.is_good,
            "seed": self.seed,
            "asked": self.asked,
            "cases": self.cases,
            "steps": self.steps,
            "differences": self.differences,
            "seconds": round(self.seconds, 3),
            "skips": [each.to_json() for each in self.skips],
            "lanes": [each.to_json() for each in self.lanes],
            "problems": [each.to_json() for each in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a suite: so many cases of a seed, in so many seconds at most.

    ``tell`` is called with the name of a lane and how far it is.
    """

    cases: int
    seed: int
    jobs: int
    builds: tuple[Build, ...]
    budget: float | None = None
    tell: Callable[[str, str], None] = lambda _name, _words: None


def run(wanted: Wanted, fixed: Iterable[Fixed], skips: Sequence[Skip] = ()) -> SuiteReport:
    """Run the lanes whose cases are always the same, then those that draw them."""
    began = time.monotonic()
    found: list[Lane] = []
    for name, look in fixed:
        wanted.tell(name, "")
        found.append(_timed(name, FIXED, look))
    over = None if wanted.budget is None else began + wanted.budget
    found += _drawn(wanted, over)
    seconds = time.monotonic() - began
    return SuiteReport(wanted.seed, wanted.cases, tuple(found), tuple(skips), seconds)


def _timed(name: str, kind: Kind, look: Callable[[], Look]) -> Lane:
    began = time.monotonic()
    return Lane(name, kind, look(), time.monotonic() - began)


def _drawn(wanted: Wanted, over: float | None) -> Iterator[Lane]:
    """Lockstep and its parts, then the others, with as many cases as go with those of lockstep."""
    began = time.monotonic()
    left = dict(TIMES)
    draw = partial(_draw, wanted, over, left)
    look, report = lanes.look_in_step(draw(LOCKSTEP, shares(wanted.cases)[LOCKSTEP]))
    seconds = time.monotonic() - began
    yield Lane(LOCKSTEP, DRAWN, look, seconds)
    yield from (Lane(name, PART, part, seconds) for name, part in lanes.parts_of(report))
    whole = shares(wanted.cases)
    rest = shares(wanted.cases * look.cases // max(whole[LOCKSTEP], 1))
    for name, looks in (
        ("waves.exact", partial(lanes.look_in_waves, shapes=narrow_shape_of)),
        ("waves.envelope", partial(lanes.look_in_waves, shapes=wide_shape_of)),
        ("replay", lanes.look_at_replays),
        ("profiles", lanes.look_at_profiles),
    ):
        del left[next(iter(left))]
        yield _timed(name, DRAWN, partial(looks, draw(name, rest[name])))


def shares(cases: int) -> dict[str, int]:
    """How many of so many cases are of each lane: one at least, and lockstep has what is left."""
    others = {name: max(1, cases * share // 100) for name, share in SHARES.items()}
    del others[LOCKSTEP]
    return {LOCKSTEP: max(1, cases - sum(others.values())), **others}


def _draw(
    wanted: Wanted, over: float | None, left: Mapping[str, int], name: str, cases: int
) -> Draw:
    """What a lane is told; of the time that is left it has its part."""
    now = time.monotonic()
    end = None if over is None else now + (over - now) * left[name] / sum(left.values())
    return Draw(
        cases,
        wanted.seed,
        wanted.jobs,
        wanted.builds,
        _progress(wanted, name),
        lambda: end is not None and time.monotonic() >= end,
    )


def _progress(wanted: Wanted, name: str) -> Progress:
    def progress(done: int, every: int, found: int) -> None:
        wanted.tell(name, f"{done} of {every}, {found} differ")

    return progress


def fixed_lanes(
    sight: Sight,
    corpus: Mapping[str, Case],
    recordings: Mapping[str, bytes],
    wanted: Wanted,
    covers: Mapping[str, str],
) -> tuple[Fixed, ...]:
    """The lanes whose cases are always the same, but those that need a source tree."""

    def tell(done: int, every: int, name: str) -> None:
        wanted.tell("claims", f"{done} of {every}, {name}")

    return (
        ("shapes", partial(lanes.look_at_shapes, sight, covers)),
        ("gates", partial(lanes.look_at_gates, sight)),
        ("policies", lanes.look_at_policies),
        ("directed", partial(lanes.look_at_directed, wanted.builds)),
        ("corpus", partial(lanes.look_at_corpus, corpus, wanted.builds)),
        ("recordings", partial(lanes.look_at_recordings, recordings)),
        ("claims", partial(lanes.look_at_claims, "quick", tell)),
    )
