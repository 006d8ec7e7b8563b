"""The gates of the model and of the engine give the same answers to every small question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.bytecode.instruction import Fork, Halt, Join, Set
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine import gates as engine
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.capability import CLAIM_OF, CLAIMS, SWITCHES
from antiphon.machine.config import Config
from antiphon.machine.contracts import Evidence, RuntimeContracts, RuntimeRequest, unadmitted
from antiphon.machine.determinism import DeterminismMode, EffectDeterminismTier
from antiphon.machine.interface import POLICIES
from antiphon.model import gates as model
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END
from antiphon.values.value import Nat
from tests.unit.machine.gate_rows import (
    ASKED,
    EVERYTHING,
    NOW,
    ROWS,
    Row,
    artifacts,
    damaged,
    fresh,
    stale,
)

SWITCHED = [
    dict(zip(SWITCHES, bits, strict=True)) for bits in product((False, True), repeat=len(SWITCHES))
]
TIERS = (None, *EffectDeterminismTier)


def agree(request: RuntimeRequest, contracts: RuntimeContracts | None) -> None:
    """Every gate says the same on both sides."""
    for name in ("admit_vm_runtime", "enforce_vm_runtime_gates", "unmet_requirements"):
        found = [getattr(side, name)(request, contracts) for side in (model, engine)]
        assert found[0] == found[1], (name, request, contracts)
    assert model.requires_vm_runtime_contracts(request) is engine.requires_vm_runtime_contracts(
        request
    )
    if contracts is not None:
        mode, held = request.determinism, contracts.determinism_artifacts
        for name, first in (
            ("request_determinism_profile", contracts),
            ("determinism_profile_supported", held),
        ):
            assert getattr(model, name)(first, mode) is getattr(engine, name)(first, mode)
        assert model.runtime_capability_snapshot(contracts) == engine.runtime_capability_snapshot(
            contracts
        )


def everything() -> RuntimeRequest:
    """A request for all that can be asked at once."""
    asked = RuntimeRequest("aging", True, DeterminismMode.Replay, 2, True)
    return replace(asked, **SWITCHED[-1])


def pieces(claim: str) -> tuple[Evidence | None, ...]:
    """Every state that the evidence of a claim can be in."""
    return (None, fresh(claim), stale(claim), damaged(claim))


def test_requests() -> None:
    """All requests there are, with no contracts, none of the evidence, and all of it."""
    bare = RuntimeContracts(sources=NOW)
    for policy, forks, width, widens, switched, mode in product(
        POLICIES, (False, True), (1, 2), (False, True), SWITCHED, DeterminismMode
    ):
        request = RuntimeRequest(policy, forks, mode, width, widens, **switched)
        for contracts in (None, bare, EVERYTHING):
            agree(request, contracts)


def test_contracts() -> None:
    """All switches and bits there are, and all states of one claim, for everything at once."""
    asked = replace(everything(), wave_width=3)
    for bits, mixed, switched in product(product((False, True), repeat=4), (False, True), SWITCHED):
        contracts = replace(
            EVERYTHING,
            determinism_artifacts=artifacts(bits),
            can_use_mixed_determinism_profiles=mixed,
            **switched,
        )
        for mode, tier in product(DeterminismMode, TIERS):
            agree(RuntimeRequest(determinism=mode, tier=tier), contracts)
        agree(asked, contracts)


def test_pairs_of_claims() -> None:
    """All states of any two claims, for what rests on them, alone and with everything else."""
    modes = {
        f"profiles.{mode.value.replace('_', '-')}": RuntimeRequest(determinism=mode)
        for mode in DeterminismMode
    }
    replays = RuntimeRequest(determinism=DeterminismMode.Replay)
    of_claim = {CLAIM_OF[name]: request for name, request in ASKED.items()} | modes
    of_claim |= {"profiles.mixed": replays}
    for one, two in combinations(CLAIMS, 2):
        rest = tuple(fresh(claim) for claim in CLAIMS if claim not in (one, two))
        for found in product(pieces(one), pieces(two)):
            held = tuple(each for each in found if each is not None)
            for contracts in (
                replace(EVERYTHING, evidence=held),
                replace(EVERYTHING, evidence=(*held, *rest)),
            ):
                for request in (of_claim[one], of_claim[two], everything()):
                    agree(request, contracts)


@given(st.data())
def test_any(data: st.DataObject) -> None:
    """Anything that can be asked, of any contracts."""
    flag = st.booleans()
    request = RuntimeRequest(
        data.draw(st.sampled_from(POLICIES)),
        data.draw(flag),
        data.draw(st.sampled_from(DeterminismMode)),
        data.draw(st.integers(1, 3)),
        data.draw(flag),
        tier=data.draw(st.sampled_from(TIERS)),
    )
    drawn = [data.draw(st.sampled_from(pieces(claim))) for claim in CLAIMS]
    contracts = RuntimeContracts(
        artifacts(data.draw(flag) for _ in range(4)),
        data.draw(flag),
        sources=NOW,
        evidence=tuple(each for each in drawn if each is not None),
    )
    asked, allowed = (data.draw(st.sampled_from(SWITCHED)) for _ in range(2))
    agree(replace(request, **asked), replace(contracts, **allowed))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@pytest.mark.parametrize("kind", [Model, Engine])
def test_machines_are_gated(kind: type[Model | Engine], row: Row) -> None:
    """A machine is made exactly if the gate lets it; else all that is unmet is named."""

    def make() -> Model | Engine:
        return kind(Config(), lambda _: Nat(1), request=row.request, contracts=row.contracts)

    if row.result.value == "admitted":
        assert make().request.stamp == "admitted"
        return
    with pytest.raises(Refusal) as caught:
        make()
    assert caught.value.code == row.result.value
    for each in row.lacking:
        assert f"{each.capability} needs {each.claim}: {each.lack.value}" in str(caught.value)
    renewable = any("allow" not in each.lack.value for each in row.lacking)
    assert ("antiphon parity evidence --write" in str(caught.value)) is renewable


def test_runs_as_admitted() -> None:
    """An engine runs under the policy that it was admitted for, or in turn, and under no other."""
    request = RuntimeRequest("aging")
    one = Engine(Config(), lambda _: Nat(1), request=request, contracts=EVERYTHING)
    for policy in ("aging", "cooperative"):
        assert one.run(policy).steps == 0
    for machine in (one, Engine(Config(), lambda _: Nat(1))):
        with pytest.raises(Refusal) as caught:
            machine.run("round-robin")
        assert caught.value.code == "not-admitted"
    free = Engine(Config(), lambda _: Nat(1), request=unadmitted())
    assert free.request.stamp == "unadmitted"
    assert [free.run(policy).steps for policy in POLICIES] == [0] * len(POLICIES)


FORKS = Image("forks", (RoleProgram("A", END, (Set(1, Nat(1)), Fork(1), Join(), Halt()), 2),))
PLAINLY = Image("plainly", (RoleProgram("A", END, (Halt(),), 1),))
SPECULATES = RuntimeRequest(speculation=True)


def made(kind: type[Model | Engine], request: RuntimeRequest) -> Model | Engine:
    """A machine for a request, with evidence for everything."""
    return kind(Config(), lambda _: Nat(1), request=request, contracts=EVERYTHING)


@pytest.mark.parametrize("kind", [Model, Engine])
@pytest.mark.parametrize("unverified", [False, True])
def test_programs_are_gated(kind: type[Model | Engine], unverified: bool) -> None:
    """A program that forks is refused by a machine that was not admitted for speculation, with the
    evidence it needs, and nothing is opened; twice, for what was seen once is remembered.
    """
    machine = made(kind, RuntimeRequest("aging"))
    for _ in range(2):
        with pytest.raises(Refusal, match=r"speculation needs lockstep\.speculation") as caught:
            machine.load(FORKS, unverified=unverified)
        assert caught.value.code == "not-admitted"
    assert machine.enabled() == ()
    assert machine.load(PLAINLY, unverified=unverified) == 0
    for request in (SPECULATES, unadmitted()):
        assert made(kind, request).load(FORKS, unverified=unverified) == 0


def test_program_needs() -> None:
    """Both sides find the same in a program."""
    for image, needed in ((FORKS, ("speculation",)), (PLAINLY, ())):
        assert model.program_needs(image) == engine.program_needs(image) == needed


def lowest(ready: Sequence[int], last: int | None) -> int:
    """A policy of one's own."""
    del last
    return min(ready)


@pytest.mark.parametrize("kind", [Model, Engine])
def test_driven_as_admitted(kind: type[Model | Engine]) -> None:
    """Who drives a machine from outside meets the gate of ``run``, and with a policy of no name."""
    machine = made(kind, RuntimeRequest("aging"))
    for policy in ("aging", "cooperative"):
        assert drive(machine, policy).steps == 0
    for policy in ("round-robin", lowest):
        with pytest.raises(Refusal) as caught:
            drive(machine, policy)
        assert caught.value.code == "not-admitted"
    with pytest.raises(Refusal) as caught:
        drive(machine, "lottery")
    assert caught.value.code == "unknown-policy"
    for policy in (*POLICIES, lowest):
        assert drive(made(kind, unadmitted()), policy).steps == 0
