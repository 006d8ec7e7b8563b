"""One pick at a time, any number of workers: the machine with waves is the canonical machine."""

from __future__ import annotations

import pytest

from antiphon.parity.wave_lane import WORKERS, run
from antiphon.parity.wave_trial import Shape

SHARDS = 4
CASES = 2000


@pytest.mark.parametrize("shard", range(SHARDS))
def test_threaded_matches_cooperative(shard: int) -> None:
    """At n = 1 the whole state and every event are those of the canonical engine, after every
    round, in generated programs, those that fault included.
    """
    report = run(
        CASES // SHARDS,
        100 + shard,
        shapes=lambda number: Shape(1, WORKERS[number % len(WORKERS)], widening=number % 2 == 0),
    )
    assert report.differing == (), report.to_json()["first"]
    assert report.found.counts["cases"] > 0.9 * CASES / SHARDS
