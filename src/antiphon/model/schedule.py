"""The law of each policy: is this pick the one it allows? A predicate, never a search (S28)."""

from __future__ import annotations

from antiphon.model.state import State


def cooperative(state: State, pick: int) -> bool:
    """Cooperative: the head of the ready queue."""
    return state.ready[:1] == (pick,)


def round_robin(state: State, pick: int) -> bool:
    """Round-robin: the smallest ready id above the last pick, else the smallest ready id."""
    last = -1 if state.last_pick is None else state.last_pick
    above = [number for number in state.ready if number > last]
    return pick == min(above or state.ready, default=None)


LAWS = {"cooperative": cooperative, "round-robin": round_robin}
