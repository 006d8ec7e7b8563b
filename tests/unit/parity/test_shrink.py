"""Shrinking: shorter, then smaller, never to something that does not differ."""

import pytest

from antiphon.parity.shrink import Draws, shrink


@pytest.mark.parametrize(
    ("draws", "smallest"),
    [
        ((9,) * 40, (7,)),
        ((1, 2, 3, 50, 4, 0, 0), (7,)),
        ((0, 0, 8), (7,)),
        ((7,), (7,)),
    ],
)
def test_finds_the_smallest(draws: Draws, smallest: Draws) -> None:
    """One number of at least 7 is all that is needed."""
    assert shrink(draws, lambda tried: any(number >= 7 for number in tried)) == smallest


def test_keeps_what_is_needed_together() -> None:
    """Two numbers that are needed in their order stay in it."""

    def differs(tried: Draws) -> bool:
        return 3 in tried and 5 in tried[tried.index(3) :]

    assert shrink((1, 9, 3, 4, 4, 5, 2), differs) == (3, 5)


def test_stops_after_so_many_tries() -> None:
    """The budget holds, and what is left still differs."""
    tries: list[Draws] = []

    def differs(tried: Draws) -> bool:
        tries.append(tried)
        return sum(tried) >= 100

    found = shrink((90,) * 50, differs, tries_max=10)
    assert len(tries) == 10
    assert sum(found) >= 100
