"""The policies that rank the ready coroutines by more than their turn (S25)."""

from __future__ import annotations

from typing import Final

from antiphon.scheduler.lineup import Lineup

OVERTAKES_MAX: Final = 8
"""How often in a row progress-aware passes over the head of the ready queue."""


def priority(lineup: Lineup) -> int:
    """The largest priority; of these the smallest id."""
    return max(lineup.candidates, key=lambda one: (one.priority, -one.id)).id


def aging(lineup: Lineup) -> int:
    """The largest sum of priority and ticks waited; of these the smallest id."""
    return max(lineup.candidates, key=lambda one: (one.priority + one.waited, -one.id)).id


def token_weighted(lineup: Lineup) -> int:
    """The most tokens; of these the first in the ready queue."""
    return max(lineup.candidates, key=lambda one: one.tokens).id


def progress_aware(lineup: Lineup) -> int:
    """The first in the ready queue that has a token.

    The head, if nobody has one, or if the head was passed over as often as may be.
    """
    holders = (one.id for one in lineup.candidates if one.tokens)
    head = lineup.candidates[0].id
    return head if lineup.overtakes >= OVERTAKES_MAX else next(holders, head)
