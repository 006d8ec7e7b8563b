"""Which machines may be made: what is asked, held against contracts and their evidence (S36).

Read ``needs`` first, then ``lack``: the rest follows. At one pick a time, with fresh evidence:

    asked for nothing advanced, Full      admitted, with contracts or without
    asked for something advanced          admitted exactly with contracts
    another profile than Full             only with contracts that have its bit and allow mixed ones
"""

from __future__ import annotations

from collections.abc import Iterator

from antiphon.bytecode.instruction import Fork
from antiphon.bytecode.program import Image
from antiphon.machine.capability import CLAIM_OF, SWITCHES
from antiphon.machine.contracts import (
    EVIDENCE_DOMAIN,
    DeterminismArtifacts,
    Evidence,
    Lack,
    RuntimeAdmissionResult,
    RuntimeContracts,
    RuntimeGateResult,
    RuntimeRequest,
    Unmet,
)
from antiphon.machine.determinism import MODES_OF_TIER, DeterminismMode
from antiphon.values.canonical import digest


def needs(request: RuntimeRequest) -> Iterator[str]:
    """The capabilities that are asked for, but for those of a profile."""
    if request.policy != "cooperative":
        yield f"scheduler.{request.policy}"
    if request.speculation:
        yield "speculation"
    if request.wave_width > 1:
        yield "waves"
    if request.wave_widening:
        yield "wave_widening"
    for name in SWITCHES:
        if getattr(request, name):
            yield name


def program_needs(image: Image) -> tuple[str, ...]:
    """The capabilities that the programs of an image use."""
    forks = any(isinstance(i, Fork) for program in image.programs for i in program.code)
    return ("speculation",) if forks else ()


def profile_needs(mode: DeterminismMode) -> tuple[str, ...]:
    """The capabilities that a profile needs: Full is what every run is compared by, needs none."""
    if mode is DeterminismMode.Full:
        return ()
    return (f"determinism_{mode.value}", "mixed_determinism_profiles")


def lack(contracts: RuntimeContracts, capability: str) -> Lack | None:
    """What is wrong with a capability; None if nothing is."""
    found = [each for each in contracts.evidence if each.claim == CLAIM_OF[capability]]
    if not found:
        return Lack.NO_EVIDENCE
    if capability in SWITCHES and not getattr(contracts, capability):
        return Lack.NOT_ALLOWED
    if not is_intact(found[0]):
        return Lack.DAMAGED
    return None if found[0].sources == contracts.sources else Lack.STALE


def is_intact(evidence: Evidence) -> bool:
    """Whether a piece of evidence is as it was made."""
    return evidence.hash == digest(EVIDENCE_DOMAIN, evidence.content)


def requires_vm_runtime_contracts(request: RuntimeRequest) -> bool:
    """Whether contracts must be there at all."""
    return any(True for _ in needs(request))


def admit_vm_runtime(
    request: RuntimeRequest, contracts: RuntimeContracts | None
) -> RuntimeAdmissionResult:
    """Whether the contracts are there for all that is asked, but for the profile."""
    if not requires_vm_runtime_contracts(request):
        return RuntimeAdmissionResult.Admitted
    if contracts is None:
        return RuntimeAdmissionResult.RejectedMissingContracts
    lacks = {lack(contracts, name) for name in needs(request)}
    if lacks & {Lack.NO_EVIDENCE, Lack.NOT_ALLOWED}:
        return RuntimeAdmissionResult.RejectedMissingContracts
    if lacks & {Lack.STALE, Lack.DAMAGED}:
        return RuntimeAdmissionResult.RejectedStaleEvidence
    return RuntimeAdmissionResult.Admitted


def determinism_profile_supported(artifacts: DeterminismArtifacts, mode: DeterminismMode) -> bool:
    """Whether there is the artifact of a profile."""
    match mode:
        case DeterminismMode.Full:
            return artifacts.full
        case DeterminismMode.ModuloEffects:
            return artifacts.modulo_effect_trace
        case DeterminismMode.ModuloCommutativity:
            return artifacts.modulo_commutativity
        case DeterminismMode.Replay:  # pragma: no branch
            return artifacts.replay


def is_granted(contracts: RuntimeContracts, mode: DeterminismMode) -> bool:
    """Whether contracts allow a profile, whatever their evidence."""
    is_mixed = mode is DeterminismMode.Full or contracts.can_use_mixed_determinism_profiles
    return is_mixed and determinism_profile_supported(contracts.determinism_artifacts, mode)


def request_determinism_profile(
    contracts: RuntimeContracts, mode: DeterminismMode
) -> DeterminismMode | None:
    """The profile, if it may be used; else None."""
    lacks = [lack(contracts, name) for name in profile_needs(mode)]
    return mode if is_granted(contracts, mode) and not any(lacks) else None


def enforce_vm_runtime_gates(
    request: RuntimeRequest, contracts: RuntimeContracts | None
) -> RuntimeGateResult:
    """Whether a machine may be made. What is missing comes before what is stale, and that before a
    profile that may not be used.
    """
    admission = admit_vm_runtime(request, contracts)
    if admission is not RuntimeAdmissionResult.Admitted:
        return RuntimeGateResult(admission.value)
    mode = request.determinism
    if contracts is None:
        granted = mode is DeterminismMode.Full
    elif is_granted(contracts, mode):
        lacks = {lack(contracts, name) for name in profile_needs(mode)}
        if lacks & {Lack.STALE, Lack.DAMAGED}:
            return RuntimeGateResult.RejectedStaleEvidence
        granted = Lack.NO_EVIDENCE not in lacks
    else:
        granted = False
    if granted and admits_tier(request):
        return RuntimeGateResult.Admitted
    return RuntimeGateResult.RejectedUnsupportedDeterminismProfile


def admits_tier(request: RuntimeRequest) -> bool:
    """Whether what the host promises admits the profile."""
    return request.tier is None or request.determinism in MODES_OF_TIER[request.tier]


def unmet_requirements(
    request: RuntimeRequest, contracts: RuntimeContracts | None
) -> tuple[Unmet, ...]:
    """Everything that is asked for and not to be had, those of the profile last."""
    return tuple(
        Unmet(name, CLAIM_OF[name], missing)
        for name, missing in _judged(request, contracts)
        if missing is not None
    )


def _judged(
    request: RuntimeRequest, contracts: RuntimeContracts | None
) -> Iterator[tuple[str, Lack | None]]:
    mode, names = request.determinism, profile_needs(request.determinism)
    for name in needs(request):
        yield name, Lack.NO_CONTRACTS if contracts is None else lack(contracts, name)
    is_refused = contracts is not None and not is_granted(contracts, mode)
    if is_refused or not admits_tier(request):
        yield f"determinism_{mode.value}", Lack.NOT_ALLOWED if is_refused else Lack.NOT_PROMISED
        names = names[1:]
    for name in names:
        yield name, Lack.NO_CONTRACTS if contracts is None else lack(contracts, name)


def runtime_capability_snapshot(contracts: RuntimeContracts) -> tuple[tuple[str, bool], ...]:
    """What contracts say can be had: the inventory, then the four switches, each name once."""
    return (
        *contracts.capability_inventory,
        *((name, bool(getattr(contracts, name))) for name in SWITCHES),
    )
