"""Small scopes: every global type up to a size, counted before it is made.

The convention: a message goes from any role to any other; a choice has one branch ``a``, or two,
``a`` and ``b``, and so on; ``depth`` is the most messages on a path; with recursion, a part may be
inside one ``rec X``, that uses X and begins with a message, and no recursion is inside another.
So the numbers are those of the earlier prototype (``N(0) = 1``, ``N(d) = 1 + P * sum N(d-1)^k``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

from antiphon.theory.global_type import END, Comm, GlobalType, comm, rec, var
from antiphon.values.sort import UNIT

_ROLES: Final = ("A", "B", "C", "D", "E")
_LABELS: Final = ("a", "b", "c", "d")
_LOOP: Final = var("X")


@dataclass(frozen=True, slots=True)
class Scope:
    """Global types of so many roles, labels and messages on a path; ``bound`` is how many messages
    a queue holds where there is recursion, so that what is reached is finite.
    """

    roles: int
    labels: int
    depth: int
    is_recursive: bool = False
    bound: int | None = None

    def __str__(self) -> str:
        mu = f", one recursion, queues of {self.bound}" if self.is_recursive else ""
        return f"{self.roles} roles, {self.labels} labels, depth {self.depth}{mu}"

    @property
    def names(self) -> tuple[str, ...]:
        """The roles."""
        return _ROLES[: self.roles]

    @property
    def cardinality(self) -> int:
        """How many types there are."""
        closed, with_loop, open_ = 1, 1, 2
        pairs = self.roles * (self.roles - 1)
        for _ in range(self.depth):
            loops = pairs * (self._choices(open_) - self._choices(closed))
            with_loop = 1 + pairs * self._choices(with_loop) + loops
            closed = 1 + pairs * self._choices(closed)
            open_ = 2 + pairs * self._choices(open_)
        return with_loop if self.is_recursive else closed

    def _choices(self, then: int) -> int:
        return sum(then**labels for labels in range(1, self.labels + 1))

    def types(self) -> Iterator[GlobalType]:
        """Every type: shallow ones first, then by the number of branches at the root."""
        if self.is_recursive:
            yield from self._looping(self.depth)
        else:
            yield from self._types(self.depth, (END,))

    def _types(self, depth: int, leaves: tuple[GlobalType, ...]) -> list[GlobalType]:
        found: list[GlobalType] = list(leaves)
        if depth:
            found += self._comms(self._types(depth - 1, leaves))
        return found

    def _looping(self, depth: int) -> list[GlobalType]:
        found: list[GlobalType] = [END]
        if depth:
            found += self._comms(self._looping(depth - 1))
            bodies = self._comms(self._types(depth - 1, (END, _LOOP)))
            found += [rec(_LOOP.name, body) for body in bodies if _LOOP.name in body.free]
        return found

    def _comms(self, then: list[GlobalType]) -> Iterator[Comm]:
        pairs = tuple(permutations(self.names, 2))
        for count in range(1, self.labels + 1):
            for (sender, receiver), ways in product(pairs, product(then, repeat=count)):
                labelled = zip(_LABELS, ways, strict=False)
                yield comm(sender, receiver, ((label, UNIT, way) for label, way in labelled))
