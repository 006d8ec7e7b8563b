"""Which steps share a wave: those of the ready queue, in its order, that do not touch each other.

The plan is a function of the state, of the coroutine that the policy picks, and of the width; of no
worker, lane, clock or chance. The policy's pick is the first; the others follow in the order of the
ready queue, each if it is independent of those before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from antiphon.machine.certificate import CertifiedPick
from antiphon.machine.footprint import Footprint
from antiphon.waves.footprint import footprint
from antiphon.waves.sight import Sight

LOOK_AHEAD: Final = 8
"""So many coroutines of the ready queue are looked at for each pick that there may be."""


@dataclass(frozen=True, slots=True)
class Breadth:
    """``width``: the most picks in a wave (n), at least 1. ``widening``: several may touch one
    session.
    """

    width: int
    widening: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The picks of a wave in the order in which they commit; ``conflicts`` counts those that were
    looked at and left for later.
    """

    picks: tuple[CertifiedPick, ...]
    conflicts: int = 0


def plan(sight: Sight, first: int, breadth: Breadth) -> Plan:
    """The wave that begins with ``first``, which the policy picks."""
    picks = [CertifiedPick(first, footprint(sight, first))]
    most = room(sight.clock, sight.deadline, breadth.width)
    conflicts = 0
    if picks[0].footprint.alone or most == 1:
        return Plan(tuple(picks))
    for number in sight.ready[: LOOK_AHEAD * breadth.width]:
        if len(picks) == most:
            break
        if number == first:
            continue
        found = footprint(sight, number)
        if all(may_share(each.footprint, found, breadth) for each in picks):
            picks.append(CertifiedPick(number, found))
        else:
            conflicts += 1
    return Plan(tuple(picks), conflicts)


def room(clock: int, deadline: int | None, width: int) -> int:
    """How many picks a wave may have: none of several reaches the tick that somebody waits for."""
    return width if deadline is None else max(1, min(width, deadline - clock - 1))


def may_share(one: Footprint, other: Footprint, breadth: Breadth) -> bool:
    """Whether two steps may share a wave."""
    if not breadth.widening and not one.sessions.isdisjoint(other.sessions):
        return False
    return independent(one, other)


def independent(one: Footprint, other: Footprint) -> bool:
    """Whether neither step writes what the other reads or writes."""
    if one.alone or other.alone:
        return False
    touched = {*other.reads, *other.writes}
    return touched.isdisjoint(one.writes) and {*one.reads}.isdisjoint(other.writes)


def matrix(picks: Sequence[CertifiedPick]) -> tuple[tuple[bool, ...], ...]:
    """For each two picks whether they are independent; none is of itself."""
    return tuple(
        tuple(i != j and independent(a.footprint, b.footprint) for j, b in enumerate(picks))
        for i, a in enumerate(picks)
    )
