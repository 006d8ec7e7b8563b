"""``absorb``, written a second time, straight from its definition: without the model's law.

absorb(p, L, empty)               holds
absorb(p, p ? {l: L_l}, l . w)    l is a branch, and absorb(p, L_l, w)
absorb(p, q ? {l: L_l}, w)        where l is in transit from q: absorb of its branch;
                                  else absorb of some branch, for q may know which it is
absorb(p, q ! {l: L_l}, w)        absorb of every branch
absorb(p, end, w)                 does not hold

Never to come to an end is no way not to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from antiphon.theory.local_type import Input, LocalType, Output
from antiphon.theory.unfold import head

Transit: TypeAlias = Mapping[str, tuple[str, ...]]
Needed: TypeAlias = Callable[[Iterable[bool]], bool]
"""``any`` or ``all``: how many of the ways from a place must do."""
_Place: TypeAlias = tuple[LocalType, tuple[tuple[str, tuple[str, ...]], ...]]


def absorbs(state: LocalType, transit: Transit, undecided: Needed = any) -> bool:
    """Whether nothing keeps a role from taking what is in transit to it, whatever it chooses.

    With ``all`` for ``undecided`` whatever a peer that has said nothing yet may choose: this is the
    statement of the earlier system.
    """
    return all(_absorbs(sender, state, transit, undecided) for sender in transit)


def _absorbs(sender: str, start: LocalType, transit: Transit, undecided: Needed) -> bool:
    first: _Place = (start, tuple(sorted(transit.items())))
    ways: dict[_Place, tuple[Needed, list[_Place]]] = {}
    waiting = [first]
    while waiting:
        place = waiting.pop()
        if place not in ways:
            ways[place] = _ways(place, sender, undecided)
            waiting += ways[place][1]
    lost: set[_Place] = set()
    while first not in lost:
        more = {
            place
            for place, (needed, then) in ways.items()
            if place not in lost and not needed(one not in lost for one in then)
        }
        if not more:
            return True
        lost |= more
    return False


def _ways(place: _Place, sender: str, undecided: Needed) -> tuple[Needed, list[_Place]]:
    """Where a place leads; ``any`` of nothing does not hold."""
    state, held = head(place[0]), dict(place[1])
    if not held.get(sender):
        return all, []
    if isinstance(state, Output):
        return all, [(then, place[1]) for _, _, then in state.branches]
    if not isinstance(state, Input):
        return any, []
    queue = held.get(state.peer)
    if not queue:
        return undecided, [(then, place[1]) for _, _, then in state.branches]
    held[state.peer] = queue[1:]
    left = tuple(sorted(held.items()))
    return any, [(then, left) for label, _, then in state.branches if label == queue[0]]
