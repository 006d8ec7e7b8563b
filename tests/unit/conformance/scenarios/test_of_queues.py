"""Scenarios of queues."""

from tests.unit.conformance.scenarios.shown import ready, rows, states, values


def test_the_oldest_first() -> None:
    """Two are queued when the first is taken."""
    assert values("oldest-first") == [{"Nat": 1}, {"Nat": 2}, {"Nat": 3}]


def test_queues_of_their_own() -> None:
    """Two queues to one receiver, then two of one sender, are there at a time."""
    shown = [
        [(queue["sender"], queue["receiver"]) for queue in session["queues"]]
        for state in states("a-queue-for-each-pair")
        for session in state["sessions"]
    ]
    assert [("A", "C"), ("B", "C")] in shown
    assert [("C", "A"), ("C", "B")] in shown


def test_who_is_not_woken() -> None:
    """Those who wait for something else sleep on."""
    woken = ready("woken-by-its-own-queue")
    assert (woken[5], woken[9]) == ([0, 2], [0, 2, 1])
    assert ready("room-in-another-queue")[5:7] == [[2, 1], [1, 2, 0]]
    assert ready("a-queue-of-the-same-name")[3:] == [[0], [0], []]


def test_choices_in_vain() -> None:
    """Who waits for a message is not woken by the host, and who waits is not picked."""
    vain = [place for place, row in enumerate(rows("wake-and-pick")) if row is None]
    assert vain == [0, 1, 3, 4, 6, 7, 8, 9, 12]
