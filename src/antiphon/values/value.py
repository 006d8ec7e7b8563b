"""Run-time values: a closed union, compared by structure (S5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

DEPTH_MAX: Final = 256
"""How deep pairs may nest."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The value that carries nothing."""


@dataclass(frozen=True, slots=True)
class Nat:
    """A natural number of any size."""

    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a Nat is not negative: {self.value}")


@dataclass(frozen=True, slots=True)
class Bool:
    """A truth value."""

    value: bool


@dataclass(frozen=True, slots=True)
class Str:
    """A text."""

    value: str


@dataclass(frozen=True, slots=True)
class Prod:
    """A pair of values. Raises ``ValueError`` if pairs would nest deeper than ``DEPTH_MAX``."""

    left: Value
    right: Value
    depth: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        depth = 1 + max(
            part.depth if isinstance(part, Prod) else 0 for part in (self.left, self.right)
        )
        if depth > DEPTH_MAX:
            raise ValueError(f"pairs may nest at most {DEPTH_MAX} deep")
        object.__setattr__(self, "depth", depth)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The capability to act as ``role`` in session ``session``."""

    session: int
    role: str


@dataclass(frozen=True, slots=True)
class Blob:
    """A value of a user's sort, as the bytes its codec made."""

    sort: str
    data: bytes


Value: TypeAlias = Unit | Nat | Bool | Str | Prod | Endpoint | Blob

UNIT = Unit()
