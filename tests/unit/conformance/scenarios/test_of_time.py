"""Scenarios of failures, time and other buffers."""

import pytest

from tests.unit.conformance.scenarios.shown import events, ready, states, values


def test_ticks() -> None:
    """Who waits for one is woken by it, whether time passes by steps or by itself."""
    assert ready("at-one-tick")[6] == [0, 1, 2]
    clocks = [state["clock"] for state in states("the-earliest-tick")]
    assert clocks == [0, 0, 1, 2, 3, 4, 4, 5, 5, 20, 21, 22, 30]


def test_a_crash() -> None:
    """Whoever can hope for nothing more is woken, and no other."""
    assert ready("a-crash-wakes")[7] == [4, 0, 1]


def test_a_link_that_is_down() -> None:
    """Its time is over at tick 5, and room was there before."""
    woken = ready("a-link-that-is-down")
    assert (woken[4], woken[6]) == ([2, 1], [1, 0, 2])


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("late-and-behind", [1, 2]),
        ("the-latest-message", [2, 3]),
        ("a-full-queue-drops", [1, 3]),
        ("a-queue-that-grows", [1, 2, 3]),
    ],
)
def test_what_arrives(name: str, numbers: list[int]) -> None:
    """And in which order."""
    assert values(name) == [{"Nat": number} for number in numbers]


def test_what_is_lost() -> None:
    """The event says why."""
    names = ("the-latest-message", "a-full-queue-drops")
    assert [len(events(name, "Dropped")) for name in names] == [1, 1]
