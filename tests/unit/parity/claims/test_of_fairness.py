"""Verdicts of the claims of `of_fairness`, in the smallest scope."""

import pytest

from antiphon.parity.claims.claim import Claim, judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.of_fairness import CLAIMS, Rounds
from tests.unit.parity.claims.test_explore import PAIR


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdicts(claim: Claim) -> None:
    """Each is as expected."""
    result = judge(claim, "quick", HEALTHY)
    assert result.is_good, result.finding


def test_rounds() -> None:
    """One message takes two rounds at worst, if the receiver has its turn first."""
    rounds = Rounds(PAIR)
    assert (rounds.longest(rounds.first), rounds.actions(rounds.first)) == (2, 2)
    assert not rounds.idle
