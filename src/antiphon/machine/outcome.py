"""How a run ended (S26)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """Decided in this order.

    ``EXHAUSTED``: the step budget is used up and a coroutine is still ready. ``FAULTED``: some
    coroutine has faulted. ``QUIESCENT``: some coroutine waits for the host. ``DEADLOCK``: some
    coroutine waits for a message or for room, and nobody can move. ``DONE``: everyone is done.
    """

    DONE = "Done"
    DEADLOCK = "Deadlock"
    QUIESCENT = "Quiescent"
    EXHAUSTED = "Exhausted"
    FAULTED = "Faulted"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One edge of the wait-for graph of a deadlock: ``coroutine`` waits on the queue
    ``sender -> receiver`` of ``session`` for ``owner`` to act; None when nobody owns that end.
    """

    coroutine: int
    role: str
    session: int
    sender: str
    receiver: str
    owner: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of ``steps`` steps came to; ``waiting`` is empty unless it is a deadlock."""

    steps: int
    outcome: Outcome
    waiting: tuple[Waiting, ...] = ()
