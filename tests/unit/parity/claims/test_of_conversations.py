"""Claim 8: local types and the global type have the same traces."""

from antiphon.parity.claims.claim import judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.of_conversations import CLAIMS, SCOPES, conversations


def test_traces() -> None:
    """They do, in the smallest scope."""
    (claim,) = CLAIMS
    result = judge(claim, "quick", HEALTHY)
    assert result.verdict == "holds", result.finding


def test_counts() -> None:
    """Every type of the scope was gone through."""
    found = conversations("quick", HEALTHY)
    assert found.generated == found.cardinality == sum(one.cardinality for one in SCOPES[0])
    assert found.checked > found.satisfied
