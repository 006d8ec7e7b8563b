"""What may be promised of a protocol, by which method, and how far: the table of ``check``.

Nothing here says more than was established. ``yes`` and ``no`` are settled; ``unknown`` means that
the method did not settle it, or that it depends on what the roles choose.

That a bounded queue which blocks its sender does no harm follows from the theorem cited: the
projections do only runs of the global type, and of the path that such a run follows take the
first communication that is not complete. If it has not been sent, its queue is empty and its
sender at it; else it can be received.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from antiphon.theory.boundedness import Occupancy, components, occupancies
from antiphon.theory.conflict import Unmergeable
from antiphon.theory.global_type import GlobalType
from antiphon.theory.positions import END, Positions, positions
from antiphon.theory.projection import project_all

Verdict: TypeAlias = Literal["yes", "no", "unknown"]

_SCOPE: Final = "every run of one session by the projections; queues of any size, a full one blocks"
_THEOREM: Final = "every role has a full-merge projection (Li, Stutz, Wies and Zufferey, CAV 2023)"


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One row: ``name`` holds (or not), shown by ``method``, for ``scope``; ``detail`` says what
    that means, ``source`` which theorem it rests on, if on one that is not obvious.
    """

    name: str
    verdict: Verdict
    method: str
    scope: str
    detail: str
    source: str = ""


def guarantees(root: GlobalType) -> tuple[Guarantee, ...]:
    """Deadlock-free, orphan-free, bounded for each pair of roles, terminating.

    Raises ``ProgramError`` if ``root`` is not well-formed.
    """
    graph = positions(root)
    return (
        *_safety(root),
        *(_bounded(graph, one) for one in occupancies(graph)),
        _terminating(graph),
    )


def _safety(root: GlobalType) -> tuple[Guarantee, ...]:
    try:
        project_all(root)
    except Unmergeable as wrong:
        told = ", ".join(conflict.role for conflict in wrong.conflicts)
        detail = f"no full-merge projection for {told}: nothing was established"
        return tuple(
            Guarantee(name, "unknown", "projection", "none", detail)
            for name in ("deadlock-free", "orphan-free")
        )
    stuck = "until all are done somebody can go on, and nobody gets a message it cannot take"
    orphan = "when all are done, no message is left over"
    return (
        Guarantee("deadlock-free", "yes", "projection", _SCOPE, stuck, _THEOREM),
        Guarantee("orphan-free", "yes", "projection", _SCOPE, orphan, _THEOREM),
    )


def _bounded(graph: Positions, found: Occupancy) -> Guarantee:
    name = f"bounded {found.sender} -> {found.receiver}"
    scope = "every run of the global type"
    if found.bounded is None:
        detail = "too many roles in one loop to try all ways in which the sender may run ahead"
        return Guarantee(name, "unknown", "loop acknowledgement", scope, detail)
    if found.loop is not None:
        detail = (
            f"unbounded: {found.sender} may run ahead, in the loop with "
            f"{_place(graph, found.loop)} nothing comes back from {found.receiver}; "
            "only a bounded queue slows it down"
        )
        return Guarantee(name, "no", "loop acknowledgement", scope, detail)
    if found.most is None:
        detail = f"in every loop {found.sender} hears of what {found.receiver} did"
        return Guarantee(name, "yes", "loop acknowledgement", scope, detail)
    method = "all conversations" if found.exact else "longest conversation"
    detail = f"{'at most' if found.exact else 'not more than'} {found.most} in transit"
    return Guarantee(name, "yes", method, scope, detail)


def _terminating(graph: Positions) -> Guarantee:
    name, method = "terminating", "recursion"
    scope = "every run of the global type in which no role stops"
    loops = tuple(components(graph, range(len(graph.comms))))
    if not loops:
        return Guarantee(name, "yes", method, scope, "always: nothing repeats")
    ending = _ending(graph)
    if graph.start not in ending:
        return Guarantee(name, "no", method, scope, "never: no choice leads to the end")
    traps = [part for part in loops if not part & ending]
    if traps:
        place = _place(graph, min(min(part) for part in traps))
        detail = f"not always: nothing leads out of the loop with {place}"
        return Guarantee(name, "no", method, scope, detail)
    exits = sorted(
        p for part in loops for p in part if (ending - part).intersection(graph.successors(p))
    )
    places = ", ".join(_place(graph, position) for position in exits[:3])
    more = f" or {len(exits) - 3} more" if len(exits) > 3 else ""
    detail = f"may loop; ends if the choice at {places}{more} leaves"
    return Guarantee(name, "unknown", method, scope, detail)


def _ending(graph: Positions) -> frozenset[int]:
    """The positions from which the end can be reached, and the end."""
    before: dict[int, list[int]] = {}
    for position in graph.order:
        for then in graph.successors(position):
            before.setdefault(then, []).append(position)
    reached = {END}
    stack = [END]
    while stack:
        for position in before.get(stack.pop(), ()):
            if position not in reached:
                reached.add(position)
                stack.append(position)
    return frozenset(reached)


def _place(graph: Positions, position: int) -> str:
    """A communication in words."""
    comm = graph.comms[position]
    labels = ", ".join(label for label, _, _ in comm.branches)
    return f"{comm.sender} -> {comm.receiver} {{{labels}}}"
