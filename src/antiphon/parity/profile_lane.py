"""The lane of the determinism profiles: the courses of generated cases, on every machine.

Of each case the engine's course must be like the model's by every profile, as a relation and as a
normal form; and of any two courses of different cases both must say the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask, Position
from antiphon.machine.course import Course
from antiphon.machine.determinism import DeterminismMode
from antiphon.model import determinism as relations
from antiphon.parity.generate import case, first_draws
from antiphon.parity.lockstep import IsOver, Progress, subjects_of
from antiphon.parity.source import Source
from antiphon.parity.subject import Build
from antiphon.parity.trial import Trial
from antiphon.replay import profiles
from antiphon.values.canonical import digest


@dataclass(frozen=True, slots=True)
class ProfileReport:
    """How many cases and steps were run; how often each profile was seen to hold, how many pairs of
    courses were judged alike both ways, and the digest of all forms.
    """

    cases: int
    steps: int
    alike: Counter[DeterminismMode]
    pairs: int
    result: str


def run(
    cases: int,
    seed: int,
    builds: Sequence[Build],
    progress: Progress | None = None,
    is_over: IsOver | None = None,
) -> ProfileReport:
    """Run the first ``cases`` cases of ``seed``; those that were not begun when it ``is_over`` are
    left out.

    Raises ``Refusal`` (``no-evidence``) where a course is not as it should be, and
    ``Differs`` where the machines are not.
    """
    alike: Counter[DeterminismMode] = Counter()
    last: Course | None = None
    digests: list[str] = []
    pairs = done = steps = 0
    for number in range(cases):
        taken, (model, *engines) = _courses(number, seed, builds)
        for mode in DeterminismMode:
            for engine in engines:
                _require(judged(mode, model, engine) is True, mode, number)
                alike[mode] += 1
            if last is not None:
                _require(judged(mode, last, model) is not None, mode, number)
                pairs += 1
            digests.append(profiles.profile_digest(mode, model))
        last = model
        done, steps = done + 1, steps + taken
        if progress is not None:
            progress(done, cases, 0)
        if is_over is not None and is_over():
            break
    result = digest("antiphon.lane.1", ("profiles", *digests))
    return ProfileReport(done, steps, alike, pairs, result)


def judged(mode: DeterminismMode, one: Course, two: Course) -> bool | None:
    """Whether two courses are alike; None if the relation and the normal form do not agree."""
    related = relations.replay_consistent(mode, one, two)
    return related if related is profiles.replay_consistent(mode, one, two) else None


def _require(holds: object, mode: DeterminismMode, number: int) -> None:
    if not holds:
        raise Refusal("no-evidence", f"the profile {mode.value} does not hold in case {number}")


def _courses(number: int, seed: int, builds: Sequence[Build]) -> tuple[int, list[Course]]:
    """The steps of a case, and its course on the model and on each build."""
    source = Source(first_draws(number), key=f"{seed}.{number}")
    trial = Trial(case(source), source, subjects_of(builds))
    trial.run()
    courses = [
        Course(tuple(player.machine.events()), by_position(player.host.asked))
        for player in trial.ensemble.players
    ]
    return trial.counts.steps, courses


def by_position(asked: Iterable[tuple[Ask, Answer]]) -> dict[Position, tuple[Answer, ...]]:
    """What was answered, by position."""
    found: dict[Position, list[Answer]] = defaultdict(list)
    for ask, answer in asked:
        found[ask.position].append(answer)
    return {position: tuple(given) for position, given in found.items()}
