"""A first-in first-out queue that never changes: adding to one makes another.

Source: Okasaki, Purely Functional Data Structures, 1998 (batched queues): O(1) amortised as long
as each version is used once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeAlias, TypeVar

T = TypeVar("T")
_Chain: TypeAlias = "tuple[T, _Chain[T]] | None"


class Backlog(Generic[T]):
    """The queue; empty when it is made without arguments."""

    __slots__ = ("_back", "_front")

    def __init__(self, front: _Chain[T] = None, back: _Chain[T] = None) -> None:
        if front is None:
            while back is not None:
                item, back = back
                front = item, front
        self._front: Final = front
        self._back: Final = back

    def __bool__(self) -> bool:
        return self._front is not None

    def __iter__(self) -> Iterator[T]:
        chain = self._front
        while chain is not None:
            yield chain[0]
            chain = chain[1]
        newest: list[T] = []
        chain = self._back
        while chain is not None:
            newest.append(chain[0])
            chain = chain[1]
        yield from reversed(newest)

    @property
    def first(self) -> T:
        """The oldest item; raises ``IndexError`` if there is none."""
        if self._front is None:
            raise IndexError("an empty backlog has no first item")
        return self._front[0]

    def rest(self) -> Backlog[T]:
        """All but the oldest item; raises ``IndexError`` if there is none."""
        if self._front is None:
            raise IndexError("an empty backlog has no first item")
        return Backlog(self._front[1], self._back)

    def add(self, item: T) -> Backlog[T]:
        """With ``item`` as the newest."""
        return Backlog(self._front, (item, self._back))
