"""Payload sorts, and whether a value has one.

Sorts are hash-consed: one object per sort, so that equality is identity. A sort that delegates
stands for an endpoint that is handed over: of the role R in a session of the protocol P.
"""

from __future__ import annotations

from typing import Final

from antiphon.values.value import DEPTH_MAX, Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value


class Sort:
    """A payload sort. ``left`` and ``right`` are set exactly for pairs; ``depth`` counts how deep
    those nest. ``delegates`` is set exactly for endpoints: the protocol and the role.

    Make one with the constants ``UNIT``, ``NAT``, ``BOOL``, ``STR`` or with ``product``, ``named``
    and ``delegation``; never with the class itself.
    """

    __slots__ = ("_word", "delegates", "depth", "left", "right")

    def __init__(
        self,
        word: str,
        left: Sort | None = None,
        right: Sort | None = None,
        delegates: tuple[str, str] | None = None,
    ) -> None:
        self._word: Final = word
        self.delegates: Final = delegates
        self.left: Final = left
        self.right: Final = right
        self.depth: Final[int] = 1 + max(left.depth, right.depth) if left and right else 0

    @property
    def name(self) -> str:
        """How it is written. Only the parts of a pair keep their names: pairs nest."""
        if self.left is None:
            return self._word
        out: list[str] = []
        stack: list[Sort | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                out.append(item)
            elif item.left is not None and item.right is not None:
                stack += (")", item.right, " * ", item.left, "(")
            else:
                out.append(item.name)
        return "".join(out)

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (parse_sort, (self.name,))


_NAMED: dict[str, Sort] = {}
_PAIRS: dict[tuple[Sort, Sort], Sort] = {}
_DELEGATIONS: dict[tuple[str, str], Sort] = {}


def _end_of_name(text: str, start: int) -> int:
    """Where the name of a sort ends that starts here."""
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] in "_.'"):
        end += 1
    return end


def named(name: str) -> Sort:
    """The sort called ``name``: a core sort, or a user's sort whose values are Blobs.

    Raises ``ValueError`` unless the name is made of letters, digits, ``_``, ``.`` and primes.
    """
    sort = _NAMED.get(name)
    if sort is None:
        if _end_of_name(name, 0) < max(1, len(name)):
            raise ValueError(f"not the name of a sort: {name!r}")
        sort = _NAMED[name] = Sort(name)
    return sort


UNIT: Final = named("unit")
NAT: Final = named("nat")
BOOL: Final = named("bool")
STR: Final = named("string")
CORE: Final = (UNIT, NAT, BOOL, STR)


def delegation(protocol: str, role: str) -> Sort:
    """The sort of endpoints of ``role`` in a session of ``protocol``; written ``protocol@role``.

    Raises ``ValueError`` unless both are names as ``named`` takes them.
    """
    sort = _DELEGATIONS.get((protocol, role))
    if sort is None:
        for name in (protocol, role):
            if _end_of_name(name, 0) < max(1, len(name)):
                raise ValueError(f"not a name that a sort can contain: {name!r}")
        sort = Sort(f"{protocol}@{role}", delegates=(protocol, role))
        _DELEGATIONS[protocol, role] = sort
    return sort


def product(left: Sort, right: Sort) -> Sort:
    """The sort of pairs; written ``(left * right)``.

    Raises ``ValueError`` if pairs would nest deeper than values may, or if a part delegates: an
    endpoint travels alone.
    """
    sort = _PAIRS.get((left, right))
    if sort is None:
        if left.delegates or right.delegates:
            raise ValueError("an endpoint is no part of a pair")
        if max(left.depth, right.depth) >= DEPTH_MAX:
            raise ValueError(f"pairs may nest at most {DEPTH_MAX} deep")
        sort = _PAIRS[left, right] = Sort("", left, right)
    return sort


def payload(sorts: tuple[Sort, ...]) -> Sort:
    """The one sort that carries several payloads: unit for none, pairs nested to the right."""
    if not sorts:
        return UNIT
    result = sorts[-1]
    for sort in reversed(sorts[:-1]):
        result = product(sort, result)
    return result


def has_sort(value: Value, sort: Sort) -> bool:
    """Whether ``value`` may be carried where ``sort`` is declared.

    No value has a sort that delegates of itself: it depends on the session of an endpoint.
    """
    pending = [(value, sort)]
    while pending:
        value, sort = pending.pop()
        if sort.left is not None and sort.right is not None:
            if not isinstance(value, Prod):
                return False
            pending.append((value.left, sort.left))
            pending.append((value.right, sort.right))
        elif not _has_atomic_sort(value, sort):
            return False
    return True


def _has_atomic_sort(value: Value, sort: Sort) -> bool:
    match value:
        case Unit():
            return sort is UNIT
        case Nat():
            return sort is NAT
        case Bool():
            return sort is BOOL
        case Str():
            return sort is STR
        case Blob(name):
            return sort.name == name and sort not in CORE and not sort.delegates
        case Endpoint() | Prod():
            return False


def parse_sort(text: str) -> Sort:
    """The sort that prints as ``text``; raises ``ValueError`` on anything else."""
    stack: list[list[Sort]] = [[]]
    index = 0
    while index < len(text):
        char = text[index]
        if char == "(":
            if len(stack) > DEPTH_MAX:
                raise ValueError(f"pairs may nest at most {DEPTH_MAX} deep")
            stack.append([])
            index += 1
        elif char == ")":
            parts = stack.pop()
            if len(parts) != 2 or not stack:
                raise ValueError(f"not a sort: {text!r}")
            stack[-1].append(product(*parts))
            index += 1
        elif text.startswith(" * ", index) and len(stack[-1]) == 1:
            index += 3
        else:
            end = _end_of_name(text, index)
            if end == index:
                raise ValueError(f"not a sort: {text!r}")
            name, index = text[index:end], end
            if text.startswith("@", index):
                end = _end_of_name(text, index + 1)
                stack[-1].append(delegation(name, text[index + 1 : end]))
                index = end
            else:
                stack[-1].append(named(name))
    if len(stack) != 1 or len(stack[0]) != 1 or stack[0][0].name != text:
        raise ValueError(f"not a sort: {text!r}")
    return stack[0][0]
