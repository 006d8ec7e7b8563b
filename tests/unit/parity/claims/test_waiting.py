"""Claims that are not run."""

from antiphon.parity.claims.waiting import CLAIMS


def test_they_say_why() -> None:
    """Each says what it waits for, and nobody looks."""
    assert all(claim.reason and claim.look is None for claim in CLAIMS)
