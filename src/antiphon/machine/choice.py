"""The choices that a run is made of: one resolved nondeterminism each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Pick:
    """Let this ready coroutine take one step."""

    coroutine: int


@dataclass(frozen=True, slots=True)
class Wake:
    """The host says: ask again for this coroutine, which waits for the host. Not a step."""

    coroutine: int


@dataclass(frozen=True, slots=True)
class Advance:
    """Let time pass until ``tick``, the earliest that somebody waits for; nobody may be ready. Not
    a step (S21).
    """

    tick: int


Choice: TypeAlias = Pick | Wake | Advance
