"""Run-time values: a closed union, compared by structure (S5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


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
    """A pair of values."""

    left: Value
    right: Value


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
