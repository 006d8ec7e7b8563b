"""Values of every variant, and those that are nearly what is asked for.

What is near differs in one thing that a machine could overlook: the sort that some bytes belong to,
the order of a pair, a core sort's name on a Blob, one more than what fits a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from antiphon.effects.conversion import value_of_sort
from antiphon.parity.generate_global import USER_SORTS
from antiphon.parity.source import Source
from antiphon.values.sort import BOOL, CORE, NAT, STR, UNIT, Sort, product
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Value

ABSENT: Final = "Z"
"""A role that no protocol has."""

NUMBERS: Final = (0, 1, 2**60 - 1, 2**60, 2**60 + 1, 2**63 - 1, 2**63, 2**63 + 1, 2**64)
FOREIGN: Final = 2**40
"""From this session on, an endpoint does not fit a word of the engine."""
SESSIONS: Final = (0, 0, 0, 0, 1, 2, 9, 64, FOREIGN - 1, FOREIGN, FOREIGN + 1)
_TEXTS = ("", "text", "ü\U0001f600")
_BYTES = (b"", b"\x00", b"\xff\x01")
_CORE_NAMES = frozenset(sort.name for sort in CORE)


def value(source: Source, roles: tuple[str, ...]) -> Value:
    """A constant of any variant."""
    match source.below(9):
        case 0:
            return NOTHING
        case 1 | 2:
            return Nat(source.pick(NUMBERS))
        case 3:
            return Bool(source.chance(50))
        case 4:
            return Str(source.pick(_TEXTS))
        case 5:
            left, right = Nat(source.pick(NUMBERS)), Bool(True)
            return Prod(right, left) if source.chance(50) else Prod(left, right)
        case 6 | 7:
            return _blob(source, source.pick(USER_SORTS))
        case _:
            return endpoint(source, roles)


def endpoint(source: Source, roles: tuple[str, ...]) -> Endpoint:
    """An endpoint of anybody, also of sessions and roles that are not there."""
    return Endpoint(source.pick(SESSIONS), source.pick((*roles, ABSENT)))


def near_sort(source: Source, sort: Sort) -> Sort:
    """Another sort that ``sort`` could be taken for."""
    if sort.left is not None and sort.right is not None:
        if source.chance(30):
            return product(sort.left, near_sort(source, sort.right))
        return product(sort.right, sort.left)
    if sort in USER_SORTS:
        return USER_SORTS[1 - USER_SORTS.index(sort)]
    return source.pick((USER_SORTS[0], *(other for other in CORE if other is not sort)))


def near_value(source: Source, sort: Sort) -> Value:
    """A value that has the sort, or nearly has it."""
    if sort.delegates is not None:
        role = sort.delegates[1]
        return source.pick(
            (NOTHING, Blob(sort.name, b""), *(Endpoint(at, role) for at in SESSIONS))
        )
    match source.below(5):
        case 0:
            return value_of_sort(near_sort(source, sort), partial(_leaf, source))
        case 1 | 2:
            return value_of_sort(sort, partial(_blob, source))
        case _:
            return value_of_sort(sort, partial(_leaf, source))


def _leaf(source: Source, sort: Sort) -> Value:
    if sort is UNIT:
        return NOTHING
    if sort is NAT:
        return Nat(source.pick(NUMBERS))
    if sort is BOOL:
        return Bool(source.chance(50))
    if sort is STR:
        return Str(source.pick(_TEXTS))
    return _blob(source, sort)


def _blob(source: Source, sort: Sort) -> Value:
    """Bytes under the name of the sort, whatever sort that is."""
    return Blob(sort.name, source.pick(_BYTES))


TRAITS: Final = (
    "equal bytes of two sorts",
    "a Blob of a core sort",
    "an endpoint that no session can have",
    "pairs of swapped sorts",
)
"""What ``traits`` looks for."""


def traits(values: Iterable[Value]) -> Iterator[str]:
    """Which of the near things are among some values."""
    seen = set(_parts(values))
    blobs = [part for part in seen if isinstance(part, Blob)]
    if len({blob.data for blob in blobs}) < len(blobs):
        yield TRAITS[0]
    if any(blob.sort in _CORE_NAMES for blob in blobs):
        yield TRAITS[1]
    if any(isinstance(part, Endpoint) and part.session >= FOREIGN for part in seen):
        yield TRAITS[2]
    pairs = {(_shape(p.left), _shape(p.right)) for p in seen if isinstance(p, Prod)}
    if any(left != right and (right, left) in pairs for left, right in pairs):
        yield TRAITS[3]


def _parts(values: Iterable[Value]) -> Iterator[Value]:
    pending = list(values)
    while pending:
        part = pending.pop()
        yield part
        if isinstance(part, Prod):
            pending += (part.left, part.right)


def _shape(part: Value) -> str:
    return part.sort if isinstance(part, Blob) else type(part).__name__
