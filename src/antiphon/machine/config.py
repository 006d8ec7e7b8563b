"""What a machine is set up with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CAPACITY_MAX: Final = 2**31 - 1
PRIORITY_MAX: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Config:
    """``capacity``: how many messages each queue holds before its sender waits; at least 1.

    ``priorities``: roles with the priority of their coroutines, whatever the session; 0 for all
    others. Raises ``ValueError`` for what cannot be.
    """

    capacity: int = 64
    priorities: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.capacity <= CAPACITY_MAX:
            raise ValueError(f"capacity must be between 1 and 2^31 - 1, not {self.capacity}")
        if len(dict(self.priorities)) < len(self.priorities):
            raise ValueError("a role has one priority")
        object.__setattr__(self, "priorities", tuple(sorted(self.priorities)))
        for role, priority in self.priorities:
            if abs(priority) > PRIORITY_MAX:
                raise ValueError(f"{role}: a priority is between -2^31 + 1 and 2^31 - 1")
