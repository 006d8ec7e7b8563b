"""The policies that rank."""

import pytest

from antiphon.scheduler.lineup import Candidate, Lineup
from antiphon.scheduler.ranking import (
    OVERTAKES_MAX,
    aging,
    priority,
    progress_aware,
    token_weighted,
)


def lineup(*candidates: tuple[int, int, int, int], overtakes: int = 0) -> Lineup:
    """Candidates: id, priority, ticks waited, tokens."""
    return Lineup(tuple(Candidate(*one) for one in candidates), overtakes)


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([(4, 0, 9, 9), (3, 1, 0, 0)], 3),
        ([(4, -1, 0, 0), (3, -2, 0, 0)], 4),
        ([(4, 1, 0, 0), (3, 1, 0, 0), (5, 1, 0, 0)], 3),
    ],
)
def test_priority(candidates: list[tuple[int, int, int, int]], expected: int) -> None:
    """The largest priority, then the smallest id; nothing else counts."""
    assert priority(lineup(*candidates)) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([(4, 0, 9, 0), (3, 8, 0, 9)], 4),
        ([(4, 0, 7, 0), (3, 8, 0, 0)], 3),
        ([(4, 0, 8, 0), (3, 8, 0, 0)], 3),
        ([(4, -5, 8, 0), (3, 0, 2, 0)], 4),
    ],
)
def test_aging(candidates: list[tuple[int, int, int, int]], expected: int) -> None:
    """The largest sum of priority and ticks waited, then the smallest id."""
    assert aging(lineup(*candidates)) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([(4, 9, 9, 0), (3, 0, 0, 1), (5, 0, 0, 2)], 5),
        ([(4, 0, 0, 1), (3, 9, 0, 1)], 4),
        ([(4, 0, 0, 0), (3, 9, 0, 0)], 4),
    ],
)
def test_token_weighted(candidates: list[tuple[int, int, int, int]], expected: int) -> None:
    """The most tokens, then the turn."""
    assert token_weighted(lineup(*candidates)) == expected


@pytest.mark.parametrize(
    ("candidates", "overtakes", "expected"),
    [
        ([(4, 9, 9, 0), (3, 0, 0, 1), (5, 0, 0, 2)], 0, 3),
        ([(4, 9, 9, 0), (3, 0, 0, 1), (5, 0, 0, 2)], OVERTAKES_MAX - 1, 3),
        ([(4, 9, 9, 0), (3, 0, 0, 1), (5, 0, 0, 2)], OVERTAKES_MAX, 4),
        ([(4, 0, 0, 0), (3, 9, 0, 0)], 0, 4),
        ([(4, 0, 0, 1), (3, 9, 0, 1)], 0, 4),
    ],
)
def test_progress_aware(
    candidates: list[tuple[int, int, int, int]], overtakes: int, expected: int
) -> None:
    """The first that has a token; the head if there is none, or was passed over long enough."""
    assert progress_aware(lineup(*candidates, overtakes=overtakes)) == expected
