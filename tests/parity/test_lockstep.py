"""Lockstep: the model and every build of the engine, the whole state after every step."""

from collections import Counter

import pytest

from antiphon.bytecode.table import ROWS
from antiphon.parity import lockstep
from antiphon.parity.counts import NEEDS, SHARES, Counts
from antiphon.parity.report import render_lockstep
from tests.parity.machines import BUILDS

SEED = 1
CASES = 5000
SHARDS = 20


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_difference(shard: int) -> None:
    """In no case is anything that can be observed different, at any step."""
    size = CASES // SHARDS
    report = lockstep.run(size, SEED, builds=BUILDS, start=shard * size)
    assert report.counts.cases["cases"] == size
    assert report.is_good, render_lockstep(report)
    machines = {"model", *BUILDS}
    assert set(report.counts.rows) == machines


def test_shares() -> None:
    """The cases are varied as they should be, and reach nearly every row: one machine can tell."""
    report = lockstep.run(2000, SEED, builds=())
    assert report.counts.missed() == ()
    assert len(report.counts.missed_rows()) <= len(ROWS) // 20
    assert report.is_good


def test_shares_that_are_missed() -> None:
    """A run whose cases are too plain is not good, though nothing differs."""
    counts = Counts(cases=Counter({"cases": 2000, "typed": 2000, "mutated": 2000}))
    report = lockstep.LockstepReport(SEED, BUILDS, counts, (), None)
    assert len(counts.missed()) == len(SHARES) + len(NEEDS)
    assert not report.is_good
