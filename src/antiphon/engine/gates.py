"""Which machines may be made, in bits: one for each capability, in the order of their list.

What is asked for is a word, what contracts allow and what their evidence is good for are words too,
and a gate is a mask. ``model.gates`` says what it means.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final, NamedTuple

from antiphon.bytecode.program import Image
from antiphon.engine.load import tables
from antiphon.machine.capability import CAPABILITIES, CLAIMS, SWITCHES
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
from antiphon.machine.determinism import DeterminismMode, EffectDeterminismTier
from antiphon.values.canonical import encode

_BIT: Final = {name: 1 << place for place, name in enumerate(CAPABILITIES)}
_BIT_OF_CLAIM: Final = dict(zip(CLAIMS, _BIT.values(), strict=True))
_ALL: Final = (1 << len(CAPABILITIES)) - 1
_SWITCHED: Final = sum(_BIT[name] for name in SWITCHES)
_MIXED: Final = _BIT["mixed_determinism_profiles"]
_FULL: Final = _BIT["determinism_full"]
_POLICY: Final = {
    "cooperative": 0,
    **{
        name.removeprefix("scheduler."): bit
        for name, bit in _BIT.items()
        if name.startswith("scheduler.")
    },
}
_PROFILE: Final = {
    DeterminismMode.Full: _FULL,
    DeterminismMode.ModuloEffects: _BIT["determinism_modulo_effect_trace"],
    DeterminismMode.ModuloCommutativity: _BIT["determinism_modulo_commutativity"],
    DeterminismMode.Replay: _BIT["determinism_replay"],
}
_PROFILES: Final = sum(_PROFILE.values())
_LOOSEST: Final = {
    None: _PROFILES,
    EffectDeterminismTier.StrictDeterministic: _FULL | _PROFILE[DeterminismMode.Replay],
    EffectDeterminismTier.ReplayDeterministic: _PROFILES ^ _PROFILE[DeterminismMode.ModuloEffects],
    EffectDeterminismTier.EnvelopeBoundedNondeterministic: _PROFILES,
}


class _Word(NamedTuple):
    """Contracts in bits. ``allowed``: the capabilities that are not forbidden. A claim that has
    evidence is ``shown``, and then ``damaged``, ``stale`` or neither.
    """

    allowed: int
    shown: int
    damaged: int
    stale: int

    @property
    def sound(self) -> int:
        """What can be had."""
        return self.allowed & self.shown & ~self.damaged & ~self.stale


_NOTHING: Final = _Word(0, 0, 0, 0)


def _word(contracts: RuntimeContracts) -> _Word:
    allowed = _ALL ^ _SWITCHED
    allowed |= _BIT["live_migration"] * contracts.live_migration
    allowed |= _BIT["autoscale_repartition"] * contracts.autoscale_repartition
    allowed |= _BIT["placement_refinement"] * contracts.placement_refinement
    allowed |= _BIT["relaxed_reordering"] * contracts.relaxed_reordering
    shown = damaged = stale = 0
    for piece in contracts.evidence:
        bit = _BIT_OF_CLAIM[piece.claim]
        shown |= bit
        if _hash(piece) != piece.hash:
            damaged |= bit
        elif piece.sources != contracts.sources:
            stale |= bit
    return _Word(allowed, shown, damaged, stale)


def _hash(piece: Evidence) -> str:
    sha = sha256(encode(EVIDENCE_DOMAIN))
    for part in (piece.claim, piece.lane, piece.sources, piece.counts, piece.result):
        sha.update(encode(part))
    return sha.hexdigest()


def _asked(request: RuntimeRequest) -> int:
    """The bits of what is asked for, but for those of a profile."""
    asked = _POLICY[request.policy]
    asked |= _BIT["speculation"] * request.speculation
    asked |= _BIT["waves"] * (request.wave_width > 1)
    asked |= _BIT["wave_widening"] * request.wave_widening
    asked |= _BIT["live_migration"] * request.live_migration
    asked |= _BIT["autoscale_repartition"] * request.autoscale_repartition
    asked |= _BIT["placement_refinement"] * request.placement_refinement
    return asked | _BIT["relaxed_reordering"] * request.relaxed_reordering


def program_needs(image: Image) -> tuple[str, ...]:
    """The capabilities that the programs of an image use."""
    used = _BIT["speculation"] * tables(image).forks
    return tuple(name for name, bit in _BIT.items() if used & bit)


def _asked_of_profile(mode: DeterminismMode) -> int:
    """The bits of a profile that is mixed with Full; none for Full itself."""
    return 0 if mode is DeterminismMode.Full else _PROFILE[mode] | _MIXED


def _granted(contracts: RuntimeContracts) -> int:
    """The bits of the profiles that contracts allow, whatever their evidence."""
    artifacts = contracts.determinism_artifacts
    bits = _FULL * artifacts.full
    if contracts.can_use_mixed_determinism_profiles:
        bits |= _PROFILE[DeterminismMode.ModuloEffects] * artifacts.modulo_effect_trace
        bits |= _PROFILE[DeterminismMode.ModuloCommutativity] * artifacts.modulo_commutativity
        bits |= _PROFILE[DeterminismMode.Replay] * artifacts.replay
    return bits


def requires_vm_runtime_contracts(request: RuntimeRequest) -> bool:
    """Whether contracts must be there at all."""
    return _asked(request) != 0


def admit_vm_runtime(
    request: RuntimeRequest, contracts: RuntimeContracts | None
) -> RuntimeAdmissionResult:
    """Whether the contracts are there for all that is asked, but for the profile."""
    asked = _asked(request)
    word = _NOTHING if contracts is None else _word(contracts)
    if asked & ~(word.allowed & word.shown):
        return RuntimeAdmissionResult.RejectedMissingContracts
    if asked & ~word.sound:
        return RuntimeAdmissionResult.RejectedStaleEvidence
    return RuntimeAdmissionResult.Admitted


def determinism_profile_supported(artifacts: DeterminismArtifacts, mode: DeterminismMode) -> bool:
    """Whether there is the artifact of a profile."""
    bits = (
        artifacts.full,
        artifacts.modulo_effect_trace,
        artifacts.modulo_commutativity,
        artifacts.replay,
    )
    return bits[tuple(_PROFILE).index(mode)]


def request_determinism_profile(
    contracts: RuntimeContracts, mode: DeterminismMode
) -> DeterminismMode | None:
    """The profile, if it may be used; else None."""
    if not _PROFILE[mode] & _granted(contracts):
        return None
    return None if _asked_of_profile(mode) & ~_word(contracts).sound else mode


def enforce_vm_runtime_gates(
    request: RuntimeRequest, contracts: RuntimeContracts | None
) -> RuntimeGateResult:
    """Whether a machine may be made; the first reason against it."""
    word = _NOTHING if contracts is None else _word(contracts)
    asked, profile = _asked(request), _asked_of_profile(request.determinism)
    granted = _FULL if contracts is None else _granted(contracts)
    if asked & ~(word.allowed & word.shown):
        return RuntimeGateResult.RejectedMissingContracts
    if asked & ~word.sound:
        return RuntimeGateResult.RejectedStaleEvidence
    if _PROFILE[request.determinism] & granted:
        if profile & (word.damaged | word.stale):
            return RuntimeGateResult.RejectedStaleEvidence
        if not profile & ~word.sound and _PROFILE[request.determinism] & _LOOSEST[request.tier]:
            return RuntimeGateResult.Admitted
    return RuntimeGateResult.RejectedUnsupportedDeterminismProfile


def unmet_requirements(
    request: RuntimeRequest, contracts: RuntimeContracts | None
) -> tuple[Unmet, ...]:
    """Everything that is asked for and not to be had, those of the profile last."""
    word = _NOTHING if contracts is None else _word(contracts)
    bit, profile = _PROFILE[request.determinism], _asked_of_profile(request.determinism)
    refused = contracts is not None and not bit & _granted(contracts)
    unpromised = not bit & _LOOSEST[request.tier]
    found: list[Unmet] = []
    for place, name in enumerate(CAPABILITIES):
        this = 1 << place
        if this == bit and (refused or unpromised):
            lack = Lack.NOT_ALLOWED if refused else Lack.NOT_PROMISED
        elif not (_asked(request) | profile) & this & ~word.sound:
            continue
        elif contracts is None:
            lack = Lack.NO_CONTRACTS
        elif not word.shown & this:
            lack = Lack.NO_EVIDENCE
        elif not word.allowed & this:
            lack = Lack.NOT_ALLOWED
        else:
            lack = Lack.DAMAGED if word.damaged & this else Lack.STALE
        found.append(Unmet(name, CLAIMS[place], lack))
    return tuple(found)


def runtime_capability_snapshot(contracts: RuntimeContracts) -> tuple[tuple[str, bool], ...]:
    """What contracts say can be had: the inventory, then the four switches, each name once."""
    allowed = _word(contracts).allowed
    listed = list(contracts.capability_inventory)
    listed.extend((name, allowed & _BIT[name] != 0) for name in SWITCHES)
    return tuple(listed)
