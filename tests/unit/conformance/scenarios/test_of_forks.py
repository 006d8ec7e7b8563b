"""Scenarios of forks."""

from tests.unit.conformance.scenarios.shown import ready, rows, states, values


def test_joined_in_order() -> None:
    """Nobody is woken before the join, and both are by it."""
    assert ready("joined-in-order")[8:10] == [[2], [2, 0, 1]]
    assert values("joined-in-order") == [{"Nat": 1}, {"Nat": 3}]


def test_a_fork_in_a_fork() -> None:
    """What the inner one undid never arrives."""
    assert values("a-fork-in-a-fork") == [{"Nat": 1}]
    assert ready("a-fork-in-a-fork")[8:10] == [[0], [0, 1]]


def test_given_back_in_order() -> None:
    """The first is taken again after the abort; the sender wakes then, and not before."""
    assert values("given-back-in-order") == [{"Nat": n} for n in (1, 2, 1, 2)]
    assert ready("given-back-in-order")[9:11] == [[1], [1, 0]]


def test_a_fault_in_a_fork() -> None:
    """Nothing of it is in a queue then."""
    assert rows("a-fault-in-a-fork")[-2:] == [
        "halt.speculation-fault.forbidden",
        "receive.channel-closed.session",
    ]
    assert states("a-fault-in-a-fork")[-1]["sessions"][0]["queues"] == []
