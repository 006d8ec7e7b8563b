"""The law of each policy: is this pick the one it allows? A predicate, never a search (S28).

And its fairness: how many picks of others there can be between two picks of a coroutine that stays
ready, ``n`` coroutines living meanwhile, if no other policy has picked. ``priority`` and
``token-weighted`` have no bound: one who need not wait can keep all others from being picked.
"""

from __future__ import annotations

from antiphon.model.state import State

OVERTAKES_MAX = 8


def cooperative(state: State, pick: int) -> bool:
    """Cooperative: the head of the ready queue."""
    return state.ready[:1] == (pick,)


def round_robin(state: State, pick: int) -> bool:
    """Round-robin: the smallest ready id above the last pick, else the smallest ready id."""
    last = -1 if state.last_pick is None else state.last_pick
    above = [number for number in state.ready if number > last]
    return pick == min(above or state.ready, default=None)


def priority(state: State, pick: int) -> bool:
    """Priority: nobody ready has a larger one, or the same and a smaller id."""
    return pick in state.ready and all(
        (_base(state, other), -other) <= (_base(state, pick), -pick) for other in state.ready
    )


def aging(state: State, pick: int) -> bool:
    """Aging: the same, with the ticks waited added to the priority."""
    return pick in state.ready and all(
        (_aged(state, other), -other) <= (_aged(state, pick), -pick) for other in state.ready
    )


def token_weighted(state: State, pick: int) -> bool:
    """Token-weighted: nobody ready has more tokens, nobody before it in the queue as many."""
    if pick not in state.ready:
        return False
    place, weight = state.ready.index(pick), tokens(state, pick)
    before, behind = state.ready[:place], state.ready[place + 1 :]
    return all(tokens(state, other) < weight for other in before) and all(
        tokens(state, other) <= weight for other in behind
    )


def progress_aware(state: State, pick: int) -> bool:
    """Progress-aware: the first in the queue with a token, but the head if it has been passed over
    8 times in a row, or if nobody has a token.
    """
    if pick not in state.ready:
        return False
    if state.overtakes >= OVERTAKES_MAX or not any(tokens(state, one) for one in state.ready):
        return pick == state.ready[0]
    before = state.ready[: state.ready.index(pick)]
    return tokens(state, pick) > 0 and not any(tokens(state, other) for other in before)


LAWS = {
    "cooperative": cooperative,
    "round-robin": round_robin,
    "priority": priority,
    "aging": aging,
    "token-weighted": token_weighted,
    "progress-aware": progress_aware,
}


def tokens(state: State, number: int) -> int:
    """How many messages are queued for the endpoints of a coroutine."""
    owned = state.coroutines[number].owned
    return sum(state.sessions[one.session].endpoints[one.role].tokens for one in owned)


def bound(state: State, policy: str, n: int) -> int | None:
    """The fairness bound of a policy; None if it has none."""
    match policy:
        case "cooperative" | "round-robin":
            return n - 1
        case "aging":
            bases = [0, *state.setting.priorities.values()]
            return n - 1 + max(bases) - min(bases)
        case "progress-aware":
            return (OVERTAKES_MAX + 1) * (n - 1)
        case _:
            return None


def is_fair(state: State, policy: str, n: int) -> bool:
    """Whether nobody who is ready has waited longer than the policy lets it."""
    most = bound(state, policy, n)
    if most is None or not state.ready:
        return True
    longest = state.coroutines[state.ready[0]].since
    return state.clock - longest <= most


def _base(state: State, number: int) -> int:
    return state.setting.priorities.get(state.coroutines[number].program.role, 0)


def _aged(state: State, number: int) -> int:
    return _base(state, number) + state.clock - state.coroutines[number].since
