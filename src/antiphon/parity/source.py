"""Where a case's choices come from: bounded integers, drawn from a seed or from a list.

A case is a function of the integers it draws, so the list of them is the case: it can be stored,
replayed and made smaller without knowing what it means. Small numbers mean simple things.
Source: MacIver and Donaldson, Test-Case Reduction via Test-Case Generation, ECOOP 2020.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = 2**64 - 1
_GOLDEN = 0x9E3779B97F4A7C15


def mix(number: int) -> int:
    """A 64-bit hash of a 64-bit number, one to one: the finaliser of SplitMix64.

    Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
    """
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _MASK
    return number ^ number >> 31


class Source:
    """Draws bounded integers: first those of ``given``, then a stream, if ``key`` names one.

    Without a stream every further draw is 0. ``drawn`` holds what was drawn so far; it is the
    ``given`` of a source that draws the same again.
    """

    def __init__(self, given: Sequence[int] = (), key: str | None = None) -> None:
        self.drawn: list[int] = []
        self._given = given
        self._counter: int | None = None
        if key is not None:
            self._counter = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")

    def below(self, bound: int) -> int:
        """A number from 0 to ``bound`` - 1."""
        place = len(self.drawn)
        if place < len(self._given):
            number = min(self._given[place], bound - 1)
        elif self._counter is None:
            number = 0
        else:
            self._counter = self._counter + _GOLDEN & _MASK
            number = mix(self._counter) % bound
        self.drawn.append(number)
        return number

    def chance(self, percent: int) -> bool:
        """True in ``percent`` of 100 draws; False is the simple one."""
        return self.below(100) >= 100 - percent

    def pick(self, options: Sequence[T]) -> T:
        """One of the options; the first is the simple one."""
        return options[self.below(len(options))]
