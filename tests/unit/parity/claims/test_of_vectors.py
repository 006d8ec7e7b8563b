"""The claim that no wrong machine passes."""

from antiphon.parity.claims.claim import HOLDS, judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.of_vectors import CLAIMS


def test_it_holds() -> None:
    """In the smallest scope, over enough steps."""
    (claim,) = CLAIMS
    result = judge(claim, "quick", HEALTHY)
    assert result.verdict == HOLDS, result.finding
    assert result.finding is not None
    assert result.finding.checked > 100
