"""What a step touches: the cells of the state that it may read and write, as data (S18, S27).

A cell is a tuple, its kind first:

    ("coroutine", id)               all of a coroutine
    ("session", id)                 whether a session is there and active
    ("members", id)                 who is at home in it
    ("lossy", id)                   whether it has lost a message
    ("end", id, role)               an endpoint: its type, answers and facts
    ("owner", id, role)             whose it is, or that it is on its way
    ("edge", id, sender, receiver)  a queue, its tokens, the places in it that forks have, what the
                                    edge remembers, and who waits on it
    ("layer", name)                 a guard layer, and who waits for it
    ("ids", kind)                   the next id of a ``session``, ``coroutine`` or ``nonce``

The clock is no cell: pick i of a wave has tick t + i whatever it does, and a step that looks at the
clock stands alone. Nor are sums (``Counters``), the ready queue and what policies remember: every
step adds to them, and the order in which steps commit says how.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

Cell: TypeAlias = tuple[str | int, ...]

COROUTINE: Final = "coroutine"
SESSION: Final = "session"
MEMBERS: Final = "members"
LOSSY: Final = "lossy"
END: Final = "end"
OWNER: Final = "owner"
EDGE: Final = "edge"
LAYER: Final = "layer"
IDS: Final = "ids"
OF_SESSIONS: Final = (SESSION, MEMBERS, LOSSY, END, OWNER, EDGE)
"""The kinds of cell whose second part is the id of a session."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """The cells that a step may read without writing them, and those that it may write, each in
    order. ``alone``: it may touch more than that, or it looks at the clock, so that it shares a
    wave with nobody.
    """

    reads: tuple[Cell, ...] = ()
    writes: tuple[Cell, ...] = ()
    alone: bool = False

    @property
    def sessions(self) -> frozenset[int]:
        """The sessions that some cell is of."""
        cells = (*self.reads, *self.writes)
        return frozenset(int(each[1]) for each in cells if each[0] in OF_SESSIONS)


ALONE: Final = Footprint(alone=True)


def footprint_of(reads: Iterable[Cell], writes: Iterable[Cell]) -> Footprint:
    """The footprint with these cells; what is written counts as read."""
    written = {*writes}
    return Footprint(ordered({*reads} - written), ordered(written))


def ordered(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells, each once, in the one order that certificates have them in."""
    return tuple(sorted({*cells}, key=_order))


def _order(cell: Cell) -> tuple[tuple[bool, str | int], ...]:
    return tuple((isinstance(part, int), part) for part in cell)
