"""The lane of directed cases: small programs, each made for one row of the instruction table.

Generated cases reach some rows seldom. The programs are those of the conformance vectors, on all
machines in step: driven as the vector says, alone and beside as many sessions again; and by every
policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import Final

from antiphon.bytecode.table import HOST_WAIT, Row
from antiphon.conformance.vectors import Vector, shipped
from antiphon.effects.host import DefaultHost
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Advance, Choice, Pick, Wake
from antiphon.machine.interface import POLICIES
from antiphon.parity.comparison import Parting
from antiphon.parity.corpus import make_script
from antiphon.parity.counts import Counts
from antiphon.parity.ensemble import Differs, Ensemble
from antiphon.parity.lockstep import subjects_of
from antiphon.parity.script import Script
from antiphon.parity.subject import Build, Subject
from antiphon.replay.recording import answer_from_json
from antiphon.values.canonical import digest

AS_SAID: Final = "as said"
ALONE: Final = "as said, alone"
"""How a vector is driven, beside the policies."""
DRIVES: Final = (ALONE, AS_SAID, *POLICIES)
STEPS_MAX: Final = 60
"""So many steps of a policy, and again after those who wait for the host were woken."""
TIMES: Final = 2
"""How often a program is opened, unless there is a limit."""
TURNS: Final = 2
_CHOICES: Final[Mapping[str, Callable[[int], Choice]]] = {
    "pick": Pick,
    "wake": Wake,
    "advance": Advance,
}


@dataclass(frozen=True, slots=True)
class DirectedDifference:
    """A vector in which ``machine`` is not as expected; ``script`` is the case as a file of the
    corpus, unless the model raises on it.
    """

    vector: str
    drive: str
    machine: str
    at: str
    parting: Parting
    script: Script | None

    def __str__(self) -> str:
        return f"{self.vector} driven {self.drive}: {self.machine}, {self.at}: {self.parting.path}"


@dataclass(frozen=True, slots=True)
class DirectedReport:
    """What a run of the lane has shown."""

    counts: Counts
    differences: tuple[DirectedDifference, ...]

    @property
    def cases(self) -> int:
        """How many cases were run."""
        return self.counts.cases["cases"] + len(self.differences)

    @property
    def result(self) -> str:
        """The digest of all that was found."""
        rows = tuple((m, *sorted(found.items())) for m, found in self.counts.rows.items())
        return digest("antiphon.lane.1", ("directed", rows, tuple(map(str, self.differences))))


def run(builds: Sequence[Build], vectors: Sequence[Vector] | None = None) -> DirectedReport:
    """Run every program of ``vectors``, by default those that come with this version."""
    counts, differences, subjects = Counts(), list[DirectedDifference](), subjects_of(builds)
    for vector in shipped() if vectors is None else vectors:
        for drive in DRIVES:
            found, difference = _attempt(vector, drive, subjects)
            counts.add(found)
            differences += () if difference is None else (difference,)
    return DirectedReport(counts, tuple(differences))


def _attempt(
    vector: Vector, drive: str, subjects: Sequence[Subject]
) -> tuple[Counts, DirectedDifference | None]:
    names, counts = [subject.name for subject in subjects], Counts()
    turn = DRIVES.index(drive)
    ways = [(each, each.ways[turn % len(each.ways)]) for each in subjects if each.ways]
    ensemble = Ensemble(subjects, vector.config, partial(_host, vector), ways)
    try:
        for row in _driven(ensemble, vector, drive):
            counts.reach(names, row.id)
    except Differs as found:
        place = vector.id, drive, found.machine, found.at, found.parting
        return Counts(), DirectedDifference(*place, _script(ensemble, vector))
    counts.cases["cases"] += 1
    return counts, None


def _script(ensemble: Ensemble, vector: Vector) -> Script | None:
    """The case as a file of the corpus, unless the model raises on it."""
    with suppress(Exception):
        asked = ensemble.players[0].host.asked
        return make_script(vector.config, ensemble.acts, asked, unverified=True)
    return None


def _driven(ensemble: Ensemble, vector: Vector, drive: str) -> Iterator[Row]:
    """The rows that are reached."""
    config = vector.config
    is_limited = (config.max_sessions, config.max_coroutines) != (None, None)
    loads = [step.number for step in vector.steps if step.do == "load"]
    for number in loads * (1 if is_limited or drive == ALONE else TIMES):
        ensemble.load(vector.images[number or 0], unverified=True)
    if drive in POLICIES:
        yield from _driven_by(ensemble, drive)
        return
    for step in vector.steps:
        if step.do in _CHOICES:
            row = ensemble.choose(_CHOICES[step.do](step.number or 0))
            yield from () if row is None else (row,)


def _driven_by(ensemble: Ensemble, policy: str) -> Iterator[Row]:
    for _ in range(TURNS):
        yield from ensemble.stretch(policy, STEPS_MAX)
        for one in ensemble.last.snapshot.coroutines:
            if one.block is not None and one.block.code == HOST_WAIT:
                ensemble.choose(Wake(one.id))


def _host(vector: Vector) -> Host:
    """The answers of a vector in order, again and again; the plainest ones if it has none."""
    answers = [answer_from_json(step.host) for step in vector.steps if step.host is not None]
    if not answers:
        return DefaultHost()
    turns = cycle(answers)

    def answer(_: Ask) -> Answer:
        return next(turns)

    return answer
