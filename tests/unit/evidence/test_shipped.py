"""The contracts that come with the package."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from antiphon.errors import Refusal
from antiphon.evidence.file import encode_evidence
from antiphon.evidence.shipped import (
    contracts_for,
    contracts_from,
    evidence_path,
    shipped_contracts,
)
from antiphon.evidence.sources import sources_digest
from antiphon.machine.capability import CLAIM_OF, CLAIMS
from antiphon.machine.contracts import PLAIN, RuntimeContracts, RuntimeRequest, evidence
from tests.unit.machine.gate_rows import ALL_FRESH, EVERYTHING, NOW, fresh, stale

AGING = RuntimeRequest("aging")


def test_nothing_by_itself() -> None:
    """No evidence, no contract; all of it, all of them."""
    inventory = tuple(
        (name, False) for name in CLAIM_OF if name not in {each.name for each in fields(PLAIN)}
    )
    held = contracts_from((), NOW)
    assert not any(value for _, value in held.capability_inventory)
    assert held == RuntimeContracts(
        capability_inventory=held.capability_inventory, sources=NOW, evidence=()
    )
    assert {name for name, _ in inventory} <= dict(held.capability_inventory).keys()
    assert contracts_from(ALL_FRESH, NOW) == EVERYTHING


@pytest.mark.parametrize("claim", CLAIMS)
def test_one_claim(claim: str) -> None:
    """A claim gives one capability, whose inventory says whether it is fresh."""
    for piece, is_fresh in ((fresh(claim), True), (stale(claim), False)):
        held = contracts_from((piece,), NOW)
        flags = [
            *(
                getattr(held.determinism_artifacts, f.name)
                for f in fields(EVERYTHING.determinism_artifacts)
            ),
            held.can_use_mixed_determinism_profiles,
            held.live_migration,
            held.autoscale_repartition,
            held.placement_refinement,
            held.relaxed_reordering,
        ]
        assert sum(flags) == (1 if claim.startswith(("profiles", "envelope")) else 0)
        shown = [name for name, value in held.capability_inventory if value]
        expected = [name for name in dict(held.capability_inventory) if CLAIM_OF[name] == claim]
        assert shown == (expected if is_fresh else [])


def test_only_where_something_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain machine has no contracts, and no file is looked at for it."""
    path = tmp_path / "evidence.json"
    monkeypatch.setenv("ANTIPHON_EVIDENCE", str(path))
    assert evidence_path() == path
    path.write_bytes(b"damaged")
    assert contracts_for(PLAIN) is None
    with pytest.raises(Refusal) as caught:
        contracts_for(AGING)
    assert caught.value.code == "damaged-evidence"


def test_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Contracts are those of the file, held against what is installed; none without a file."""
    monkeypatch.setenv("ANTIPHON_EVIDENCE", str(tmp_path / "none.json"))
    assert contracts_for(AGING) is None
    path = tmp_path / "evidence.json"
    monkeypatch.setenv("ANTIPHON_EVIDENCE", str(path))
    piece = evidence("lockstep.aging", "lockstep", sources_digest(), (("cases", 9),), "")
    path.write_bytes(encode_evidence((piece,)))
    held = contracts_for(AGING)
    assert held == contracts_from((piece,), sources_digest())
    path.unlink()
    assert shipped_contracts() is held, "the file is looked at once"
    monkeypatch.setenv("ANTIPHON_EVIDENCE", str(tmp_path))
    with pytest.raises(Refusal) as caught:
        shipped_contracts()
    assert caught.value.code == "damaged-evidence"


def test_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name it is the file in the package, which is there, and whole."""
    monkeypatch.delenv("ANTIPHON_EVIDENCE", raising=False)
    assert evidence_path().name == "evidence.json"
    held = shipped_contracts()
    assert held is not None
    assert held.evidence
