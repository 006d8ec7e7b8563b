"""What a machine is set up with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CAPACITY_MAX: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Config:
    """``capacity``: how many messages each queue holds before its sender waits; at least 1."""

    capacity: int = 64

    def __post_init__(self) -> None:
        if not 1 <= self.capacity <= CAPACITY_MAX:
            raise ValueError(f"capacity must be between 1 and 2^31 - 1, not {self.capacity}")
