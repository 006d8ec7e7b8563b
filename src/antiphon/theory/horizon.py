"""For every point of a global type and every role: where that role acts next.

The *horizon* of a role is the set of positions at which its next action may be, reached by
messages between others. ``END`` is in it when some of those runs are over for the role: the
conversation ends, or goes on for ever without it. A loop that merely comes back adds nothing.

All roles are done in one pass against the edges of the graph, with one table of horizons that is
passed on from a message to the one before it and changed in place, so that a straight line costs
O(1) a message; only choices and loops make copies. At the top of a loop, "whatever comes after
going back" is solved for.

This is the epsilon closure of the subset construction in Li, Stutz, Wies and Zufferey, Complete
Multiparty Session Type Projection with Automata, CAV 2023.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, TypeAlias

from antiphon.errors import Refusal
from antiphon.theory.positions import END, Edge, Positions, back

Horizon: TypeAlias = int | frozenset[int]
"""One position (or ``END``) as it is; several as a set of at least two. In tables that are not
yet resolved, a back edge stands for the horizon at the top of its loop."""

STATES_MIN: Final = 4096
STATES_PER_POSITION: Final = 8
MEMBERS_PER_STATE: Final = 16
ROWS_MAX: Final = 2**23
"""How many rows of tables are copied at choices and loops."""
TOO_LARGE: Final = "projection-too-large"

# The horizon of roles that are not in the table, and the table.
_View: TypeAlias = tuple[Horizon, dict[str, Horizon]]
# A horizon, or one in the making, which nobody else holds.
_Growing: TypeAlias = Horizon | set[int]


def union(horizons: Collection[Horizon]) -> Horizon:
    """All of these, of which there is at least one."""
    if len(horizons) == 1:
        return next(iter(horizons))
    found: set[int] = set()
    for horizon in horizons:
        found.update((horizon,) if isinstance(horizon, int) else horizon)
    return horizon_of(found)


def members(horizon: Horizon) -> tuple[int, ...]:
    """Its positions in order; ``END`` first."""
    return (horizon,) if isinstance(horizon, int) else tuple(sorted(horizon))


def horizon_of(found: set[int]) -> Horizon:
    """The horizon with these members, of which there is at least one."""
    return next(iter(found)) if len(found) == 1 else frozenset(found)


def _frozen(found: _Growing) -> Horizon:
    return horizon_of(found) if isinstance(found, set) else found


def weight(horizon: Horizon) -> int:
    """How many states it counts for: one, and one more for every so many members."""
    return 1 if isinstance(horizon, int) else 1 + len(horizon) // MEMBERS_PER_STATE


def _without(horizon: Horizon, edge: Edge) -> Horizon:
    """``horizon`` with a loop solved for: the least set that is equal to it. A loop that neither
    acts nor leaves is over for the role.
    """
    if isinstance(horizon, int):
        return END if horizon == edge else horizon
    return horizon_of(set(horizon) - {edge}) if edge in horizon else horizon


class Horizons:
    """Where each role acts next: at the start, and after each branch of each position.

    Raises ``Refusal`` with code ``projection-too-large`` past ``ROWS_MAX`` rows.
    """

    def __init__(self, graph: Positions) -> None:
        self.graph: Final = graph
        self._loops: dict[int, _View] = {}
        self._after: dict[int, tuple[tuple[Horizon, Horizon], ...]] = {}
        self._resolved: dict[Horizon, Horizon] = {}
        self._role = ""
        self._rows = 0
        uses = dict.fromkeys(graph.order, 0)
        for edges in (*graph.edges, (graph.start,)):
            for edge in edges:
                if edge >= 0:
                    uses[edge] += 1
        self._uses = uses
        self._views: dict[int, _View] = {}
        for position in graph.order:
            self._pass(position)
        self._start = self._take(graph.start)

    def _take(self, edge: Edge) -> _View:
        """The view along ``edge``, the reader's own to change."""
        if edge < 0:
            return edge, {}
        self._uses[edge] -= 1
        if not self._uses[edge]:
            return self._views.pop(edge)
        default, table = self._views[edge]
        return default, self._copy(table)

    def _copy(self, table: dict[str, Horizon]) -> dict[str, Horizon]:
        self._count(len(table))
        return table.copy()

    def _count(self, rows: int) -> None:
        self._rows += rows
        if self._rows > ROWS_MAX:
            raise Refusal(TOO_LARGE, "it has too many choices and loops among too many roles")

    def _pass(self, position: int) -> None:
        comm = self.graph.comms[position]
        sender, receiver = comm.sender, comm.receiver
        after: list[tuple[Horizon, Horizon]] = []
        views: list[_View] = []
        for edge in self.graph.edges[position]:
            other, view = self._take(edge)
            after.append((view.get(sender, other), view.get(receiver, other)))
            views.append((other, view))
        default, table = views[0] if len(views) == 1 else self._unite(views)
        self._after[position] = tuple(after)
        table[sender] = table[receiver] = position
        if position in self.graph.looping:
            edge = back(position)
            default = _without(default, edge)
            table = {role: _without(horizon, edge) for role, horizon in table.items()}
            self._loops[position] = default, self._copy(table)
        self._views[position] = default, table

    def _unite(self, views: list[_View]) -> _View:
        """The pointwise union."""
        (default, table), *others = views
        united: dict[str, _Growing] = {**table}
        rest: _Growing = default
        for other, view in others:
            self._count(len(united) + len(view))
            for role in view.keys() - united.keys():
                united[role] = set(rest) if isinstance(rest, set) else rest
            for role, horizon in united.items():
                more = view.get(role, other)
                if more is not horizon:
                    united[role] = self._grown(horizon, more)
            rest = self._grown(rest, other)
        return _frozen(rest), {role: _frozen(horizon) for role, horizon in united.items()}

    def _grown(self, horizon: _Growing, more: Horizon) -> _Growing:
        if horizon == more:
            return horizon
        result = horizon if isinstance(horizon, set) else set(members(horizon))
        added = (more,) if isinstance(more, int) else more
        self._count(len(added))
        result.update(added)
        return result

    @property
    def states_max(self) -> int:
        """How much the states of a projection may weigh before it is refused.

        A set of positions is made for each; where their number explodes, in the subset construction
        or in writing loops that are entered at several places, it does so well past this.
        """
        return STATES_MIN + STATES_PER_POSITION * len(self.graph.comms)

    def start(self, role: str) -> Horizon:
        """Where ``role`` acts first."""
        default, table = self._start
        return self._resolve(table.get(role, default), role)

    def after(self, position: int, branch: int, role: str) -> Horizon:
        """Where ``role``, which acts at ``position``, acts next if this branch is taken."""
        sent, received = self._after[position][branch]
        horizon = sent if role == self.graph.comms[position].sender else received
        if isinstance(horizon, int) and horizon >= END:
            return horizon
        return self._resolve(horizon, role)

    def loops(self, role: str) -> list[tuple[int, Horizon]]:
        """The horizon of ``role`` at the top of every loop in or after which it acts."""
        return [
            (position, self._resolve(table[role], role))
            for position, (_, table) in self._loops.items()
            if role in table
        ]

    def _resolve(self, horizon: Horizon, role: str) -> Horizon:
        if role != self._role:
            self._role, self._resolved = role, {}
        known = self._resolved.get(horizon)
        if known is not None:
            return known
        found: set[int] = set()
        passed: set[int] = set()
        stack = list(members(horizon))
        while stack:
            edge = stack.pop()
            if edge >= END:
                found.add(edge)
            elif edge not in passed:
                passed.add(edge)
                default, table = self._loops[-2 - edge]
                stack.extend(members(table.get(role, default)))
        known = self._resolved[horizon] = horizon_of(found)
        return known
