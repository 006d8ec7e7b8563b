"""What a machine is set up with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antiphon.errors import Refusal
from antiphon.machine.buffer import Buffer, require_capacity

PRIORITY_MAX: Final = 2**31 - 1
BUDGET_MAX: Final = 2**62
LIMIT_MAX: Final = 2**40 - 1


@dataclass(frozen=True, slots=True)
class Config:
    """``capacity``: how many messages each queue holds before its sender waits; at least 1.

    ``priorities``: roles with the priority of their coroutines, whatever the session; 0 for all
    others. ``buffers``: sender, receiver and buffer of each edge whose queue is another than that,
    whatever the session. ``budget``: how many steps each coroutine may take; None for any number.
    ``max_coroutines``: how many coroutines may be alive, that is neither done nor faulted; None for
    any number. ``pure_actions``: those that change nothing outside, so that they may be done in a
    fork; in ascending order. Raises ``ValueError`` for what cannot be.
    """

    capacity: int = 64
    priorities: tuple[tuple[str, int], ...] = ()
    buffers: tuple[tuple[str, str, Buffer], ...] = ()
    budget: int | None = None
    max_coroutines: int | None = None
    pure_actions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_capacity(self.capacity)
        if len(dict(self.priorities)) < len(self.priorities):
            raise ValueError("a role has one priority")
        object.__setattr__(self, "priorities", tuple(sorted(self.priorities)))
        object.__setattr__(self, "pure_actions", tuple(sorted(set(self.pure_actions))))
        for role, priority in self.priorities:
            if abs(priority) > PRIORITY_MAX:
                raise ValueError(f"{role}: a priority is between -2^31 + 1 and 2^31 - 1")
        if len({(sender, receiver) for sender, receiver, _ in self.buffers}) < len(self.buffers):
            raise ValueError("buffers: an edge has one buffer")
        if self.budget is not None and not 0 <= self.budget < BUDGET_MAX:
            raise ValueError(f"budget must be between 0 and 2^62 - 1, not {self.budget}")
        if self.max_coroutines is not None and not 0 <= self.max_coroutines <= LIMIT_MAX:
            words = f"max_coroutines must be between 0 and 2^40 - 1, not {self.max_coroutines}"
            raise ValueError(words)

    def require_coroutines(self, alive: int, more: int) -> None:
        """Raises ``Refusal`` (``coroutine-limit``) unless ``more`` may be beside ``alive``."""
        limit = self.max_coroutines
        if limit is not None and alive + more > limit:
            words = f"{alive} coroutines are alive and {more} more would be more than {limit}"
            raise Refusal("coroutine-limit", f"{words}: let some end, or raise max_coroutines")
