"""Contracts, evidence and requests: what they may hold, and how a refusal reads."""

from __future__ import annotations

from dataclasses import astuple, fields

import pytest

from antiphon.errors import Refusal
from antiphon.machine.contracts import (
    PLAIN,
    DeterminismArtifacts,
    Evidence,
    Lack,
    RuntimeContracts,
    RuntimeGateResult,
    RuntimeRequest,
    Unmet,
    evidence,
    require_admitted,
    require_capability,
    require_policy,
    unadmitted,
)


def test_nothing_defaults_to_true() -> None:
    """Contracts that say nothing allow nothing; a request that says nothing asks nothing."""
    assert not any(astuple(DeterminismArtifacts()))
    held = RuntimeContracts()
    flags = [getattr(held, each.name) for each in fields(held)]
    assert [flag for flag in flags if flag is True] == []
    asked = [getattr(PLAIN, each.name) for each in fields(PLAIN) if each.name != "is_gated"]
    assert [flag for flag in asked if flag is True] == []


def test_rejects_unknown_names() -> None:
    """A capability, a claim or a policy that there is not is an error."""
    with pytest.raises(Refusal) as caught:
        RuntimeContracts(capability_inventory=(("telepathy", True),))
    assert caught.value.code == "unknown-capability"
    assert "telepathy" in str(caught.value)
    with pytest.raises(Refusal) as caught:
        require_capability("byzantine_safety")
    assert caught.value.code == "unknown-capability"
    with pytest.raises(Refusal) as caught:
        Evidence("lockstep.lottery", "lockstep", "", (), "", "")
    assert caught.value.code == "unknown-claim"
    with pytest.raises(Refusal) as caught:
        RuntimeRequest("lottery")
    assert caught.value.code == "unknown-policy"


def test_rejects_names_that_are_there_twice() -> None:
    """A name that stood twice could contradict itself; a switch has its own place."""
    for inventory in (
        (("waves", True), ("waves", False)),
        (("live_migration", True),),
    ):
        with pytest.raises(ValueError, match="each name is there once"):
            RuntimeContracts(capability_inventory=inventory)
    piece = evidence("waves.envelope", "waves", "", (), "")
    with pytest.raises(ValueError, match="one piece"):
        RuntimeContracts(evidence=(piece, piece))


def test_rejects_a_wave_of_nobody() -> None:
    """A wave has a pick."""
    with pytest.raises(ValueError, match="at least one pick"):
        RuntimeRequest(wave_width=0)


def test_refusal_names_everything() -> None:
    """A refusal lists all that is unmet, and the renewal where that can help."""
    require_admitted(RuntimeGateResult.Admitted, ())
    unmet = (
        Unmet("waves", "waves.envelope", Lack.STALE),
        Unmet("live_migration", "envelope.live-migration", Lack.NOT_ALLOWED),
    )
    with pytest.raises(Refusal) as caught:
        require_admitted(RuntimeGateResult.RejectedMissingContracts, unmet)
    assert caught.value.code == "missing-contracts"
    assert str(caught.value) == (
        "not admitted: waves needs waves.envelope: its evidence is stale: the machines have changed"
        " since; live_migration needs envelope.live-migration: the contracts do not allow it;"
        " antiphon parity evidence --write makes evidence anew"
    )
    with pytest.raises(Refusal) as caught:
        require_admitted(RuntimeGateResult.RejectedMissingContracts, unmet[1:])
    assert "--write" not in str(caught.value)


def test_policy_of_a_request() -> None:
    """A policy is what was asked for, or in turn; what is under test may have any."""
    require_policy(RuntimeRequest("aging"), "aging")
    require_policy(RuntimeRequest("aging"), "cooperative")
    require_policy(unadmitted(), "round-robin")
    with pytest.raises(Refusal) as caught:
        require_policy(PLAIN, "aging")
    assert caught.value.code == "not-admitted"
    assert (PLAIN.stamp, unadmitted().stamp) == ("admitted", "unadmitted")
