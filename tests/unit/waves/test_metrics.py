"""The numbers add up."""

from collections import Counter

from antiphon.waves.metrics import WaveMetrics


def test_metrics() -> None:
    """Waves, picks and wide ones follow from the widths."""
    found = WaveMetrics(Counter({1: 3, 2: 2, 8: 1}), conflicts=4, rejected=5, rolled_back=6)
    assert (found.waves, found.picks, found.wide) == (6, 15, 3)
    assert found.to_json() == {
        "waves": 6,
        "picks": 15,
        "wide": 3,
        "within_session": 0,
        "widths": {"1": 3, "2": 2, "8": 1},
        "conflicts": 4,
        "rejected": 5,
        "rolled_back": 6,
    }
