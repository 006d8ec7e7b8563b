"""For every point of a global type and every role: where that role acts next.

The *horizon* of a role is the set of positions at which its next action may be, reached by
messages between others. ``END`` is in it when some of those runs are over for the role: the
conversation ends, or goes on for ever without it. A loop that merely comes back adds nothing.

All roles are done in one pass against the edges of the graph, with one table of horizons that is
passed on from a message to the one before it and changed in place, so that a straight line costs
O(1) a message. At the top of a loop, "whatever comes after going back" is solved for.

This is the epsilon closure of the subset construction in Li, Stutz, Wies and Zufferey, Complete
Multiparty Session Type Projection with Automata, CAV 2023.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from antiphon.theory.positions import END, Edge, Positions, back

Horizon: TypeAlias = int | frozenset[int]
"""One position (or ``END``) as it is; several as a set of at least two. In tables that are not
yet resolved, a back edge stands for the horizon at the top of its loop."""

STATES_MIN: Final = 4096
STATES_PER_POSITION: Final = 8
TOO_LARGE: Final = "projection-too-large"

# The horizon of roles that are not in the table, and the table.
_View: TypeAlias = tuple[Horizon, dict[str, Horizon]]


def union(left: Horizon, right: Horizon) -> Horizon:
    """Both."""
    if left == right:
        return left
    one = left if isinstance(left, frozenset) else frozenset((left,))
    two = right if isinstance(right, frozenset) else frozenset((right,))
    return one | two


def members(horizon: Horizon) -> tuple[int, ...]:
    """Its positions in order; ``END`` first."""
    return (horizon,) if isinstance(horizon, int) else tuple(sorted(horizon))


def horizon_of(found: set[int]) -> Horizon:
    """The horizon with these members, of which there is at least one."""
    return next(iter(found)) if len(found) == 1 else frozenset(found)


def _without(horizon: Horizon, edge: Edge) -> Horizon:
    """``horizon`` with a loop solved for: the least set that is equal to it. A loop that neither
    acts nor leaves is over for the role.
    """
    if isinstance(horizon, int):
        return END if horizon == edge else horizon
    return horizon_of(set(horizon) - {edge}) if edge in horizon else horizon


class Horizons:
    """Where each role acts next: at the start, and after each branch of each position."""

    def __init__(self, graph: Positions) -> None:
        self.graph: Final = graph
        self._loops: dict[int, _View] = {}
        self._after: dict[int, tuple[tuple[Horizon, Horizon], ...]] = {}
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
        return default, table.copy()

    def _pass(self, position: int) -> None:
        comm = self.graph.comms[position]
        sender, receiver = comm.sender, comm.receiver
        after: list[tuple[Horizon, Horizon]] = []
        default, table = END, {}
        for number, edge in enumerate(self.graph.edges[position]):
            other, view = self._take(edge)
            after.append((view.get(sender, other), view.get(receiver, other)))
            if number == 0:
                default, table = other, view
            else:
                default, table = _union_views((default, table), (other, view))
        self._after[position] = tuple(after)
        table[sender] = table[receiver] = position
        if position in self.graph.looping:
            edge = back(position)
            default = _without(default, edge)
            table = {role: _without(horizon, edge) for role, horizon in table.items()}
            self._loops[position] = default, table.copy()
        self._views[position] = default, table

    @property
    def states_max(self) -> int:
        """How many states a projection may have before it is refused.

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
        return horizon_of(found)


def _union_views(left: _View, right: _View) -> _View:
    """The pointwise union; changes the table of ``left``."""
    default, table = left
    other, view = right
    for role, horizon in table.items():
        if horizon != other and role not in view:
            table[role] = union(horizon, other)
    for role, horizon in view.items():
        mine = table.get(role, default)
        table[role] = mine if mine == horizon else union(mine, horizon)
    return union(default, other), table
