"""How many messages may be in transit from one role to another.

A role may run ahead of its receiver without limit iff the conversation has a loop in which it
sends to the receiver and nothing that the receiver does ever reaches it: iff, in the loop's
communication graph, the sender is not reachable from the receiver. Source: Alur and Yannakakis,
Model Checking of Message Sequence Charts, CONCUR 1999; Genest, Kuske and Muscholl, 2007.

Such a loop is sought by the set of roles that the receiver's doings reach in it: no message of
the loop leaves that set, and the sender is not in it. Deciding this is coNP-complete in the
number of roles, therefore the search is bounded and may answer that it does not know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias, TypeVar

from antiphon.theory.positions import END, Positions

LOOP_WORK_MAX: Final = 500_000
"""How many positions are visited in the search for such loops, in all."""
WORK_MAX: Final = 400_000
"""How many messages times roles of one conversation are followed to count exactly."""
PATHS_MAX: Final = 64
"""Over how many different conversations."""


T = TypeVar("T", bound=Hashable)
_Edge: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Occupancy:
    """What is known of the queue from ``sender`` to ``receiver``.

    ``loop`` is a position at which the sender sends, in a loop in which it may run ahead without
    limit; ``bounded`` is ``None`` if the search was given up. ``most`` is the largest number of
    messages ever in transit, if it was computed; it is ``exact`` or an upper bound.
    """

    sender: str
    receiver: str
    bounded: bool | None
    loop: int | None = None
    most: int | None = None
    exact: bool = False


def occupancies(graph: Positions) -> tuple[Occupancy, ...]:
    """One for each pair of roles that communicate, in order of first appearance."""
    loops = _Loops(graph)
    longest = _longest(graph)
    exact = {} if loops.parts else _counts(graph)
    found: list[Occupancy] = []
    for edge in dict.fromkeys((comm.sender, comm.receiver) for comm in graph.comms):
        parts = loops.with_edge.get(edge)
        if parts:
            bounded, loop = loops.acknowledged(edge, parts)
            found.append(Occupancy(*edge, bounded, loop))
        elif edge in exact:
            found.append(Occupancy(*edge, True, None, exact[edge], exact=True))
        else:
            found.append(Occupancy(*edge, True, None, longest[edge]))
    return tuple(found)


def components(graph: Positions, among: range | frozenset[int]) -> Iterator[frozenset[int]]:
    """The strongly connected parts, with at least one loop each, of the graph restricted to
    these positions.
    """

    def inside(position: int) -> list[int]:
        return [then for then in graph.successors(position) if then in among]

    return _components(among, inside)


def _components(nodes: Iterable[T], ahead: Callable[[T], Iterable[T]]) -> Iterator[frozenset[T]]:
    """The strongly connected parts, with at least one loop each, of a graph.

    Source: Tarjan, Depth-First Search and Linear Graph Algorithms, 1972.
    """
    number: dict[T, int] = {}
    low: dict[T, int] = {}
    open_: dict[T, None] = {}
    for root in nodes:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        open_[root] = None
        stack = [(root, iter(ahead(root)))]
        while stack:
            here, following = stack[-1]
            for then in following:
                if then not in number:
                    number[then] = low[then] = len(number)
                    open_[then] = None
                    stack.append((then, iter(ahead(then))))
                    break
                if then in open_:
                    low[here] = min(low[here], number[then])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[here])
                if low[here] == number[here]:
                    part = _pop_to(open_, here)
                    if len(part) > 1 or here in ahead(here):
                        yield part


def _pop_to(open_: dict[T, None], last: T) -> frozenset[T]:
    part: list[T] = []
    while not part or part[-1] != last:
        part.append(open_.popitem()[0])
    return frozenset(part)


class _Part:
    """A strongly connected part of the graph."""

    def __init__(self, graph: Positions, positions: frozenset[int]) -> None:
        self.graph: Final = graph
        self.positions: Final = positions
        self.first: Final[dict[_Edge, int]] = {}
        for position in sorted(positions):
            comm = graph.comms[position]
            self.first.setdefault((comm.sender, comm.receiver), position)

    @cached_property
    def is_one_loop(self) -> bool:
        """Whether there is only one way around."""
        ahead = self.graph.successors
        return all(len(self.positions.intersection(ahead(p))) == 1 for p in self.positions)

    @cached_property
    def circles(self) -> dict[str, int]:
        """Roles that hear of each other, sooner or later, if the loop takes all positions: they
        have the same number.
        """
        hears: dict[str, list[str]] = {}
        for sender, receiver in self.first:
            hears.setdefault(sender, []).append(receiver)
        found = _components(hears, lambda role: hears.get(role, ()))
        return {role: number for number, circle in enumerate(found) for role in circle}


class _Loops:
    """The search for loops in which nothing comes back."""

    def __init__(self, graph: Positions) -> None:
        self.graph = graph
        found = components(graph, range(len(graph.comms)))
        self.parts = tuple(_Part(graph, part) for part in found)
        self.with_edge: dict[_Edge, list[_Part]] = {}
        for part in self.parts:
            for edge in part.first:
                self.with_edge.setdefault(edge, []).append(part)
        self.work = 0

    def acknowledged(self, edge: _Edge, parts: list[_Part]) -> tuple[bool | None, int | None]:
        """Whether all loops with this edge come back to its sender, else where one does not."""
        verdicts = [self._in_part(edge, part) for part in parts]
        for wanted in (False, None):
            for verdict in verdicts:
                if verdict[0] is wanted:
                    return verdict
        return True, None

    def _in_part(self, edge: _Edge, part: _Part) -> tuple[bool | None, int | None]:
        sender, receiver = edge
        if part.is_one_loop:
            circle = part.circles.get(sender)
            if circle is not None and circle == part.circles.get(receiver):
                return True, None
            return False, part.first[edge]
        return self._search(edge, part.positions)

    def _search(self, edge: _Edge, part: frozenset[int]) -> tuple[bool | None, int | None]:
        sender, receiver = edge
        comms = self.graph.comms
        first = frozenset((receiver,))
        tried = {first}
        stack = [first]
        while stack:
            if self.work > LOOP_WORK_MAX:
                return None, None
            self.work += len(part)
            reached = stack.pop()
            crossing = {p for p in part if comms[p].sender in reached} - {
                p for p in part if comms[p].receiver in reached
            }
            back = {p for p in crossing if comms[p].receiver == sender}
            if self._loop_with(edge, part - back) is None:
                continue
            loop = self._loop_with(edge, part - crossing)
            if loop is not None:
                return False, loop
            for role in sorted({comms[p].receiver for p in crossing - back}):
                wider = reached | {role}
                if wider not in tried:
                    tried.add(wider)
                    stack.append(wider)
        return True, None

    def _loop_with(self, edge: _Edge, among: frozenset[int]) -> int | None:
        """A position of ``edge`` on a loop among these positions."""
        self.work += len(among)
        for part in components(self.graph, among):
            for position in sorted(part):
                comm = self.graph.comms[position]
                if (comm.sender, comm.receiver) == edge:
                    return position
        return None


def _longest(graph: Positions) -> dict[_Edge, int]:
    """For every edge the most messages on one path, no loop taken twice: outside all loops an
    upper bound. One table is passed on along straight lines and changed in place.
    """
    uses = dict.fromkeys(graph.order, 0)
    for edges in (*graph.edges, (graph.start,)):
        for then in edges:
            if then >= 0:
                uses[then] += 1
    tables: dict[int, dict[_Edge, int]] = {}

    def take(then: int) -> dict[_Edge, int]:
        if then < 0:
            return {}
        uses[then] -= 1
        return tables[then].copy() if uses[then] else tables.pop(then)

    for position in graph.order:
        table, *others = [take(then) for then in graph.edges[position]]
        for other in others:
            for edge, count in other.items():
                if count > table.get(edge, 0):
                    table[edge] = count
        comm = graph.comms[position]
        edge = comm.sender, comm.receiver
        table[edge] = table.get(edge, 0) + 1
        tables[position] = table
    return take(graph.start)


def _counts(graph: Positions) -> dict[_Edge, int]:
    """The exact maxima of a conversation without loops; nothing if there is too much to follow."""
    most: dict[_Edge, int] = {}
    roles = {comm.sender for comm in graph.comms} | {comm.receiver for comm in graph.comms}
    for number, path in enumerate(_paths(graph), start=1):
        if number > PATHS_MAX or len(path) * len(roles) * number > WORK_MAX:
            return {}
        for edge, count in _count(graph, path).items():
            most[edge] = max(count, most.get(edge, 0))
    return most


def _paths(graph: Positions) -> Iterator[list[int]]:
    stack: list[tuple[int, int]] = [(graph.start, 0)]
    path: list[int] = []
    while stack:
        position, depth = stack.pop()
        del path[depth:]
        if position == END:
            yield path
            continue
        path.append(position)
        stack.extend((then, depth + 1) for then in graph.successors(position))


def _count(graph: Positions, path: list[int]) -> dict[_Edge, int]:
    """The most messages in transit on each edge along one path: of those sent before, the ones
    whose receipt the sender cannot have heard of (by vector clocks; Fidge and Mattern, 1988).
    """
    clocks: dict[str, dict[str, int]] = {}
    receipts: dict[_Edge, list[int]] = {}
    most: dict[_Edge, int] = {}
    for position in path:
        comm = graph.comms[position]
        edge = comm.sender, comm.receiver
        sender = clocks.setdefault(comm.sender, {})
        receiver = clocks.setdefault(comm.receiver, {})
        taken = receipts.setdefault(edge, [])
        heard = bisect_right(taken, sender.get(comm.receiver, 0))
        most[edge] = max(most.get(edge, 0), len(taken) - heard + 1)
        sender[comm.sender] = sender.get(comm.sender, 0) + 1
        for role, time in sender.items():
            if time > receiver.get(role, 0):
                receiver[role] = time
        receiver[comm.receiver] = receiver.get(comm.receiver, 0) + 1
        taken.append(receiver[comm.receiver])
    return most
