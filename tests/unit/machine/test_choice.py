"""Choices."""

from antiphon.machine.choice import Pick, Wake


def test_picks_and_wakes_differ() -> None:
    """A choice is known by its kind and its coroutine."""
    assert Pick(1) == Pick(1)
    assert len({Pick(1), Pick(2), Wake(1), Wake(2)}) == 4
