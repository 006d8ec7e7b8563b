"""Lanes, and what passes between them."""

import pytest

from antiphon.machine.event import Halted, Received, Sent, Transferred
from antiphon.values.value import Endpoint, Nat
from antiphon.waves.lanes import HandOver, HandOvers, execution_order, lane_of


def test_lanes() -> None:
    """There are as many as workers, and a session is in one of them."""
    assert [lane_of(session, 3) for session in range(7)] == [0, 1, 2, 0, 1, 2, 0]
    assert {lane_of(session, 1) for session in range(7)} == {0}


@pytest.mark.parametrize(
    ("lanes", "asks", "order"),
    [
        ((0, 0, 0), (False, False, False), (2, 1, 0)),
        ((0, 1, 0, 1), (False,) * 4, (2, 0, 3, 1)),
        ((1, 0, 1, 0), (True, False, True, False), (0, 2, 3, 1)),
    ],
)
def test_order(lanes: tuple[int, ...], asks: tuple[bool, ...], order: tuple[int, ...]) -> None:
    """Those who ask come first, in order; then lane by lane, the latest first."""
    assert execution_order(lanes, asks) == order


def test_hand_overs() -> None:
    """A transfer counts if the lanes differ, and so does an endpoint in a message."""
    found = HandOvers({0: 0, 1: 1, 2: 2}, 2)
    one = Endpoint(0, "A")
    found.note(3, Transferred(0, 0, 0, "A", 1))
    found.note(4, Transferred(0, 0, 0, "A", 2))
    found.note(5, Sent(0, 0, 2, "B", "C", "hi", one))
    found.note(6, Received(0, 0, 1, "B", "C", "hi", one))
    found.note(7, Received(0, 0, 0, "B", "C", "hi", Nat(1)))
    found.note(8, Received(0, 0, 0, "B", "C", "hi", one))
    found.note(9, Halted(0, 0, 0, "A"))
    assert found.found == [HandOver(3, one, 0, 1, 0, 1), HandOver(6, one, 2, 1, 0, 1)]
