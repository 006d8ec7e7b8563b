"""Smaller cases that still differ: shorter lists of draws, and smaller numbers in them.

Source: MacIver and Donaldson, Test-Case Reduction via Test-Case Generation, ECOOP 2020.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

Draws: TypeAlias = tuple[int, ...]
TRIES_MAX: Final = 1500
_LONGEST = 64


def shrink(
    draws: Sequence[int], still_differs: Callable[[Draws], bool], tries_max: int = TRIES_MAX
) -> Draws:
    """The smallest draws found from which ``still_differs``: shorter first, then smaller.

    ``draws`` themselves must differ. At most ``tries_max`` lists are tried.
    """
    best, tries = _without_end(draws), 0
    seen = {best}
    improved = True
    while improved:
        improved = False
        for tried in _smaller(best):
            if tried in seen:
                continue
            if tries == tries_max:
                return best
            seen.add(tried)
            tries += 1
            if still_differs(tried):
                best, improved = tried, True
                break
    return best


def _smaller(draws: Draws) -> Iterator[Draws]:
    """Smaller lists, those that are most so first; a source draws 0 where a list has ended."""
    for length in _lengths(len(draws)):
        for start in range(len(draws) - length, -1, -length):
            yield _without_end((*draws[:start], *draws[start + length :]))
    for place, number in enumerate(draws):
        for lower in dict.fromkeys((0, number // 2, number - 1)):
            if 0 <= lower < number:
                yield _without_end((*draws[:place], lower, *draws[place + 1 :]))


def _lengths(total: int) -> Iterator[int]:
    length = _LONGEST
    while length:
        if length <= total:
            yield length
        length //= 2


def _without_end(draws: Sequence[int]) -> Draws:
    """Without zeros at the end, which mean nothing."""
    end = len(draws)
    while end and draws[end - 1] == 0:
        end -= 1
    return tuple(draws[:end])
