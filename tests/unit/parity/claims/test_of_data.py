"""Verdicts of the claims of `of_data`, in the smallest scope."""

import pytest

from antiphon.parity.claims.claim import PROFILES, Claim, judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.of_data import (
    CLAIMS,
    policies,
    policy_count,
    predicates,
    value_count,
    values,
)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdicts(claim: Claim) -> None:
    """Each is as expected."""
    result = judge(claim, "quick", HEALTHY)
    assert result.is_good, result.finding


def test_scopes() -> None:
    """No policy and no value is there twice."""
    assert len({*predicates("quick")}) == len(predicates("quick")) == 121
    assert len({*policies("quick")}) == len([*policies("quick")])
    for profile in PROFILES:
        assert len([*policies(profile)]) == policy_count(profile)
        assert len({*values(profile)}) == value_count(profile)
    assert policy_count("quick") == 146
    assert len({*values("quick")}) == len(values("quick"))
