"""The lane of recordings: what the engine did and wrote down, had again, whole and cut off.

A run depends on the seed and on its number only, so the result is the same for any number of jobs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

from antiphon.errors import AntiphonError, Refusal
from antiphon.machine.ask import Chosen, Pending, Refused
from antiphon.machine.contracts import unadmitted
from antiphon.parity.lockstep import IsOver, Progress
from antiphon.parity.recorded import MACHINES, STEPS_MAX, difference_of, recorded_run
from antiphon.parity.source import Source
from antiphon.replay.recording import PICKS, Load, Recording
from antiphon.replay.stored import Stored, decode_stored

STRETCH: Final = 50
"""How many runs a job takes at a time."""
SEVERAL: Final = 3
"""So many sessions are a crowd."""
KINDS: Final = (
    "effects",
    "decisions",
    "refusals",
    "late answers",
    "failures",
    "crowds",
    "sessions on the way",
    "free picks",
    "cut to something",
    "cut to nothing",
)
"""Of each there must be some, or the lane has not looked."""
Stretch: TypeAlias = tuple[int, int, int, int]
"""Seed, first run, the run after the last, how many of all are cut off too."""


@dataclass(frozen=True, slots=True)
class RecordedReport:
    """How many recordings there were of each kind, and those that were not had again as they were:
    the number of the run, and what is wrong.
    """

    seed: int
    runs: int
    cuts: int
    kinds: Counter[str]
    wrong: tuple[tuple[int, str], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of which there were none."""
        wanted = KINDS if self.cuts else KINDS[:-2]
        return tuple(kind for kind in wanted if not self.kinds[kind])

    @property
    def is_good(self) -> bool:
        """Whether all were had again, and all that should be looked at was."""
        return not self.wrong and not self.missing

    def to_json(self) -> dict[str, object]:
        """The report as JSON; the same for every number of jobs."""
        return {
            "seed": self.seed,
            "runs": self.runs,
            "cuts": self.cuts,
            "admission": unadmitted().stamp,
            "kinds": {kind: self.kinds[kind] for kind in KINDS},
            "steps": self.kinds["steps"],
            "missing": list(self.missing),
            "wrong": [{"run": number, "what": what} for number, what in self.wrong],
        }


def run(
    runs: int,
    cuts: int,
    seed: int,
    jobs: int = 1,
    progress: Progress | None = None,
    is_over: IsOver | None = None,
) -> RecordedReport:
    """Have the first ``runs`` runs of ``seed``, and again; ``cuts`` of them cut off too.

    Those that were not begun when it ``is_over`` are left out.
    """
    stretches = [(seed, at, min(at + STRETCH, runs), cuts) for at in range(0, runs, STRETCH)]
    kinds: Counter[str] = Counter()
    wrong: list[tuple[int, str]] = []
    done = 0
    with closing(_results(stretches, min(jobs, len(stretches)))) as results:
        for (_, at, until, _), (found, amiss) in zip(stretches, results, strict=True):
            kinds.update(found)
            wrong += amiss
            done += until - at
            if progress is not None:
                progress(done, runs, len(wrong))
            if is_over is not None and is_over():
                break
    return RecordedReport(seed, done, min(done, cuts), kinds, tuple(wrong))


def _results(stretches: list[Stretch], jobs: int) -> Generator[_Found, None, None]:
    if jobs <= 1:
        yield from map(run_stretch, stretches)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(run_stretch, stretches)


_Wrong: TypeAlias = list[tuple[int, str]]
_Found: TypeAlias = tuple[Counter[str], _Wrong]


def run_stretch(stretch: Stretch) -> _Found:
    """The kinds of a stretch of runs, and what is wrong with some."""
    seed, start, end, cuts = stretch
    kinds: Counter[str] = Counter()
    wrong: _Wrong = []
    for number in range(start, end):
        data = recorded_run(number, seed)
        stored = decode_stored(data)
        kinds.update(kinds_of(stored))
        kinds["steps"] += stored.recording.steps
        amiss = list(amiss_with(stored, is_whole=True))
        if number < cuts:
            left, found = cut(data, _somewhere(data, seed, number))
            kinds["cut to something" if left else "cut to nothing"] += 1
            amiss += found
        wrong += ((number, what) for what in amiss)
    return kinds, wrong


def kinds_of(stored: Stored) -> Iterator[str]:
    """The kinds that a recording is of."""
    recording = stored.recording
    setup, answers = recording.setup, tuple(chain.from_iterable(recording.answers.values()))
    loads = [event for _, event in recording.between if isinstance(event, Load)]
    if any(not isinstance(each, Chosen | Refused | Pending) for each in answers):
        yield "effects"
    for kind, name in ((Chosen, "decisions"), (Refused, "refusals"), (Pending, "late answers")):
        if any(isinstance(each, kind) for each in answers):
            yield name
    if setup.config.failures:
        yield "failures"
    if sum(setup.sessions) + sum(load.count for load in loads) >= SEVERAL:
        yield "crowds"
    if loads:
        yield "sessions on the way"
    if setup.policy == PICKS:
        yield "free picks"


def amiss_with(stored: Stored, *, is_whole: bool) -> Iterator[str]:
    """What is wrong with a recording that is had again, on the model and on the engine."""
    if stored.is_whole is not is_whole:
        yield "the end is there" if stored.is_whole else "the end is missing"
    for name, make in zip(("model", "engine"), MACHINES, strict=True):
        try:
            found = difference_of(stored, make)
        except AntiphonError as error:
            yield f"{name}: {error}"
            continue
        if found is not None:
            yield f"{name}: {found.what} is {found.found}, and was {found.expected}"


def shrunk(number: int, seed: int) -> Recording:
    """A run that was not had again, of the fewest steps with which it is not; whole if cutting it
    off is what goes wrong.
    """
    for steps in range(1, STEPS_MAX):
        stored = decode_stored(recorded_run(number, seed, steps_max=steps))
        if any(amiss_with(stored, is_whole=True)):
            return stored.recording
    return decode_stored(recorded_run(number, seed)).recording


def _somewhere(data: bytes, seed: int, number: int) -> int:
    """A place in a file; for one of ten anywhere, else after its first line, which is long."""
    source = Source((), key=f"cut.{seed}.{number}")
    first = 0 if number % 10 == 0 else data.index(b"\n") + 1
    return first + source.below(len(data) - first)


def cut(data: bytes, size: int) -> tuple[int, list[str]]:
    """What is left of a file that was cut off: how many steps, and what is wrong with them.

    Its last mark says how many there must be. Nothing is left of a first line.
    """
    left = data[:size]
    try:
        stored = decode_stored(left)
    except Refusal as error:
        is_first = b"\n" not in left and error.code in ("truncated-recording", "not-json")
        return 0, [] if is_first else [str(error)]
    lines = left.split(b"\n")[1:-1]
    marks = [line for line in lines if line.startswith(b'["mark",')]
    due = int(marks[-1].split(b",")[1]) if marks else 0
    amiss = list(amiss_with(stored, is_whole=False))
    if stored.recording.steps != due:
        amiss.append(f"{stored.recording.steps} steps are left, and the last mark is at {due}")
    return stored.recording.steps, amiss
