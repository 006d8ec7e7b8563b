"""Plans: stable, of at most n picks, of those who do not touch each other."""

from __future__ import annotations

import pytest

from antiphon.machine.certificate import CertifiedPick
from antiphon.machine.footprint import ALONE, Footprint, footprint_of
from antiphon.waves.plan import Breadth, independent, matrix, may_share, plan, room
from tests.unit.waves.stage import TALK, scene, sight_of, state_of


def picks(*images: object, first: int = 0, width: int = 8, widening: bool = False) -> list[int]:
    """Whom a plan for sessions of TALK picks."""
    state, programs = state_of(*(TALK for _ in images))
    found = plan(sight_of(state, programs), first, Breadth(width, widening))
    return [one.coroutine for one in found.picks]


def test_order() -> None:
    """The policy's pick first, then the order of the ready queue, never more than n."""
    assert picks(1, 2, 3) == [0, 2, 4]
    assert picks(1, 2, 3, first=4) == [4, 0, 2]
    assert picks(1, 2, 3, width=2) == [0, 2]
    assert picks(1, 2, 3, width=1, first=3) == [3]


def test_conflicts_are_counted() -> None:
    """Who is left for later is counted."""
    state, programs = state_of(TALK, TALK)
    assert plan(sight_of(state, programs), 0, Breadth(8)).conflicts == 2


def test_widening() -> None:
    """Only with widening two may touch one session; who does not touch it may share anyway."""
    _, _, sight = scene("send | select, a third, idle")
    assert [one.coroutine for one in plan(sight, 0, Breadth(8)).picks] == [0, 2]
    wide = plan(sight, 0, Breadth(8, widening=True)).picks
    assert [one.coroutine for one in wide] == [0, 1, 2]
    assert picks(1, widening=True) == [0]


def test_alone() -> None:
    """Who stands alone is alone."""
    _, _, sight = scene("fork | set, a third, idle")
    assert [one.coroutine for one in plan(sight, 0, Breadth(8, widening=True)).picks] == [0]
    beside = plan(sight, 1, Breadth(8, widening=True)).picks
    assert 0 not in [one.coroutine for one in beside]


@pytest.mark.parametrize(
    ("clock", "deadline", "width", "most"),
    [(5, None, 8, 8), (5, 9, 8, 3), (5, 9, 2, 2), (5, 6, 8, 1), (5, 5, 8, 1), (5, 14, 8, 8)],
)
def test_room(clock: int, deadline: int | None, width: int, most: int) -> None:
    """No wave of several reaches the tick that somebody waits for."""
    assert room(clock, deadline, width) == most


ONE = footprint_of([("session", 0)], [("coroutine", 0)])


@pytest.mark.parametrize(
    ("other", "holds"),
    [
        (footprint_of([("session", 0)], [("coroutine", 1)]), True),
        (footprint_of([("coroutine", 0)], [("coroutine", 1)]), False),
        (footprint_of([], [("session", 0)]), False),
        (footprint_of([], [("coroutine", 0)]), False),
        (ALONE, False),
        (Footprint(), True),
    ],
)
def test_independent(other: Footprint, holds: bool) -> None:
    """Neither writes what the other reads or writes."""
    assert independent(ONE, other) is independent(other, ONE) is holds
    assert may_share(ONE, other, Breadth(2, widening=True)) is holds


def test_matrix() -> None:
    """None is independent of itself."""
    pair = (CertifiedPick(0, ONE), CertifiedPick(1, Footprint()))
    assert matrix(pair) == ((False, True), (True, False))
