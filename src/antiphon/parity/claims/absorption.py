"""``absorb``, written a second time, straight from its definition: without the model's law.

absorb(p, L, empty)               holds
absorb(p, p ? {l: L_l}, l . w)    l is a branch, and absorb(p, L_l, w)
absorb(p, q ? {l: L_l}, w)        where l is in transit from q: absorb of its branch;
                                  else absorb of every branch
absorb(p, q ! {l: L_l}, w)        absorb of every branch
absorb(p, end, w)                 does not hold
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from antiphon.theory.local_type import Input, LocalType, Output
from antiphon.theory.unfold import head

Transit: TypeAlias = Mapping[str, tuple[str, ...]]


def absorbs(state: LocalType, transit: Transit) -> bool:
    """Whether a role will take all that is in transit to it, by sender, whatever is chosen."""
    return all(_absorbs(sender, state, transit) for sender in transit)


def _absorbs(sender: str, start: LocalType, transit: Transit) -> bool:
    first = (start, tuple(sorted(transit.items())))
    seen, waiting = {first}, [first]
    while waiting:
        node, queues = waiting.pop()
        state, held = head(node), dict(queues)
        if not held.get(sender):
            continue
        if not isinstance(state, Input | Output):
            return False
        ways = state.branches
        if isinstance(state, Input) and held.get(state.peer):
            ways = tuple(branch for branch in ways if branch[0] == held[state.peer][0])
            if not ways:
                return False
            held[state.peer] = held[state.peer][1:]
        left = tuple(sorted(held.items()))
        for _, _, then in ways:
            if (then, left) not in seen:
                seen.add((then, left))
                waiting.append((then, left))
    return True
