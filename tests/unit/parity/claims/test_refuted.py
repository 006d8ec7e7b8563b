"""Statements that are false, without any machine."""

import pytest

from antiphon.parity.claims.claim import Claim, judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.refuted import CLAIMS, majority, one_byte, quorums_meet


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_refuted(claim: Claim) -> None:
    """Each is refuted by a counter-example that is found."""
    assert judge(claim, "quick", HEALTHY).verdict == "refuted"


def test_smallest() -> None:
    """The counter-examples."""
    assert majority("quick", HEALTHY).counterexample == "5 members, 1 faulty, quorums of 3"
    assert one_byte("quick", HEALTHY).counterexample == "256"


def test_quorums_meet() -> None:
    """Two quorums of four share two, of which one may be faulty; the earlier example is one too."""
    assert quorums_meet(4, 1, 3)
    assert not quorums_meet(4, 2, 3)
    assert not quorums_meet(7, 2, 4)
