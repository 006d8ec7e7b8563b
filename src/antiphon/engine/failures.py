"""The failures of a configuration as the kernel's tables, and what a link does to a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from antiphon.engine.build import Kernel
from antiphon.engine.kernel import CUT, DELAY, DROP, ERASE, FLIP
from antiphon.engine.words import Words
from antiphon.machine import failure as failures
from antiphon.machine.failure import Crash, Delay, Drop, Failure, Partition, Pause
from antiphon.values.value import UNIT, Bool, Nat, Prod, Str, Value

CORRUPTION: Final = {failures.FLIP: FLIP, failures.ERASE: ERASE}
"""What the kernel does to a message, by the word for it."""


def place(kernel: Kernel, words: Words, placed: Iterable[Failure]) -> None:
    """Tell the kernel which failures there will be."""
    sites: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    plans: defaultdict[tuple[int, int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for one in placed:
        if isinstance(one, Crash | Pause):
            ticks = one.ticks if isinstance(one, Pause) else 0
            sites[one.session, words.role(one.role)].append((one.step, ticks))
        else:
            edge = (one.session, words.role(one.sender), words.role(one.receiver))
            plans[edge].append(_happening(one))
    kernel.place(
        lambda kind, word: words.encode(altered(words.decode(word), kind)),
        [(*site, sorted(rows)) for site, rows in sites.items()],
        [(*edge, sorted(rows, key=_in_order)) for edge, rows in plans.items()],
    )


def _happening(one: Failure) -> tuple[int, int, int]:
    """Index, kind and ticks of what happens on an edge."""
    match one:
        case Partition(index=index, ticks=ticks):
            return (index, CUT, -1 if ticks is None else ticks)
        case Delay(index=index, ticks=ticks):
            return (index, DELAY, ticks)
        case Drop(index=index):
            return (index, DROP, 0)
        case failures.Corrupt(index=index, kind=kind):
            return (index, CORRUPTION[kind], 0)
        case _:
            raise AssertionError(one)


def _in_order(row: tuple[int, int, int]) -> tuple[int, bool]:
    """A link goes down before the message of that number is sent."""
    return (row[0], row[1] != CUT)


def altered(value: Value, kind: int) -> Value:
    """What a link that corrupts leaves of a value: the left part of a pair goes first."""
    rights: list[Value] = []
    while kind == FLIP and isinstance(value, Prod):
        rights.append(value.right)
        value = value.left
    changed: Value = UNIT
    if kind == FLIP:
        if isinstance(value, Nat):
            changed = Nat(value.value + 1 - 2 * (value.value % 2))
        elif isinstance(value, Bool):
            changed = Bool(value.value is False)
        elif isinstance(value, Str) and value.value != "":
            first = ord(value.value[0])
            changed = Str(chr(first + 1 - 2 * (first % 2)) + value.value[1:])
    while rights:
        changed = Prod(changed, rights.pop())
    return changed
