"""How a run ended (S26)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """Decided in this order.

    ``EXHAUSTED``: no more steps were wanted, and a coroutine is still ready or will be, because it
    waits for a tick. ``FAULTED``: some coroutine has faulted. ``QUIESCENT``: some coroutine waits
    for the host. ``DEADLOCK``: some coroutine waits for a message, for room, for a link or for a
    guard layer, and nobody can move. ``DONE``: everyone is done.
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
    ``is_cut``: it waits for a link that stays down. Or it waits for a guard ``layer`` that
    ``owner`` holds, and the queue is not named.
    """

    coroutine: int
    role: str
    session: int
    sender: str
    receiver: str
    owner: int | None
    is_cut: bool = False
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of ``steps`` steps came to; ``waiting`` is empty unless it is a deadlock."""

    steps: int
    outcome: Outcome
    waiting: tuple[Waiting, ...] = ()
