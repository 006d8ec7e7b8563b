"""Seeded faults: machines broken on purpose, each of which lockstep must catch.

A mutant is one exact replacement in one file of the model or of the engine. The broken machine is
held against the healthy other one over the corpus; the first recording that tells them apart, or
on which the broken one raises, kills it. A broken law is first held against states and steps that
it must name. One that names a claim or a trial is a copy of what that is about, which must fail.
Every loop over a recording is bounded by its steps, so that a machine that does not stop by itself
differs too; but a single step is waited for, so a fault must not tie a list of the kernel into a
ring.

Source: DeMillo, Lipton and Sayward, Hints on Test Data Selection, IEEE Computer 1978.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import Final

from antiphon.errors import Refusal
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.interface import Machine
from antiphon.parity import composition_lane
from antiphon.parity.bites.registry import missed as misses
from antiphon.parity.claims.broken import broken
from antiphon.parity.complaints import LAW_FILES, missed
from antiphon.parity.corpus import Case, play, play_alone
from antiphon.parity.cramped import cramp
from antiphon.parity.ensemble import Differs
from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_chains import CHAIN_MUTANTS
from antiphon.parity.mutants_claims import CLAIM_MUTANTS
from antiphon.parity.mutants_composition import COMPOSITION_MUTANTS
from antiphon.parity.mutants_conformance import CONFORMANCE_MUTANTS
from antiphon.parity.mutants_delegation import ENGINE_DELEGATION_MUTANTS
from antiphon.parity.mutants_engine import ENGINE_MUTANTS
from antiphon.parity.mutants_envelope import ENVELOPE_MUTANTS
from antiphon.parity.mutants_failure import FAILURE_MUTANTS
from antiphon.parity.mutants_fork import FORK_MUTANTS
from antiphon.parity.mutants_gates import (
    ADMISSION_MUTANTS,
    ENGINE_GATE_MUTANTS,
    EVIDENCE_MUTANTS,
    MODEL_GATE_MUTANTS,
)
from antiphon.parity.mutants_governance import GOVERNANCE_MUTANTS
from antiphon.parity.mutants_guards import GUARD_MUTANTS
from antiphon.parity.mutants_kernel import KERNEL_MUTANTS
from antiphon.parity.mutants_kin import KIN_MUTANTS
from antiphon.parity.mutants_knowledge import KNOWLEDGE_MUTANTS
from antiphon.parity.mutants_laws import LAW_MUTANTS
from antiphon.parity.mutants_link import LINK_MUTANTS
from antiphon.parity.mutants_load import load_patched, source_of
from antiphon.parity.mutants_model import MODEL_MUTANTS
from antiphon.parity.mutants_order import ORDER_MUTANTS
from antiphon.parity.mutants_ownership import OWNERSHIP_MUTANTS
from antiphon.parity.mutants_precedence import PRECEDENCE_MUTANTS
from antiphon.parity.mutants_replay import FORM_MUTANTS, REPLAY_MUTANTS
from antiphon.parity.mutants_schedule import SCHEDULE_MUTANTS
from antiphon.parity.mutants_session import SESSION_MUTANTS
from antiphon.parity.mutants_speculation import SPECULATION_MUTANTS
from antiphon.parity.mutants_strict import STRICT_MUTANTS, UNSEEN_MUTANTS
from antiphon.parity.mutants_threads import THREAD_MUTANTS
from antiphon.parity.mutants_undo import UNDO_MUTANTS
from antiphon.parity.mutants_watch import WATCH_MUTANTS
from antiphon.parity.mutants_waves import WAVE_MUTANTS
from antiphon.parity.subject import MODEL, Subject, engine, engine_of
from antiphon.parity.tried import tried
from antiphon.replay.recording import Recording

MUTANTS: Final = (
    *MODEL_MUTANTS,
    *ENGINE_MUTANTS,
    *KERNEL_MUTANTS,
    *ORDER_MUTANTS,
    *SCHEDULE_MUTANTS,
    *FAILURE_MUTANTS,
    *OWNERSHIP_MUTANTS,
    *KIN_MUTANTS,
    *LINK_MUTANTS,
    *SESSION_MUTANTS,
    *ENGINE_DELEGATION_MUTANTS,
    *GUARD_MUTANTS,
    *KNOWLEDGE_MUTANTS,
    *LAW_MUTANTS,
    *STRICT_MUTANTS,
    *UNSEEN_MUTANTS,
    *CLAIM_MUTANTS,
    *COMPOSITION_MUTANTS,
    *CONFORMANCE_MUTANTS,
    *ENVELOPE_MUTANTS,
    *SPECULATION_MUTANTS,
    *FORK_MUTANTS,
    *UNDO_MUTANTS,
    *GOVERNANCE_MUTANTS,
    *MODEL_GATE_MUTANTS,
    *ENGINE_GATE_MUTANTS,
    *ADMISSION_MUTANTS,
    *EVIDENCE_MUTANTS,
    *FORM_MUTANTS,
    *REPLAY_MUTANTS,
    *WAVE_MUTANTS,
    *PRECEDENCE_MUTANTS,
    *CHAIN_MUTANTS,
    *WATCH_MUTANTS,
    *THREAD_MUTANTS,
)

BITES: Final = "governance"
"""The killer of a mutant of what parity is governed by."""
LAWS: Final = "laws"
"""The killer of a mutant that no case had to kill: the laws were asked about what breaks one."""

COMPOSITION: Final = "composition"
"""The killer of a fault of composition: ``at`` names the trial that comes to something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: ``killed``, ``survived``, or ``broken`` if it could not be made.

    ``killer`` names the recording, ``how`` is ``difference`` or ``exception``, ``at`` says where;
    a law that says too little is killed by ``laws``, at the state or step that it let pass, and a
    mutant that names a claim by that, ``how`` it fails; a trial says only ``at`` what it does.
    """

    mutant: Mutant
    fate: str
    killer: str = ""
    how: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class MutantReport:
    """What became of every mutant."""

    verdicts: tuple[Verdict, ...]

    @property
    def survivors(self) -> tuple[str, ...]:
        """The mutants that nothing caught, those that could not be made included."""
        return tuple(v.mutant.id for v in self.verdicts if v.fate != "killed")

    @property
    def killers(self) -> dict[str, str]:
        """The case that killed each mutant which a case has killed."""
        others = ("", LAWS, BITES, COMPOSITION)
        by_case = (v for v in self.verdicts if v.killer not in (*others, v.mutant.claim))
        return {v.mutant.id: v.killer for v in by_case}

    @property
    def is_good(self) -> bool:
        """Whether every mutant was killed."""
        return not self.survivors

    def to_json(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "mutants": len(self.verdicts),
            "killed": len(self.verdicts) - len(self.survivors),
            "survivors": list(self.survivors),
            "verdicts": [
                {
                    "id": verdict.mutant.id,
                    "breaks": verdict.mutant.breaks,
                    "lane": verdict.mutant.lane,
                    "file": verdict.mutant.file,
                    "fate": verdict.fate,
                    "killer": verdict.killer,
                    "how": verdict.how,
                    "at": verdict.at,
                }
                for verdict in self.verdicts
            ],
        }


def run(
    cases: Mapping[str, Case],
    mutants: Sequence[Mutant] = MUTANTS,
    progress: Callable[[int, int, int], None] | None = None,
    killers: Mapping[str, str] = MappingProxyType({}),
) -> MutantReport:
    """Try every mutant on the corpus, in order, until one kills it; first on the case that
    ``killers`` names for it.

    ``progress`` is called with the mutants done, all mutants, and the survivors so far. Raises
    ``Refusal`` if there are no cases, or if the healthy machines part on one.
    """
    _require_healthy(cases)
    verdicts: list[Verdict] = []
    for mutant in mutants:
        verdicts.append(judge(mutant, cases, killers.get(mutant.id, "")))
        if progress is not None:
            report = MutantReport(tuple(verdicts))
            progress(len(verdicts), len(mutants), len(report.survivors))
    return MutantReport(tuple(verdicts))


def judge(mutant: Mutant, cases: Mapping[str, Case], first: str = "") -> Verdict:
    """What becomes of one mutant, which is tried on the case named ``first`` before all others."""
    is_machine = mutant.lane == "lockstep"
    try:
        patches = _patches(mutant)
        faulty = subject_of(mutant) if is_machine else None
    except Refusal as error:
        return Verdict(mutant, "broken", at=str(error))
    if mutant.trial:
        how, wrong = tried(mutant.trial, patches)
        return Verdict(mutant, "killed" if how else "survived", "", how, wrong)
    if mutant.lane == BITES:
        silent = misses(patches)
        return Verdict(mutant, "killed" if silent else "survived", BITES, "difference", silent)
    if mutant.lane == COMPOSITION:
        trial = composition_lane.missed(patches)
        fate = "killed" if trial else "survived"
        return Verdict(mutant, fate, COMPOSITION, "difference", trial)
    if faulty is None:
        result = broken(mutant.claim, patches)
        if result.is_good:
            return Verdict(mutant, "survived")
        found = result.finding.counterexample if result.finding else ""
        return Verdict(mutant, "killed", mutant.claim, result.verdict, found)
    if mutant.file in LAW_FILES and (silent := missed(patches)):
        return Verdict(mutant, "killed", LAWS, "difference", silent)
    healthy = replace(engine("pure"), ways=()) if mutant.is_of_model else MODEL
    for name, case in sorted(cases.items(), key=lambda item: item[0] != first):
        try:
            play(case, (healthy, faulty))
            if isinstance(case, Recording):
                play_alone(case, faulty)
        except Differs as found:
            how = "exception" if found.parting.path == "raised" else "difference"
            return Verdict(mutant, "killed", name, how, f"{found.at}: {found.parting.path}")
    return Verdict(mutant, "survived")


def subject_of(mutant: Mutant) -> Subject:
    """The broken machine; raises ``Refusal`` if the text to replace is not there exactly once."""
    patches = _patches(mutant)
    if mutant.is_of_model:
        machine = load_patched("antiphon.model", "antiphon.model.machine", patches)
        schedule = load_patched("antiphon.model", "antiphon.model.schedule", patches)

        def make_model(config: Config, host: Host) -> Machine:
            return machine.Model(config, host, request=unadmitted())

        return Subject(mutant.id, make_model, laws=schedule.LAWS)
    module = load_patched("antiphon.engine", "antiphon.engine.machine", patches)
    make = partial(getattr, module, "Engine")
    return engine_of(mutant.id, "pure", make, cache(partial(cramp, patches, "pure")))


def _patches(mutant: Mutant) -> dict[str, str]:
    text = source_of(mutant.file)
    count = text.count(mutant.old)
    if count != 1:
        message = f"{mutant.file} holds the text of {mutant.id} {count} times, not once"
        raise Refusal("mutant-astray", message)
    return {mutant.file: text.replace(mutant.old, mutant.new)}


def _require_healthy(cases: Mapping[str, Case]) -> None:
    if not cases:
        raise Refusal("no-corpus", "there is no recording to try the mutants on")
    for name, case in cases.items():
        try:
            play(case, (MODEL, engine("pure")))
        except Differs as found:
            message = f"the healthy machines part on {name}: {found}"
            raise Refusal("corpus-differs", message) from None
