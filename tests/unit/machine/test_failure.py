"""Failures: their limits, and one at a place."""

import pytest

from antiphon.machine.config import Config
from antiphon.machine.failure import (
    Corrupt,
    Crash,
    Delay,
    Drop,
    Failure,
    Partition,
    Pause,
    check_failures,
)


@pytest.mark.parametrize(
    "failures",
    [
        (Crash(0, "A", 1), Crash(0, "A", 2), Crash(1, "A", 1), Crash(0, "B", 1)),
        (Drop(0, "A", "B", 0), Partition(0, "A", "B", 0), Drop(0, "B", "A", 0)),
        (Pause(2**31 - 1, "A", 2**31 - 1, 2**31 - 1), Partition(0, "A", "B", 3, None)),
    ],
)
def test_accepts(failures: tuple[Failure, ...]) -> None:
    """Different places, up to the largest; a link may go down where a message fails."""
    check_failures(failures)


@pytest.mark.parametrize(
    ("failures", "words"),
    [
        ((Crash(0, "A", 1), Pause(0, "A", 1, 5)), "one place"),
        ((Drop(0, "A", "B", 0), Delay(0, "A", "B", 0, 1)), "one place"),
        ((Partition(0, "A", "B", 0), Partition(0, "A", "B", 0, 7)), "one place"),
        ((Crash(-1, "A", 1),), "session must be"),
        ((Crash(0, "A", 2**31),), "index must be"),
        ((Drop(0, "A", "B", -1),), "index must be"),
        ((Pause(0, "A", 1, 0),), "ticks must be"),
        ((Delay(0, "A", "B", 0, 2**31),), "ticks must be"),
        ((Partition(0, "A", "B", 0, 0),), "ticks must be"),
        ((Corrupt(0, "A", "B", 0, "burn"),), "kind is one of"),
    ],
)
def test_rejects(failures: tuple[Failure, ...], words: str) -> None:
    """Two at one place, and numbers that nothing reaches."""
    with pytest.raises(ValueError, match=words):
        check_failures(failures)


def test_order_means_nothing() -> None:
    """Configurations with the same failures are equal."""
    failures = (Drop(0, "A", "B", 1), Crash(0, "A", 1), Drop(0, "A", "B", 0), Pause(0, "B", 1, 2))
    assert Config(failures=failures) == Config(failures=failures[::-1])
