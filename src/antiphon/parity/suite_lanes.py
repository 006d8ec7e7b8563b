"""The lanes of the suite: each runs what its own command runs, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from antiphon.bytecode.table import INSTRUCTIONS, ROWS
from antiphon.errors import Refusal
from antiphon.machine.interface import POLICIES
from antiphon.parity import (
    directed_lane,
    lockstep,
    profile_lane,
    recorded_lane,
    table_lane,
    wave_lane,
)
from antiphon.parity.claims import registry
from antiphon.parity.claims.claim import NOT_RUN, Profile
from antiphon.parity.corpus import Case, play
from antiphon.parity.counts import FAILING, Counts
from antiphon.parity.ensemble import Differs
from antiphon.parity.evidence import FORKING
from antiphon.parity.generate import CROWD_EVERY
from antiphon.parity.lane import Look
from antiphon.parity.lockstep import IsOver, LockstepReport, Progress
from antiphon.parity.problem import Problem
from antiphon.parity.subject import MODEL, Build, engine
from antiphon.parity.surfaces.registry import Sight, compare
from antiphon.parity.wave_trial import Shape
from antiphon.replay.stored import decode_stored
from antiphon.values.canonical import Plain, digest

FAMILIES: Final = tuple(dict.fromkeys(each.family for each in INSTRUCTIONS.values()))
CUTS: Final = 5
"""One of so many runs that are recorded is cut off too."""
RUNS_ENOUGH: Final = 500
"""From so many runs on, there must be some of every kind."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What a lane is told that draws its cases: how many, of which seed, by how many processes.

    ``is_over`` says when it must stop before it has had them all.
    """

    cases: int
    seed: int
    jobs: int
    builds: tuple[Build, ...]
    progress: Progress
    is_over: IsOver


# Lanes that draw their cases ----------------------------------------------------------------------


def look_in_step(draw: Draw) -> tuple[Look, LockstepReport]:
    """Model and engine, compared after every step."""
    report = lockstep.run(
        draw.cases, draw.seed, draw.jobs, draw.builds, draw.progress, is_over=draw.is_over
    )
    counts, first = report.counts, report.first
    differences = tuple(f"case {number}" for number in report.differing)
    kept: tuple[Case, ...] = ()
    if first is not None:
        where = f"case {first.case}: {first.machine}, {first.at}: {first.parting.path}"
        differences = (where, *differences[1:])
        kept = tuple(each for each in (first.recording, first.script) if each is not None)
    look = Look(
        counts.cases["cases"], counts.steps, report.result, differences, counts.missed(), kept
    )
    return look, report


def parts_of(report: LockstepReport) -> Iterator[tuple[str, Look]]:
    """What lockstep has looked at, by family of instructions, policy, failure and fork."""
    counts = report.counts
    families = {row.id: INSTRUCTIONS[row.instruction].family for row in ROWS}
    for family in FAMILIES:
        rows = [
            (machine, sorted((row, n) for row, n in found.items() if families[row] == family))
            for machine, found in counts.rows.items()
        ]
        yield _part(f"lockstep.{family}", counts, (f"with {family}",), rows)
    driven = {policy: counts.cases[f"driven {policy}"] for policy in POLICIES}
    among = tuple(f"driven {policy}" for policy in driven)
    yield _part("schedulers", counts, among, driven, driven)
    yield _part("failure-envelope", counts, (FAILING,), sorted(counts.faults.items()))
    forked = {
        row.id: min((rows[row.id] for rows in counts.rows.values()), default=0)
        for row in ROWS
        if row.instruction in FORKING and row.outcome.code == "ok"
    }
    yield _part("speculation", counts, ("with speculation",), forked, forked)


def _part(
    name: str,
    counts: Counts,
    among: tuple[str, ...],
    found: object,
    wanted: Mapping[str, int] = MappingProxyType({}),
) -> tuple[str, Look]:
    """The cases and steps that are counted under some names; none of ``wanted`` may be 0."""
    cases, steps = (sum(of[each] for each in among) for of in (counts.cases, counts.steps_of))
    missed = tuple(f"{each}: none" for each, number in wanted.items() if not number)
    return name, Look(cases, steps, _digest(name, repr(found)), (), missed)


def look_in_waves(draw: Draw, shapes: Callable[[int], Shape]) -> Look:
    """Waves of one shape, or of several picks."""
    report = wave_lane.run(
        _without_crowds(draw.cases),
        draw.seed,
        draw.jobs,
        draw.progress,
        shapes,
        draw.is_over,
    )
    first = report.first
    differences = tuple(f"case {number}" for number in report.differing)
    kept: tuple[Case, ...] = ()
    if first is not None:
        first, kept = wave_lane.shrunk(first)
        where = f"case {first.case}, {first.shape}: {first.machine}, {first.at}"
        differences = (f"{where}: {first.parting.path}", *differences[1:])
    counts = report.found.counts
    return Look(
        counts["cases"] + len(differences),
        counts["steps"],
        report.result,
        differences,
        report.missed(),
        kept,
    )


def _without_crowds(cases: int) -> int:
    """How many numbers there are to run for so many cases: crowds are not run in waves."""
    return cases + max(cases - 1, 0) // (CROWD_EVERY - 1)


def look_at_profiles(draw: Draw) -> Look:
    """The courses of cases, compared by every determinism profile."""
    try:
        report = profile_lane.run(draw.cases, draw.seed, draw.builds, draw.progress, draw.is_over)
    except (Differs, Refusal) as error:
        return Look(1, 0, _digest("profiles", str(error)), (str(error),))
    few = tuple(f"{mode.value}: none" for mode, alike in report.alike.items() if not alike)
    return Look(report.cases, report.steps, report.result, (), few)


def look_at_replays(draw: Draw) -> Look:
    """Runs that are recorded, and had again on both machines, whole and cut off."""
    report = recorded_lane.run(
        draw.cases,
        max(1, draw.cases // CUTS),
        draw.seed,
        draw.jobs,
        draw.progress,
        draw.is_over,
    )
    differences = tuple(f"run {number}: {what}" for number, what in report.wrong)
    kept: tuple[Case, ...] = ()
    if report.wrong:
        kept = (recorded_lane.shrunk(report.wrong[0][0], draw.seed),)
    few = tuple(f"{kind}: none" for kind in report.missing) if report.runs >= RUNS_ENOUGH else ()
    result = _digest("replay", repr(sorted(report.to_json().items())))
    return Look(report.runs, report.kinds["steps"], result, differences, few, kept)


# Lanes whose cases are always the same ------------------------------------------------------------


def look_at_shapes(sight: Sight, covers: Mapping[str, str]) -> Look:
    """Every shape that can be seen in a replay; what the ledger covers is no difference."""
    found = compare(sight)
    seen = (*(each for one in found for each in (*one.fingerprints, *one.problems)),)
    result = _digest("shapes", repr([each.to_json() for each in found]))
    return Look(len(found), 0, result, tuple(each for each in seen if each not in covers))


def look_at_gates(sight: Sight) -> Look:
    """Every small question to the gates."""
    report = sight.gates
    result = _digest("gates", repr(sorted(report.asked.items())))
    return Look(sum(report.asked.values()), 0, result, report.differing)


def look_at_policies() -> Look:
    """Every small question to flow policies and output conditions."""
    report = table_lane.run()
    result = _digest("policies", repr(sorted(report.asked.items())))
    return Look(report.asked.total(), 0, result, report.differing)


def look_at_directed(builds: Sequence[Build]) -> Look:
    """Small programs for each row of the instruction table."""
    report = directed_lane.run(builds)
    kept = tuple(each.script for each in report.differences if each.script is not None)
    found = tuple(map(str, report.differences))
    return Look(report.cases, report.counts.steps, report.result, found, (), kept[:1])


def look_at_corpus(cases: Mapping[str, Case], builds: Sequence[Build]) -> Look:
    """Everything that was ever kept, on all machines."""
    steps, differences, subjects = 0, list[str](), (MODEL, *map(engine, builds))
    for name, case in cases.items():
        try:
            steps += play(case, subjects).total()
        except Differs as found:
            differences.append(f"{name}: {found}")
    result = _digest("corpus", *sorted(cases), *differences)
    return Look(len(cases), steps, result, tuple(differences))


def look_at_recordings(files: Mapping[str, bytes]) -> Look:
    """Recordings of every version of the format, had again on both machines."""
    steps, differences = 0, list[str]()
    for name, data in files.items():
        stored = decode_stored(data)
        steps += stored.recording.steps
        is_whole = stored.is_whole
        wrong = recorded_lane.amiss_with(stored, is_whole=is_whole)
        differences += (f"{name}: {each}" for each in wrong)
    result = _digest("recordings", *sorted(files), *differences)
    return Look(len(files), steps, result, tuple(differences))


def look_at_claims(profile: Profile, progress: Callable[[int, int, str], None]) -> Look:
    """Every claim that is run, each in its scope."""
    report = registry.run(profile, progress=progress)
    wrong = tuple(f"{each.claim.id}: {each.verdict}" for each in report.results if not each.is_good)
    result = _digest("claims", repr([each.to_json() for each in report.results]))
    looked = sum(each.verdict != NOT_RUN for each in report.results)
    return Look(looked, 0, result, wrong)


def look_at_problems(name: str, cases: int, problems: Iterable[Problem]) -> Look:
    """What is wrong with so many rows of the matrix, or entries of the ledger."""
    words = tuple(map(str, problems))
    return Look(cases, 0, _digest(name, str(cases), *words), words)


def _digest(name: str, *found: Plain) -> str:
    return digest("antiphon.lane.1", (name, *found))
