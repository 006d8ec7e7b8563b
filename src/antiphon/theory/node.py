"""Hash-consing: one object per type, so that equality is identity and sharing is free (S38).

Source: Filliatre and Conchon, Type-Safe Modular Hash-Consing, ML workshop 2006.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from typing import TypeVar
from weakref import WeakValueDictionary

NO_VARIABLES: frozenset[str] = frozenset()


class Node:
    """A hash-consed type. ``free`` holds the recursion variables that occur free in it."""

    __slots__ = ("__weakref__", "free")

    free: frozenset[str]

    def __copy__(self) -> Node:
        return self

    def __deepcopy__(self, memo: object) -> Node:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("types are written with antiphon.theory.interchange, not pickled")


N = TypeVar("N", bound=Node)
_TABLE: WeakValueDictionary[Hashable, Node] = WeakValueDictionary()


def intern(kind: type[N], key: Hashable, make: Callable[[], N]) -> N:
    """The one node of class ``kind`` with this key, made on first use."""
    found = _TABLE.get((kind, key))
    if found is None:
        found = _TABLE[(kind, key)] = make()
    return found  # pyright: ignore[reportReturnType]  (the key holds the class)


def union_free(nodes: tuple[Node, ...]) -> frozenset[str]:
    """The variables free in any of ``nodes``."""
    result = NO_VARIABLES
    for node in nodes:
        if node.free and node.free is not result:
            result = result | node.free if result else node.free
    return result


@contextmanager
def building() -> Generator[None]:
    """Let the cyclic garbage collector rest while a large structure is built.

    Nothing of it is garbage yet; looking at all of it again and again would make the time grow
    faster than the input.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
