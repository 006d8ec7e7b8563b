"""The tables of the gates, row by row, for the gates of both machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from types import ModuleType

from antiphon.machine.capability import CLAIM_OF, CLAIMS, SWITCHES
from antiphon.machine.contracts import (
    DeterminismArtifacts,
    Evidence,
    Lack,
    RuntimeAdmissionResult,
    RuntimeContracts,
    RuntimeGateResult,
    RuntimeRequest,
    Unmet,
    evidence,
)
from antiphon.machine.determinism import DeterminismMode, EffectDeterminismTier

NOW, BEFORE = "now", "before"
FULL, EFFECTS, COMMUTATIVITY, REPLAY = DeterminismMode
ADMITTED = RuntimeGateResult.Admitted
FEW = (FULL, EFFECTS, REPLAY)
MISSING = RuntimeGateResult.RejectedMissingContracts
STALE = RuntimeGateResult.RejectedStaleEvidence
UNSUPPORTED = RuntimeGateResult.RejectedUnsupportedDeterminismProfile


def fresh(claim: str) -> Evidence:
    """Evidence of what runs now."""
    return evidence(claim, "lane", NOW, (("cases", 7),), "found")


def stale(claim: str) -> Evidence:
    """Evidence of what ran before."""
    return evidence(claim, "lane", BEFORE, (("cases", 7),), "found")


def damaged(claim: str) -> Evidence:
    """Evidence that was altered after it was made, to what runs now."""
    return replace(stale(claim), sources=NOW)


ALL_FRESH = tuple(map(fresh, CLAIMS))
EVERYTHING = RuntimeContracts.full(NOW, ALL_FRESH)


def with_piece(piece: Evidence | None, claim: str) -> RuntimeContracts:
    """Contracts for everything, but with another piece of evidence for one claim, or none."""
    others = [each for each in ALL_FRESH if each.claim != claim]
    return replace(EVERYTHING, evidence=(*others, *(() if piece is None else (piece,))))


def artifacts(bits: Iterable[bool]) -> DeterminismArtifacts:
    """Four bits, in the order of the modes."""
    return DeterminismArtifacts(*bits)


ASKED = {
    "scheduler.round-robin": RuntimeRequest("round-robin"),
    "scheduler.priority": RuntimeRequest("priority"),
    "scheduler.aging": RuntimeRequest("aging"),
    "scheduler.token-weighted": RuntimeRequest("token-weighted"),
    "scheduler.progress-aware": RuntimeRequest("progress-aware"),
    "speculation": RuntimeRequest(speculation=True),
    "waves": RuntimeRequest(wave_width=2),
    "wave_widening": RuntimeRequest(wave_widening=True),
    "live_migration": RuntimeRequest(live_migration=True),
    "autoscale_repartition": RuntimeRequest(autoscale_repartition=True),
    "placement_refinement": RuntimeRequest(placement_refinement=True),
    "relaxed_reordering": RuntimeRequest(relaxed_reordering=True),
}
"""A request for each capability that needs contracts, and for nothing else."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what is asked and held, and what each gate says."""

    name: str
    request: RuntimeRequest
    contracts: RuntimeContracts | None
    result: RuntimeGateResult
    unmet: tuple[tuple[str, Lack], ...] = ()

    @property
    def admission(self) -> RuntimeAdmissionResult:
        """What ``admit_vm_runtime`` says: the profile is not its concern."""
        if self.result in (ADMITTED, UNSUPPORTED) or self.name.startswith("profile"):
            return RuntimeAdmissionResult.Admitted
        return RuntimeAdmissionResult(self.result.value)

    @property
    def lacking(self) -> tuple[Unmet, ...]:
        """What ``unmet_requirements`` says."""
        return tuple(Unmet(name, CLAIM_OF[name], lack) for name, lack in self.unmet)


def _advanced_rows() -> Iterator[Row]:
    for name, request in ASKED.items():
        claim = CLAIM_OF[name]
        yield Row(f"{name}, none", request, None, MISSING, ((name, Lack.NO_CONTRACTS),))
        yield Row(f"{name}, fresh", request, EVERYTHING, ADMITTED)
        for piece, result, lack in (
            (None, MISSING, Lack.NO_EVIDENCE),
            (stale(claim), STALE, Lack.STALE),
            (damaged(claim), STALE, Lack.DAMAGED),
        ):
            contracts = with_piece(piece, claim)
            yield Row(f"{name}, {lack.name}", request, contracts, result, ((name, lack),))
        if name in SWITCHES:
            contracts = replace(EVERYTHING, **{name: False})
            unmet = ((name, Lack.NOT_ALLOWED),)
            yield Row(f"{name}, not allowed", request, contracts, MISSING, unmet)
        bare = RuntimeContracts(artifacts((True,) * 4), sources=NOW, evidence=(fresh(claim),))
        if name not in SWITCHES:
            yield Row(f"{name}, any content", request, bare, ADMITTED)


def _profile_rows() -> Iterator[Row]:
    yield Row("profile full, none", RuntimeRequest(), None, ADMITTED)
    for mode in (EFFECTS, COMMUTATIVITY, REPLAY):
        name, request = f"determinism_{mode.value}", RuntimeRequest(determinism=mode)
        both = ((name, Lack.NO_CONTRACTS), ("mixed_determinism_profiles", Lack.NO_CONTRACTS))
        yield Row(f"profile {mode.value}, none", request, None, UNSUPPORTED, both)
        for each in (name, "mixed_determinism_profiles"):
            claim = CLAIM_OF[each]
            for piece, result, lack in (
                (None, UNSUPPORTED, Lack.NO_EVIDENCE),
                (stale(claim), STALE, Lack.STALE),
                (damaged(claim), STALE, Lack.DAMAGED),
            ):
                title = f"profile {mode.value}, {each} {lack.name}"
                yield Row(title, request, with_piece(piece, claim), result, ((each, lack),))
    for mode, bits, mixed in product(DeterminismMode, product((False, True), repeat=4), (0, 1)):
        contracts = replace(
            EVERYTHING,
            determinism_artifacts=artifacts(bits),
            can_use_mixed_determinism_profiles=bool(mixed),
        )
        granted = bits[list(DeterminismMode).index(mode)] and (mode is FULL or bool(mixed))
        unmet = () if granted else ((f"determinism_{mode.value}", Lack.NOT_ALLOWED),)
        title = f"profile {mode.value}, {bits}, mixed {mixed}"
        request = RuntimeRequest(determinism=mode)
        yield Row(title, request, contracts, ADMITTED if granted else UNSUPPORTED, unmet)


def _tier_rows() -> Iterator[Row]:
    strict, replayed, bounded = EffectDeterminismTier
    for tier, admitted in (
        (strict, {FULL, REPLAY}),
        (replayed, {FULL, REPLAY, COMMUTATIVITY}),
        (bounded, {FULL, REPLAY, COMMUTATIVITY, EFFECTS}),
    ):
        for mode in DeterminismMode:
            request = RuntimeRequest(determinism=mode, tier=tier)
            title = f"profile {mode.value} of tier {tier.value}"
            if mode in admitted:
                yield Row(title, request, EVERYTHING, ADMITTED)
            else:
                unmet = ((f"determinism_{mode.value}", Lack.NOT_PROMISED),)
                yield Row(title, request, EVERYTHING, UNSUPPORTED, unmet)


def _mixed_rows() -> Iterator[Row]:
    """Several things at once: all that is unmet is named, and the result is the first of them."""
    request = RuntimeRequest("aging", speculation=True, wave_width=3, determinism=REPLAY)
    pieces = (stale("lockstep.aging"), fresh("waves.envelope"), fresh("profiles.replay"))
    contracts = RuntimeContracts(artifacts((True,) * 4), True, sources=NOW, evidence=pieces)
    unmet = (
        ("scheduler.aging", Lack.STALE),
        ("speculation", Lack.NO_EVIDENCE),
        ("mixed_determinism_profiles", Lack.NO_EVIDENCE),
    )
    yield Row("missing before stale", request, contracts, MISSING, unmet)
    contracts = RuntimeContracts(sources=NOW, evidence=(stale("lockstep.aging"),))
    unmet = (("scheduler.aging", Lack.STALE), ("determinism_full", Lack.NOT_ALLOWED))
    yield Row("stale before profile", RuntimeRequest("aging"), contracts, STALE, unmet)
    unmet = (
        ("scheduler.aging", Lack.NO_CONTRACTS),
        ("determinism_replay", Lack.NO_CONTRACTS),
        ("mixed_determinism_profiles", Lack.NO_CONTRACTS),
    )
    request = RuntimeRequest("aging", determinism=REPLAY)
    yield Row("missing before profile", request, None, MISSING, unmet)


def _enforced_rows() -> Iterator[Row]:
    """What ``enforce_vm_runtime_gates`` has to say, whatever needs contracts, of each mode."""
    for (name, asked), mode in product((("nothing", RuntimeRequest()), *ASKED.items()), FEW):
        request, profile = replace(asked, determinism=mode), f"determinism_{mode.value}"
        lacking = () if asked == RuntimeRequest() else ((name, Lack.NO_CONTRACTS),)
        if mode is not FULL:
            pair = (profile, "mixed_determinism_profiles")
            lacking += tuple((each, Lack.NO_CONTRACTS) for each in pair)
        none = MISSING if name != "nothing" else ADMITTED if mode is FULL else UNSUPPORTED
        prefix = "enforced" if none is MISSING else "profile"
        yield Row(f"{prefix} {name}, none, {mode.value}", request, None, none, lacking)
        yield Row(f"enforced {name}, granted, {mode.value}", request, EVERYTHING, ADMITTED)
        held = replace(EVERYTHING, determinism_artifacts=artifacts((False,) * 4))
        unmet = ((profile, Lack.NOT_ALLOWED),)
        yield Row(f"enforced {name}, refused, {mode.value}", request, held, UNSUPPORTED, unmet)


ROWS = (
    *_enforced_rows(),
    *_advanced_rows(),
    *_profile_rows(),
    *_tier_rows(),
    *_mixed_rows(),
)


def check_row(gates: ModuleType, row: Row) -> None:
    """The gates say what the row says."""
    request, contracts = row.request, row.contracts
    assert gates.admit_vm_runtime(request, contracts) is row.admission
    assert gates.enforce_vm_runtime_gates(request, contracts) is row.result
    assert gates.unmet_requirements(request, contracts) == row.lacking
    is_plain = replace(request, determinism=FULL, tier=None) == RuntimeRequest()
    assert gates.requires_vm_runtime_contracts(request) is not is_plain


def check_profiles(gates: ModuleType) -> None:
    """Each bit is its profile's; a profile that is granted is the one that was asked for."""
    for mode, bits in product(DeterminismMode, product((False, True), repeat=4)):
        held = artifacts(bits)
        is_supported = bits[list(DeterminismMode).index(mode)]
        assert gates.determinism_profile_supported(held, mode) is is_supported
        for mixed in (False, True):
            contracts = replace(
                EVERYTHING, determinism_artifacts=held, can_use_mixed_determinism_profiles=mixed
            )
            wanted = mode if is_supported and (mixed or mode is FULL) else None
            assert gates.request_determinism_profile(contracts, mode) is wanted
        for claim in ("profiles.mixed", f"profiles.{mode.value.replace('_', '-')}"):
            contracts = with_piece(stale(claim), claim)
            wanted = mode if mode is FULL else None
            assert gates.request_determinism_profile(contracts, mode) is wanted


def check_snapshot(gates: ModuleType) -> None:
    """Every name is there once, and says what the contracts say; nothing is true by itself."""
    assert [value for _, value in gates.runtime_capability_snapshot(RuntimeContracts())] == [
        False
    ] * len(SWITCHES)
    found = gates.runtime_capability_snapshot(EVERYTHING)
    assert sorted(name for name, _ in found) == sorted(CLAIM_OF)
    assert all(value for _, value in found)
    contracts = replace(EVERYTHING, live_migration=False, capability_inventory=(("waves", False),))
    assert gates.runtime_capability_snapshot(contracts) == (
        ("waves", False),
        ("live_migration", False),
        ("autoscale_repartition", True),
        ("placement_refinement", True),
        ("relaxed_reordering", True),
    )
