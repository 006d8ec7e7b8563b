"""Threads that carry lanes."""

from __future__ import annotations

import threading

import pytest

from antiphon.waves.workers import Workers


@pytest.mark.parametrize("count", [1, 2, 4])
def test_each(count: int) -> None:
    """Results come in the order of the subjects; whoever asks works as well."""
    names: set[str] = set()

    def act(number: int) -> int:
        names.add(threading.current_thread().name)
        return number * number

    with Workers(count) as workers:
        for subjects in ([3], [1, 2], list(range(9))):
            assert workers.each(act, subjects) == [one * one for one in subjects]
    assert threading.current_thread().name in names
    assert len(names) <= count


def test_together() -> None:
    """Two are at work at the same time: each waits for the other."""
    meeting = threading.Barrier(2, timeout=60)
    with Workers(2) as workers:
        assert sorted(workers.each(lambda _: meeting.wait(), range(2))) == [0, 1]


def test_what_is_raised() -> None:
    """It is raised to whoever asks, when all are at rest again."""

    def act(number: int) -> int:
        return 1 // number

    with pytest.raises(ZeroDivisionError), Workers(3) as workers:
        workers.each(act, (2, 1, 0))
