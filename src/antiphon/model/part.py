"""The part of a state that a footprint names; the rest is hidden, and must not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, NoReturn, TypeAlias, TypeVar

from antiphon.bytecode.table import ACQUIRE_WAIT
from antiphon.machine.footprint import (
    COROUTINE,
    EDGE,
    END,
    IDS,
    LAYER,
    MEMBERS,
    OF_SESSIONS,
    OWNER,
    Cell,
    Footprint,
)
from antiphon.machine.snapshot import Block
from antiphon.model.guards import Guards
from antiphon.model.level import Edge, Level
from antiphon.model.persistent import Persistent
from antiphon.model.state import Coroutine, EndpointState, Session, State

K = TypeVar("K")
V = TypeVar("V")
Cells: TypeAlias = Collection[Cell]


class Beyond(Exception):
    """A step has looked at a cell that is hidden from it."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        super().__init__(cell)


class Hidden:
    """What stands where a cell is hidden: it can be passed on, and not be looked at."""

    __slots__ = ("_cell",)

    def __init__(self, cell: Cell) -> None:
        self._cell = cell

    def _look(self, *_: object) -> NoReturn:
        raise Beyond(self._cell)

    __getattr__ = __eq__ = __lt__ = __add__ = __getitem__ = __iter__ = __len__ = _look
    __hash__ = __bool__ = _look  # pyright: ignore[reportAssignmentType]
    __dataclass_fields__ = property(_look)  # what ``replace`` looks at


class _Shown(dict[K, V]):
    """A map in which only some keys may be asked for; ``asked`` says which cell a
    key is.
    """

    def __init__(self, shown: Mapping[K, V], asked: Callable[[K], Cell], cells: Cells) -> None:
        super().__init__(shown)
        self._asked = asked
        self._cells = cells

    def get(self, key: K, default: Any = None) -> Any:
        """What stands at a key, if it may be looked at."""
        if self._asked(key) not in self._cells:
            raise Beyond(self._asked(key))
        return super().get(key, default)


def hidden(cell: Cell) -> Any:
    """Something to stand for any content of a cell."""
    return Hidden(cell)


def part_of(state: State, number: int, footprint: Footprint) -> State:
    """The part of a state that the footprint of a coroutine's step names.

    What a coroutine waits for is part of the edge or layer, and so is what its forks keep of an
    edge; that it has faulted is not hidden, for nobody faults in a wave.
    """
    cells = {*footprint.reads, *footprint.writes}
    sessions, coroutines = Persistent[Session](), Persistent[Coroutine]()
    seen = {cell[1] for cell in cells if cell[0] in OF_SESSIONS}
    for one, session in state.sessions.items():
        shown = _session(session, cells) if one in seen else hidden(("session", one))
        sessions = sessions.put(one, shown)
    for one, me in state.coroutines.items():
        is_shown = one == number or (COROUTINE, one) in cells
        coroutines = coroutines.put(one, me if is_shown else _coroutine(me, cells))
    named = {name: one for name, one in state.guards.grants.items() if (LAYER, name) in cells}
    grants = _Shown(named, lambda name: (LAYER, name), cells)
    nonce = (IDS, "nonce")
    guards = Guards(grants, state.guards.next_nonce if nonce in cells else hidden(nonce))
    return replace(state, sessions=sessions, coroutines=coroutines, guards=guards)


def _session(session: Session, cells: Cells) -> Session:
    number = session.id

    def cell(edge: Edge) -> Cell:
        return (EDGE, number, *edge)

    queues = {
        edge: queue if cell(edge) in cells or not queue else hidden(cell(edge))
        for edge, queue in session.queues.items()
    }
    edges = {
        edge: known if cell(edge) in cells else hidden(cell(edge))
        for edge, known in session.edges.items()
    }
    endpoints = {
        role: _endpoint(side, (END, number, role), (OWNER, number, role), cells)
        for role, side in session.endpoints.items()
    }
    return replace(
        session,
        endpoints=endpoints,
        queues=_Shown(queues, cell, cells),
        edges=_Shown(edges, cell, cells),
    )


def _endpoint(side: EndpointState, end: Cell, owner: Cell, cells: Cells) -> Any:
    if end not in cells:
        side = replace(side, type=hidden(end), answers=hidden(end), facts=hidden(end))
    if owner not in cells:
        side = replace(side, owner=hidden(owner), in_flight=hidden(owner))
    return side


def _coroutine(me: Coroutine, cells: Cells) -> Coroutine:
    all_of_it = hidden((COROUTINE, me.id))
    return replace(
        me,
        program=all_of_it,
        registers=all_of_it,
        owned=all_of_it,
        pc=all_of_it,
        status=me.status if (MEMBERS, me.session) in cells else all_of_it,
        block=me.block if me.block is not None and _is_named(me.block, cells) else None,
        cost=all_of_it,
        since=all_of_it,
        children=all_of_it,
        answers=all_of_it,
        levels=tuple(_level(level, all_of_it, cells) for level in me.levels),
    )


def _is_named(block: Block, cells: Cells) -> bool:
    if block.code == ACQUIRE_WAIT:
        return (LAYER, block.layer) in cells
    return (EDGE, block.session, block.sender, block.receiver) in cells


def _level(level: Level, all_of_it: Any, cells: Cells) -> Level:
    staged, taken = (
        tuple(one for one in apart if (EDGE, one.session, *one.edge) in cells)
        for apart in (level.staged, level.taken)
    )
    return Level(all_of_it, all_of_it, all_of_it, all_of_it, staged, taken)
