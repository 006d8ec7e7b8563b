"""Values for a sort: made leaf by leaf, or converted from what Python programs use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from antiphon.values.sort import BOOL, CORE, NAT, STR, UNIT, Sort
from antiphon.values.value import VARIANTS, Blob, Bool, Nat, Prod, Str, Unit, Value

PARTS_MAX: Final = 1000


def value_of_sort(sort: Sort, leaf: Callable[[Sort], Value]) -> Value:
    """A value of ``sort``, its parts that are no pairs made by ``leaf`` from left to right."""
    done: list[Value] = []
    stack: list[Sort | None] = [sort]
    while stack:
        item = stack.pop()
        if item is None:
            right = done.pop()
            done.append(Prod(done.pop(), right))
        elif item.left is not None and item.right is not None:
            stack += (None, item.right, item.left)
        else:
            done.append(leaf(item))
    return done[0]


def default_value(sort: Sort) -> Value:
    """The plainest value of a sort: unit, 0, false, the empty text, no bytes, pairs of these.

    A sort that delegates has none: nobody can make an endpoint.
    """
    return value_of_sort(sort, _default_leaf)


def _default_leaf(sort: Sort) -> Value:
    return _DEFAULTS[sort] if sort in CORE else Blob(sort.name, b"")


_DEFAULTS: Final[dict[Sort, Value]] = {
    UNIT: Unit(),
    NAT: Nat(0),
    BOOL: Bool(False),
    STR: Str(""),
}


def to_value(given: object, sort: Sort | None) -> Value:
    """The value of ``sort`` that a Python object means; without a sort, by the object's own type.

    None is unit, an int a natural, a bool, a str and bytes what they are. A tuple or a list is a
    pair; one that is longer than two is pairs nested to the right, as several payloads are.
    Values stand for themselves, and an object of a subclass for what it was before it was
    subclassed. Raises ``ValueError`` for anything else.
    """
    done: list[Value] = []
    stack: list[tuple[object, Sort | None] | None] = [(given, sort)]
    while stack:
        item = stack.pop()
        if item is None:
            right = done.pop()
            done.append(Prod(done.pop(), right))
            continue
        thing, wanted = item
        things = _items(thing)
        if things is not None and (wanted is None or wanted.left is not None):
            if len(done) + len(stack) > PARTS_MAX:
                raise ValueError(f"a value of more than {PARTS_MAX} parts is not converted")
            left, right = _halves(things)
            parts = (None, None) if wanted is None else (wanted.left, wanted.right)
            stack += (None, (right, parts[1]), (left, parts[0]))
        else:
            done.append(_leaf(thing, wanted))
    return done[0]


def from_value(value: Value) -> object:
    """The Python object that ``to_value`` turns into a value: a pair is a tuple of two, an endpoint
    stands for itself.
    """
    done: list[object] = []
    stack: list[Value | None] = [value]
    while stack:
        item = stack.pop()
        match item:
            case None:
                right = done.pop()
                done.append((done.pop(), right))
            case Prod(left, right):
                stack += (None, right, left)
            case Unit():
                done.append(None)
            case Nat(plain) | Bool(plain) | Str(plain):
                done.append(plain)
            case Blob(_, data):
                done.append(data)
            case _:
                done.append(item)
    return done[0]


def _items(thing: object) -> tuple[object, ...] | None:
    if isinstance(thing, tuple | list):
        return tuple(cast("tuple[object, ...] | list[object]", thing))
    return None


def _halves(things: tuple[object, ...]) -> tuple[object, object]:
    if len(things) < 2:
        raise ValueError(f"a pair is wanted, not {len(things)} values")
    left, *rest = things
    return left, rest[0] if len(rest) == 1 else tuple(rest)


def _leaf(thing: object, sort: Sort | None) -> Value:
    value: Value | None = None
    if type(thing) in VARIANTS:
        return cast("Value", thing)
    if thing is None:
        value = _if(sort, UNIT, Unit())
    elif isinstance(thing, bool):
        value = _if(sort, BOOL, Bool(thing))
    elif isinstance(thing, int) and int.__ge__(thing, 0):
        value = _if(sort, NAT, Nat(int.__int__(thing)))
    elif isinstance(thing, str):
        value = _if(sort, STR, Str(str.__str__(thing)))
    elif isinstance(thing, bytes) and (sort is None or _is_user_sort(sort)):
        value = Blob("bytes" if sort is None else sort.name, bytes.__bytes__(thing))
    if value is None:
        wanted = "a value" if sort is None else sort.name
        raise ValueError(f"{wanted} is wanted, not {_words(thing)}")
    return value


def _is_user_sort(sort: Sort) -> bool:
    return sort not in CORE and sort.left is None and sort.delegates is None


def _if(sort: Sort | None, expected: Sort, value: Value) -> Value | None:
    return value if sort is None or sort is expected else None


def _words(thing: object) -> str:
    negative = isinstance(thing, int) and not isinstance(thing, bool) and thing < 0
    return "a negative integer" if negative else type(thing).__name__
