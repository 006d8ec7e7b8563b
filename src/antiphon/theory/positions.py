"""The positions of a global type: its communications as a graph, recursion resolved by binding.

A position is one communication under one meaning of its recursion variables, so that equal
subterms are one position exactly when they go on alike. Two names that are spelt alike but bound
apart are never confused.

An edge is a number: a position (>= 0), ``END``, or ``back(p)``, a recursion variable that leads
back to position ``p``. Without the back edges the graph is acyclic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory.global_type import Comm, GlobalEnd, GlobalRec, GlobalType, GlobalVar
from antiphon.theory.wellformed import UNBOUND, UNGUARDED

END: Final = -1
POSITIONS_MAX: Final = 2**20
_SMALLER: Final = "let fewer recursions share the parts that come after them"
Edge: TypeAlias = int
_Bindings: TypeAlias = tuple[tuple[str, int], ...]


def back(position: int) -> Edge:
    """The edge of a recursion variable that leads back to ``position``."""
    return -2 - position


@dataclass(frozen=True, slots=True)
class Positions:
    """A global type as a graph.

    ``comms[p]`` is the communication at position ``p`` and ``edges[p]`` says where each of its
    branches leads. ``names[p]`` are the recursions that begin at ``p``, outermost first;
    ``looping`` are the positions that some back edge leads to; ``order`` lists every position
    after all those that it leads forward to.
    """

    start: Edge
    comms: tuple[Comm, ...]
    edges: tuple[tuple[Edge, ...], ...]
    names: dict[int, tuple[str, ...]]
    looping: frozenset[int]
    order: tuple[int, ...]

    def successors(self, position: int) -> tuple[int, ...]:
        """Where each branch leads, back edges followed: positions or ``END``."""
        return tuple(-2 - edge if edge < END else edge for edge in self.edges[position])


class _Builder:
    """Gives every communication its position, depth first."""

    def __init__(self) -> None:
        self.index: dict[tuple[GlobalType, _Bindings], Edge] = {}
        self.comms: list[Comm] = []
        self.bindings: list[_Bindings] = []
        self.names: dict[int, tuple[str, ...]] = {}

    def enter(self, node: GlobalType, bindings: _Bindings) -> Edge:
        """The edge to ``node``, which makes its position if it is a new communication."""
        fresh = len(self.comms)
        keys: list[tuple[GlobalType, _Bindings]] = []
        names: list[str] = []
        while True:
            if len(bindings) != len(node.free):
                bindings = tuple(pair for pair in bindings if pair[0] in node.free)
            known = self.index.get((node, bindings))
            if known is not None:
                edge = known
                break
            if isinstance(node, GlobalRec):
                keys.append((node, bindings))
                names.append(node.name)
                outer = tuple(pair for pair in bindings if pair[0] != node.name)
                bindings = (*outer, (node.name, fresh))
                node = node.body
                continue
            edge = self._leaf(node, bindings, fresh, names)
            break
        for key in keys:
            self.index[key] = edge
        return edge

    def _leaf(self, node: GlobalType, bindings: _Bindings, fresh: int, names: list[str]) -> Edge:
        match node:
            case Comm():
                if fresh == POSITIONS_MAX:
                    text = f"with each recursion told apart there are over {POSITIONS_MAX} messages"
                    raise ProgramError([Diagnostic("type-size", text, help=_SMALLER)])
                self.comms.append(node)
                self.bindings.append(bindings)
                self.index[(node, bindings)] = fresh
                if names:
                    self.names[fresh] = tuple(names)
                return fresh
            case GlobalVar():
                target = dict(bindings).get(node.name)
                if target is None:
                    text = f"{node.name} is not the name of an enclosing recursion"
                    raise ProgramError([Diagnostic(UNBOUND, text)])
                if target == fresh:
                    text = f"rec {node.name} comes back to itself without a message"
                    raise ProgramError([Diagnostic(UNGUARDED, text)])
                return back(target)
            case GlobalEnd() | GlobalRec():
                return END


def positions(root: GlobalType) -> Positions:
    """The positions of a closed, contractive global type; raises ``ProgramError`` on others, and
    with code ``type-size`` past ``POSITIONS_MAX``.
    """
    builder = _Builder()
    start = builder.enter(root, ())
    edges: dict[int, tuple[Edge, ...]] = {}
    order: list[int] = []
    looping: set[int] = set()
    stack = [start] if start >= 0 else []
    while stack:
        here = stack[-1]
        if here not in edges:
            bindings = builder.bindings[here]
            leads: list[Edge] = []
            for _, _, then in builder.comms[here].branches:
                edge = builder.enter(then, bindings)
                leads.append(edge)
                if edge < END:
                    looping.add(-2 - edge)
            edges[here] = tuple(leads)
            stack.extend(edge for edge in reversed(leads) if edge >= 0 and edge not in edges)
            continue
        stack.pop()
        order.append(here)
    return Positions(
        start,
        tuple(builder.comms),
        tuple(edges[p] for p in range(len(builder.comms))),
        builder.names,
        frozenset(looping),
        tuple(dict.fromkeys(order)),
    )
