"""A persistent map from small naturals: the old one stays as it was, the new one shares with it.

A radix trie of width 32, so that reading and writing cost the logarithm of the largest key.
Source: Bagwell, Ideal Hash Trees, EPFL 2001, without the hashing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_BITS = 5
_WIDTH = 1 << _BITS
_EMPTY: tuple[Any, ...] = (None,) * _WIDTH


class Persistent(Generic[T]):
    """An immutable map; ``put`` and ``drop`` give another one."""

    __slots__ = ("_depth", "_root")

    def __init__(self, root: tuple[Any, ...] = _EMPTY, depth: int = 1) -> None:
        self._root = root
        self._depth = depth

    def find(self, key: int) -> T | None:
        """The value at ``key``, or None."""
        if key < 0 or key >> (_BITS * self._depth):
            return None
        node: Any = self._root
        for level in range(self._depth - 1, -1, -1):
            node = node[(key >> (_BITS * level)) & (_WIDTH - 1)]
            if node is None:
                return None
        return node

    def __getitem__(self, key: int) -> T:
        found = self.find(key)
        if found is None:
            raise KeyError(key)
        return found

    def put(self, key: int, value: T) -> Persistent[T]:
        """This map with ``key`` at ``value``."""
        root, depth = self._root, self._depth
        while key >> (_BITS * depth):
            root = (root, *_EMPTY[1:])
            depth += 1
        return Persistent(_put(root, depth - 1, key, value), depth)

    def drop(self, key: int) -> Persistent[T]:
        """This map without ``key``."""
        if self.find(key) is None:
            return self
        return Persistent(_put(self._root, self._depth - 1, key, None), self._depth)

    def items(self) -> Iterator[tuple[int, T]]:
        """Every (key, value), keys ascending."""
        return _items(self._root, self._depth - 1, 0)

    def values(self) -> Iterator[T]:
        """Every value, keys ascending."""
        return (value for _, value in self.items())

    def differing(self, other: Persistent[T]) -> list[int]:
        """The keys, ascending, at which the two maps do not hold the very same object.

        What both share is not looked at.
        """
        one, two = self._root, other._root
        if one is two and self._depth == other._depth:
            return []
        for _ in range(self._depth, other._depth):
            one = (one, *_EMPTY[1:])
        for _ in range(other._depth, self._depth):
            two = (two, *_EMPTY[1:])
        keys: list[int] = []
        _differing(one, two, max(self._depth, other._depth) - 1, 0, keys)
        return keys


def _put(node: tuple[Any, ...] | None, level: int, key: int, value: object) -> tuple[Any, ...]:
    slots = list(node or _EMPTY)
    at = (key >> (_BITS * level)) & (_WIDTH - 1)
    slots[at] = value if level == 0 else _put(slots[at], level - 1, key, value)
    return tuple(slots)


def _items(node: tuple[Any, ...], level: int, base: int) -> Iterator[tuple[int, Any]]:
    for at, part in enumerate(node):
        if part is not None:
            key = base + (at << (_BITS * level))
            if level:
                yield from _items(part, level - 1, key)
            else:
                yield key, part


def _differing(
    one: tuple[Any, ...], two: tuple[Any, ...], level: int, base: int, keys: list[int]
) -> None:
    for at, (left, right) in enumerate(zip(one, two, strict=True)):
        if left is not right:
            key = base + (at << (_BITS * level))
            if level:
                _differing(left or _EMPTY, right or _EMPTY, level - 1, key, keys)
            else:
                keys.append(key)
