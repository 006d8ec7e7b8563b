"""The course of a run: what it let see, and what its host answered where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from antiphon.machine.ask import Answer, Position
from antiphon.machine.event import Event


@dataclass(frozen=True, slots=True)
class Course:
    """``events`` in order; ``answers`` by position, those of one position in order."""

    events: tuple[Event, ...]
    answers: Mapping[Position, tuple[Answer, ...]]
