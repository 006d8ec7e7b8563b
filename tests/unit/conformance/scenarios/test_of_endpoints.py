"""Scenarios of endpoints that change hands."""

from tests.unit.conformance.scenarios.shown import events, ready, values


def test_the_oldest_first() -> None:
    """Of two endpoints that are in one queue."""
    taken = values("endpoints-oldest-first")[:2]
    assert taken == [{"Endpoint": {"session": number, "role": "X"}} for number in (1, 2)]


def test_one_loss_after_the_other() -> None:
    """The sessions fail in one step, and then two are woken."""
    lost = events("lost-one-after-the-other", "SessionFaulted")
    assert [one["session"] for one in lost] == [0, 1, 2]
    assert len({one["tick"] for one in lost}) == 1
    assert ready("lost-one-after-the-other")[-1] == [0, 2]


def test_who_is_woken() -> None:
    """The owner at the time, once, in ascending order."""
    assert ready("woken-is-the-owner")[6] == [0, 1, 2]
    assert ready("woken-once")[-1] == [0, 1, 2]
    assert ready("a-child-waits")[5] == [1, 2]
