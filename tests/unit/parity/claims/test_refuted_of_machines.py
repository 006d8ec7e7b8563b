"""Verdicts of the claims of `refuted_of_machines`, in the smallest scope."""

import pytest

from antiphon.parity.claims.claim import Claim, judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.refuted_of_machines import CLAIMS, schedule_independence, starved


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdicts(claim: Claim) -> None:
    """Each is as expected."""
    result = judge(claim, "quick", HEALTHY)
    assert result.is_good, result.finding


def test_smallest() -> None:
    """The counter-examples."""
    words = schedule_independence("quick", HEALTHY).counterexample
    assert words == "---ABba | BAab | Aa: by the schedule, Deadlock, Done"
    assert "coroutine [0] is ready" in starved("priority", "quick", HEALTHY).counterexample


def test_who_is_fair() -> None:
    """Policies that have a bound starve nobody."""
    for policy in ("cooperative", "round-robin", "aging", "progress-aware"):
        assert starved(policy, "quick", HEALTHY).counterexample == ""
