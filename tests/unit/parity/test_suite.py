"""The suite: shares, what is wrong, and what it does when time is short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from antiphon.parity import lockstep, suite, suite_lanes
from antiphon.parity.lane import DRAWN, FIXED, PART, Lane, Look
from antiphon.parity.lockstep import LockstepReport
from antiphon.parity.suite import LEAST_IN_STEP, SHARES, TIMES, Skip, SuiteReport, Wanted, shares
from antiphon.parity.suite_lanes import Draw
from tests.unit.parity.test_corpus import recording

WANTED = Wanted(1000, 3, 1, ("pure",))
ONE = Look(1, 5, "aa")
KEPT = recording("random")
EMPTY = lockstep.run(1, 3, builds=("pure",))


def test_shares() -> None:
    """They are the cases, one at least of each lane; most are of lockstep."""
    assert sum(SHARES.values()) == sum(TIMES.values()) == 100
    assert list(SHARES) == list(TIMES)
    for cases in (5, 99, 100, 5000, 100_000):
        found = shares(cases)
        assert sum(found.values()) == cases
        assert min(found.values()) > 0
    assert 100 * shares(100_000)["lockstep"] >= LEAST_IN_STEP * 100_000


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Draw]:
    """Lanes that do as they are told, and look at nothing; what each was told."""
    found: list[Draw] = []

    def looked(draw: Draw, **_: object) -> Look:
        found.append(draw)
        draw.progress(draw.cases, draw.cases, 0)
        return Look(draw.cases, 2 * draw.cases, "bb")

    def in_step(draw: Draw) -> tuple[Look, LockstepReport]:
        return looked(replace(draw, cases=draw.cases // (2 if draw.is_over() else 1))), EMPTY

    monkeypatch.setattr(suite_lanes, "look_in_step", in_step)
    for name in ("look_in_waves", "look_at_replays", "look_at_profiles"):
        monkeypatch.setattr(suite_lanes, name, looked)
    return found


def test_all_lanes_are_run(told: list[Draw]) -> None:
    """Fixed lanes first, then lockstep with its parts, then the others; progress names each."""
    names: list[tuple[str, str]] = []

    def tell(name: str, words: str) -> None:
        names.append((name, words))

    wanted = replace(WANTED, tell=tell)
    report = suite.run(wanted, [("one", lambda: ONE), ("two", lambda: ONE)])
    drawn = {each.name: each.look.cases for each in report.lanes if each.kind == DRAWN}
    assert drawn == shares(1000)
    assert [each.name for each in report.lanes if each.kind == FIXED] == ["one", "two"]
    parts = [each.name for each in report.lanes if each.kind == PART]
    assert parts[0] == "lockstep.communication"
    assert parts[-3:] == ["schedulers", "failure-envelope", "speculation"]
    assert (report.cases, report.steps) == (1000, 2010)
    assert names[0] == ("one", "")
    assert names[2] == ("lockstep", "660 of 660, 0 differ")
    assert [draw.is_over() for draw in told] == [False] * 5


def test_time_that_is_short(told: list[Draw], monkeypatch: pytest.MonkeyPatch) -> None:
    """Lockstep stops when its part of the time is over, and the other lanes take as many cases as
    go with what it has done.
    """
    clock: Callable[[], float] = count(0, 10).__next__
    monkeypatch.setattr("antiphon.parity.suite.time.monotonic", clock)
    report = suite.run(replace(WANTED, budget=5), [])
    assert [draw.cases for draw in told] == [330, 70, 50, 35, 15]
    assert report.cases == 500
    assert not [each for each in report.problems if each.code == "too-few-in-step"]
    assert all(draw.is_over() for draw in told)


def test_what_is_wrong() -> None:
    """A lane, a machine that was left out, and too little of lockstep."""
    differs = Look(30, 9, "", ("case 1", "case 2"), (), (KEPT,))
    lanes = (
        Lane("lockstep", DRAWN, Look(59, 100, "cc"), 3),
        Lane("lockstep.choice", PART, Look(9, 50, ""), 3),
        Lane("replay", DRAWN, differs, 1),
        Lane("matrix", FIXED, Look(11, 0, ""), 1),
        Lane("profiles", DRAWN, Look(11, 1, ""), 1),
    )
    skips = (Skip("compiled", "this to change: x", False), Skip("other", "y", True))
    report = SuiteReport(3, 100, lanes, skips, 8)
    assert (report.cases, report.steps, report.differences) == (100, 110, 2)
    assert [(each.code, each.place) for each in report.problems] == [
        ("differs", "replay"),
        ("differs", "replay"),
        ("skipped", "compiled"),
        ("too-few-in-step", "lockstep"),
    ]
    assert report.kept == (KEPT,)
    data = report.to_json()
    assert (data["is_good"], data["differences"], data["seconds"]) == (False, 2, 8)
    good = replace(report, lanes=(replace(lanes[0], look=Look(60, 1, "")), *lanes[3:]), skips=())
    assert good.is_good
    assert not replace(good, skips=skips[:1]).is_good
