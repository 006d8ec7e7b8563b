"""Runs to be compared."""

from itertools import combinations

from antiphon.parity.claims.envelopes import EVENTS, runs
from antiphon.parity.claims.ground import HEALTHY


def test_they_all_differ() -> None:
    """No run is there twice, but one with nothing changed."""
    known = runs(HEALTHY)
    assert len(known) == len(EVENTS) + 12
    assert all(known[one] != known[other] for one, other in combinations(known, 2))
