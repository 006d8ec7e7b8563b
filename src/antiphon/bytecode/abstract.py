"""What the verifier knows of a register: a sort, an endpoint, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from antiphon.values.sort import BOOL, CORE, NAT, STR, UNIT, Sort, parse_sort, product
from antiphon.values.value import Blob, Bool, Nat, Prod, Str, Unit, Value

Part: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """An endpoint that the code got in some way; two that are owned at once are never equal.

    It is of ``part``, a protocol and a role, and was opened together with others of its ``group``.
    """

    name: str
    part: Part | None = None
    group: str = ""


class Known(Enum):
    """What is known of a register that holds neither a value of a known sort nor an endpoint."""

    NOTHING = "a value of unknown sort"
    GONE = "an endpoint that was given away"


Abstract: TypeAlias = Sort | Known | Held
EVIDENCE: Final = product(NAT, product(STR, NAT))
"""The sort of what shows that a guard layer is held: nonce, layer, holder."""

_ATOMS: Final[dict[type[Value], Sort]] = {Unit: UNIT, Nat: NAT, Bool: BOOL, Str: STR}


def known_of(value: Value) -> Abstract:
    """The sort of a constant; nothing for endpoints, which no sort has."""
    done: list[Abstract] = []
    stack: list[Value | None] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, Prod):
            stack += (None, item.right, item.left)
        elif isinstance(item, Blob):
            done.append(_blob_sort(item.sort))
        elif item is not None:
            done.append(_ATOMS.get(type(item), Known.NOTHING))
        else:
            right, left = done.pop(), done.pop()
            if isinstance(left, Sort) and isinstance(right, Sort):
                done.append(product(left, right))
            else:
                done.append(Known.NOTHING)
    return done[0]


def _blob_sort(name: str) -> Abstract:
    try:
        sort = parse_sort(name)
    except ValueError:
        return Known.NOTHING
    atomic = sort.left is None and sort.delegates is None
    return sort if atomic and sort not in CORE else Known.NOTHING
