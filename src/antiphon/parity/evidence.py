"""Evidence made by running the lanes: nothing is written that was not seen now.

A claim is left out if its lane has not looked at enough of it; a difference leaves out everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from antiphon.bytecode.table import ROWS
from antiphon.errors import Refusal
from antiphon.machine.contracts import Evidence, evidence
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.interface import POLICIES
from antiphon.parity import profile_lane, wave_lane
from antiphon.parity.lockstep import LockstepReport, Progress, run
from antiphon.parity.profile_lane import ProfileReport
from antiphon.parity.subject import BUILDS, Build
from antiphon.parity.wave_lane import WaveReport

CASES: Final = 600
SEED: Final = 1
SHARE_OF_PROFILES: Final = 6
"""One of so many cases is run once more for the profiles."""
CASES_LEAST: Final = 5
"""So many cases of a kind must have been looked at."""
FORKING: Final = ("fork", "join", "abort")


@dataclass(frozen=True, slots=True)
class Looked:
    """What the lanes of generated cases have shown; ``profiled`` cases were run for profiles, as
    many in waves.
    """

    lockstep: LockstepReport
    profiles: ProfileReport
    profiled: int
    waves: WaveReport


def look(
    cases: int = CASES,
    jobs: int = 1,
    builds: Sequence[Build] = BUILDS,
    progress: Progress | None = None,
) -> Looked:
    """Run the lanes. Raises ``Refusal`` (``no-evidence``) if there is a difference."""
    report = run(cases, SEED, jobs, builds, progress)
    if report.differing:
        raise Refusal("no-evidence", f"the machines differ in case {report.differing[0]}")
    profiled = cases // SHARE_OF_PROFILES
    waves = wave_lane.run(profiled, SEED, shapes=wave_lane.wide_shape_of)
    if waves.differing:
        raise Refusal("no-evidence", f"waves differ in case {waves.differing[0]}")
    return Looked(report, profile_lane.run(profiled, SEED, builds), profiled, waves)


def evidence_of(
    sources: str,
    cases: int = CASES,
    jobs: int = 1,
    builds: Sequence[Build] = BUILDS,
    progress: Progress | None = None,
) -> tuple[Evidence, ...]:
    """What the lanes show of the sources with this digest. Raises as ``look``."""
    return evidence_from(sources, look(cases, jobs, builds, progress))


def evidence_from(sources: str, looked: Looked) -> tuple[Evidence, ...]:
    """What the lanes have shown of the sources with this digest."""
    found = (*_of_lockstep(sources, looked.lockstep), *_of_profiles(sources, looked))
    return (*found, *_of_waves(sources, looked))


def _of_lockstep(sources: str, report: LockstepReport) -> Iterator[Evidence]:
    counts, result = report.counts, report.result
    of_all = (("cases", counts.cases["cases"]), ("steps", counts.steps), ("differences", 0))
    for claim, found in _found(report):
        if min((number for _, number in found), default=0) >= CASES_LEAST:
            yield evidence(claim, "lockstep", sources, (*found, *of_all), result)


def _of_profiles(sources: str, looked: Looked) -> Iterator[Evidence]:
    """The profile Full is what lockstep compares; the others are compared here."""
    report, cases = looked.profiles, looked.profiled
    counted = [
        (f"profiles.{mode.value.replace('_', '-')}", (("alike", report.alike[mode]),))
        for mode in DeterminismMode
        if mode is not DeterminismMode.Full
    ]
    for claim, counts in (*counted, ("profiles.mixed", (("pairs judged alike", report.pairs),))):
        if counts[0][1] >= CASES_LEAST:
            yield evidence(claim, "profiles", sources, (*counts, ("cases", cases)), report.result)


def _of_waves(sources: str, looked: Looked) -> Iterator[Evidence]:
    """Waves of several picks, and those with several picks in one session."""
    report = looked.waves
    counted = (
        ("waves.envelope", "waves of several", report.wide),
        ("waves.widening", "waves within one session", report.found.counts["within one session"]),
    )
    audits = ("certificates audited", report.found.counts["audits"])
    for claim, name, number in counted:
        if number >= CASES_LEAST:
            counts = ((name, number), audits, ("cases", looked.profiled))
            yield evidence(claim, "waves", sources, counts, report.result)


def _found(report: LockstepReport) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """The claims, and how often the lane has looked at each."""
    counts = report.counts
    for policy in POLICIES[1:]:
        yield f"lockstep.{policy}", (("driven", counts.cases[f"driven {policy}"]),)
    yield "lockstep.speculation", _forks(report)
    yield "profiles.full", (("digests equal", counts.checks["digests equal"]),)


def _forks(report: LockstepReport) -> tuple[tuple[str, int], ...]:
    """How often each of the instructions of speculation has done its work, on every machine."""
    done = [row.id for row in ROWS if row.outcome.code == "ok" and row.instruction in FORKING]
    machines = report.counts.rows.values()
    return tuple((row, min((rows[row] for rows in machines), default=0)) for row in done)
