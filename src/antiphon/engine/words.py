"""Values as words of 64 bits, and back (decision 0004).

The three low bits are the tag, the rest is the content:

    0  Unit        nothing
    1  Nat         the number, below 2^60
    2  Bool        0 or 1
    3  Endpoint    session (40 bits), number of the role's name (20 bits)
    4  object      number in the side table, number of its sort (28 bits)
    5  Endpoint    number in the side table: one that no session can have

The number of a sort is the tag for unit, nat and bool, so that the kernel reads the sort off the
word; it also knows that of texts. A value without a sort has the number of endpoints, which no
declared sort has: whether an endpoint has a sort that delegates depends on its session. Equal
values have equal words.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Final

from antiphon.engine.kernel import (
    BOOL_TAG,
    DELEGATING,
    ENDPOINT_TAG,
    FOREIGN_TAG,
    NAT_TAG,
    OBJECT_BITS,
    OBJECT_TAG,
    ROLE_BITS,
    SESSION_BITS,
    SORT_BITS,
    STR_SORT,
    TAG,
    TAG_BITS,
    UNIT_TAG,
)
from antiphon.errors import Refusal
from antiphon.values.sort import CORE, STR, Sort
from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

NAT_LIMIT: Final = 2**60
SESSION_LIMIT: Final = 2**SESSION_BITS
ROLE_LIMIT: Final = 2**ROLE_BITS
SORT_LIMIT: Final = DELEGATING
OBJECT_LIMIT: Final = 2**OBJECT_BITS
NO_SORT: Final = ENDPOINT_TAG
FIRST_SORT: Final = STR_SORT + 1
FEWEST_TO_SWEEP: Final = 4096
_CORE_NAMES: Final = frozenset(sort.name for sort in CORE)


class Words:
    """The names, sorts and side table of one machine.

    ``live`` gives every word in use that may name an object, if objects out of use may be dropped;
    None keeps them all, as a trace needs. ``sweeps`` counts how often some were dropped: from then
    on a word may stand for another value than before.
    """

    def __init__(self, live: Callable[[], Iterable[int]] | None = None) -> None:
        self._live = live
        self._roles: dict[str, int] = {}
        self._role_names: list[str] = []
        self._sorts: dict[Hashable, int] = {
            "unit": UNIT_TAG,
            "nat": NAT_TAG,
            "bool": BOOL_TAG,
            STR.name: STR_SORT,
        }
        self._next_sort = FIRST_SORT
        self._delegating: dict[tuple[str, str], int] = {}
        self._objects: list[Value | None] = []
        self._keys: list[Hashable] = []
        self._words: dict[Hashable, int] = {}
        self._free: list[int] = []
        self._pinned: set[int] = set()
        self._limit = FEWEST_TO_SWEEP
        self.sweeps = 0

    def role(self, name: str) -> int:
        """The number of a role's name."""
        number = self._roles.get(name)
        if number is None:
            if len(self._roles) == ROLE_LIMIT:
                raise Refusal("too-many-roles", f"a machine knows at most {ROLE_LIMIT} role names")
            number = self._roles[name] = len(self._role_names)
            self._role_names.append(name)
        return number

    def sort(self, sort: Sort) -> int:
        """The number of a declared sort."""
        done: list[int] = []
        stack: list[Sort | None] = [sort]
        while stack:
            item = stack.pop()
            if item is None:
                done.append(self._pair(done.pop(), done.pop()))
            elif item.left is not None and item.right is not None:
                stack += (None, item.left, item.right)
            else:
                done.append(
                    self.endpoint(*item.delegates) if item.delegates else self._numbered(item.name)
                )
        return done[0]

    def endpoint(self, protocol: str, role: str) -> int:
        """The number of the sort of a role's new endpoints; it has a bit that no other sort has."""
        number = self._delegating.get((protocol, role))
        if number is None:
            if len(self._delegating) == DELEGATING:
                raise Refusal("too-many-sorts", f"a machine knows at most {DELEGATING} such sorts")
            number = self._delegating[protocol, role] = DELEGATING | len(self._delegating)
        return number

    def encode(self, value: Value) -> int:
        """The word of a value."""
        match value:
            case Nat(number) if number < NAT_LIMIT:
                return number << TAG_BITS | NAT_TAG
            case Unit():
                return UNIT_TAG
            case Bool(truth):
                return bool(truth) << TAG_BITS | BOOL_TAG
            case Endpoint(session, role) if self._is_near(session, role):
                return (session << ROLE_BITS | self.role(role)) << TAG_BITS | ENDPOINT_TAG
            case _:
                return self._object(value)

    def pin(self, value: Value) -> int:
        """The word of a value that is kept for ever: a constant of a program."""
        word = self.encode(value)
        if word & TAG >= OBJECT_TAG:
            self._pinned.add(word)
        return word

    def decode(self, word: int) -> Value:
        """The value of a word."""
        tag, content = word & TAG, word >> TAG_BITS
        if tag == NAT_TAG:
            return _nat(content)
        if tag == UNIT_TAG:
            return UNIT
        if tag == BOOL_TAG:
            return Bool(content == 1)
        if tag == ENDPOINT_TAG:
            return _endpoint(content >> ROLE_BITS, self._role_names[content & (ROLE_LIMIT - 1)])
        value = self._objects[content >> SORT_BITS]
        assert value is not None
        return value

    @property
    def objects(self) -> int:
        """How many values are in the side table."""
        return len(self._objects) - len(self._free)

    def _is_near(self, session: int, role: str) -> bool:
        known = role in self._roles or len(self._roles) < ROLE_LIMIT
        return 0 <= session < SESSION_LIMIT and known

    def _pair(self, left: int, right: int) -> int:
        return NO_SORT if NO_SORT in (left, right) else self._numbered((left, right))

    def _numbered(self, key: Hashable) -> int:
        number = self._sorts.get(key)
        if number is None:
            if self._next_sort == SORT_LIMIT:
                raise Refusal("too-many-sorts", f"a machine knows fewer than {SORT_LIMIT} sorts")
            number = self._sorts[key] = self._next_sort
            self._next_sort += 1
        return number

    def _sort_of(self, value: Value) -> int:
        """The number of the one sort that a value has."""
        done: list[int] = []
        stack: list[Value | None] = [value]
        while stack:
            item = stack.pop()
            if item is None:
                done.append(self._pair(done.pop(), done.pop()))
            elif isinstance(item, Prod):
                stack += (None, item.left, item.right)
            else:
                done.append(self._atomic(item))
        return done[0]

    def _atomic(self, value: Value) -> int:
        match value:
            case Unit():
                return UNIT_TAG
            case Nat():
                return NAT_TAG
            case Bool():
                return BOOL_TAG
            case Str():
                return self._numbered(STR.name)
            case Blob(sort):
                return NO_SORT if sort in _CORE_NAMES else self._numbered(sort)
            case _:
                return NO_SORT

    def _object(self, value: Value) -> int:
        key = _key(value)
        word = self._words.get(key)
        return self._new_object(key, value) if word is None else word

    def _new_object(self, key: Hashable, value: Value) -> int:
        if self._live is not None and self.objects >= self._limit:
            self._sweep(self._live())
        sort = self._sort_of(value)
        if self._free:
            number = self._free.pop()
        else:
            number = len(self._objects)
            if number == OBJECT_LIMIT:
                raise Refusal("too-many-values", f"at most {OBJECT_LIMIT} values are kept")
            self._objects.append(None)
            self._keys.append(None)
        self._objects[number], self._keys[number] = value, key
        tag = FOREIGN_TAG if isinstance(value, Endpoint) else OBJECT_TAG
        word = (number << SORT_BITS | sort) << TAG_BITS | tag
        self._words[key] = word
        return word

    def _sweep(self, live: Iterable[int]) -> None:
        """Drop what no word in use names; twice as many as are left make the next sweep."""
        self.sweeps += 1
        kept = {word >> TAG_BITS + SORT_BITS for word in (*live, *self._pinned)}
        for number, value in enumerate(self._objects):
            if value is not None and number not in kept:
                del self._words[self._keys[number]]
                self._objects[number] = self._keys[number] = None
                self._free.append(number)
        self._limit = max(FEWEST_TO_SWEEP, 2 * self.objects)


@lru_cache(maxsize=4096)
def _nat(number: int) -> Nat:
    """The value, which is looked at much more often than there are different ones."""
    return Nat(number)


@lru_cache(maxsize=4096)
def _endpoint(session: int, role: str) -> Endpoint:
    return Endpoint(session, role)


def _key(value: Value) -> Hashable:
    """What a value of the side table is found by: as plain as it can be."""
    match value:
        case Str(text):
            return text
        case Nat(number):
            return number
        case Blob(sort, data):
            return (sort, data)
        case _:
            return value
