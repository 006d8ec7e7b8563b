"""Configurations."""

import pytest

from antiphon.machine.config import Config


def test_default_capacity() -> None:
    """A queue holds 64 messages unless told otherwise."""
    assert Config().capacity == 64


@pytest.mark.parametrize("capacity", [1, 2**31 - 1])
def test_capacities_within_the_limits(capacity: int) -> None:
    """From one message to what 32 bits count."""
    assert Config(capacity).capacity == capacity


@pytest.mark.parametrize("capacity", [-1, 0, 2**31])
def test_rejects_capacities_beyond_the_limits(capacity: int) -> None:
    """A queue holds at least one message."""
    with pytest.raises(ValueError, match="capacity"):
        Config(capacity)
