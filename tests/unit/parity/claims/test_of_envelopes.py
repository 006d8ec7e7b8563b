"""Verdicts of the claims of `of_envelopes`, in the smallest scope."""

import pytest

from antiphon.parity.claims.claim import Claim, judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.of_envelopes import CLAIMS


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdicts(claim: Claim) -> None:
    """Each is as expected."""
    result = judge(claim, "quick", HEALTHY)
    assert result.is_good, result.finding
