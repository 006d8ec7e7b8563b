"""Small scope: every projectable global type up to a size, one after the other.

Up to two communications on a path, at most two branches each, among three roles, inside a
recursion or not; the first message goes from ``A`` to ``B`` without loss of generality.
Source: Jackson, Software Abstractions, MIT Press 2006, on the small scope hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations

from antiphon.errors import ProgramError
from antiphon.theory.global_type import END, Comm, GlobalType, comm, message, rec, var
from antiphon.theory.projection import project_all
from antiphon.values.sort import NAT, UNIT

_ROLES = ("A", "B", "C")


@cache
def small_types() -> tuple[GlobalType, ...]:
    """Every projectable type of the scope, always in the same order."""
    return tuple(root for root in _candidates() if _is_projectable(root))


def _candidates() -> Iterator[GlobalType]:
    yield from _actions((("A", "B"),), (END, *_inner((END,))))
    loop = var("X")
    for body in _actions((("A", "B"),), (END, loop, *_inner((END, loop)))):
        if loop.name in body.free:
            yield rec(loop.name, body)


def _inner(leaves: tuple[GlobalType, ...]) -> Iterator[Comm]:
    return _actions(tuple(permutations(_ROLES, 2)), leaves)


def _actions(pairs: tuple[tuple[str, str], ...], then: tuple[GlobalType, ...]) -> Iterator[Comm]:
    for sender, receiver in pairs:
        for one in then:
            yield message(sender, receiver, "a", one, NAT)
        for one in then:
            for other in then:
                yield comm(sender, receiver, (("a", UNIT, one), ("b", NAT, other)))


def _is_projectable(root: GlobalType) -> bool:
    try:
        project_all(root)
    except ProgramError:
        return False
    return True
