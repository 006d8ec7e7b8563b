"""Cooperative picks."""

from antiphon.scheduler.cooperative import cooperative


def test_first_come_first_served() -> None:
    """The head of the queue is picked, whatever was picked last."""
    assert [cooperative((3, 1, 2), last) for last in (None, 0, 3, 9)] == [3, 3, 3, 3]
