"""Where two runs part, and in what respects.

Events are compared by their canonical bytes, which tell ``True`` from 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from antiphon.machine import event as events
from antiphon.machine.event import (
    Acquired,
    Closed,
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Halted,
    Invoked,
    OutputDenied,
    Selected,
    Sent,
    SessionFaulted,
)
from antiphon.replay.normal_form import normal_form
from antiphon.values.canonical import encode

Likeness: TypeAlias = Literal["exact", "reordered", "different"]


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first event in which two runs differ: its number from 0, and what it is in either.

    None stands for a run that has no more events, or, unless ``is_known``, for a recorded event of
    which only the print is left. ``before`` are those that both have.
    """

    number: int
    before: Sequence[Event]
    recorded: Event | None
    actual: Event | None
    is_known: bool = True


def first_divergence(recorded: Sequence[Event], actual: Sequence[Event]) -> Divergence | None:
    """Where ``actual`` parts from ``recorded``; None if they are the same."""
    for number, (one, other) in enumerate(zip(recorded, actual, strict=False)):
        if _bytes(one) != _bytes(other):
            return Divergence(number, actual[:number], one, other)
    number = min(len(recorded), len(actual))
    if len(recorded) == len(actual):
        return None
    one = recorded[number] if number < len(recorded) else None
    return Divergence(
        number, actual[:number], one, actual[number] if number < len(actual) else None
    )


def _bytes(event: Event) -> bytes:
    return encode(events.to_plain(event))


ASPECTS: Final[Mapping[str, tuple[type[Event], ...]]] = MappingProxyType(
    {
        "scheduler": events.KINDS,
        "effect_ordering": (Invoked, Selected, Acquired),
        "failure_visible": (
            *(Faulted, SessionFaulted, Dropped, Corrupted),
            *(Closed, Halted, Ended),
        ),
        "output_condition": (OutputDenied, Sent),
    }
)
"""In what respects two runs are compared, and which events count for each."""


def likenesses(one: Sequence[Event], other: Sequence[Event]) -> dict[str, Likeness]:
    """How alike two runs are in each aspect.

    ``exact``: the same events in the same order, for the scheduler at the same ticks too;
    ``reordered``: the same up to the order of independent steps (``normal_form``).
    """
    return {aspect: _likeness(aspect, one, other) for aspect in ASPECTS}


def _likeness(aspect: str, one: Sequence[Event], other: Sequence[Event]) -> Likeness:
    both = [[event for event in run if isinstance(event, ASPECTS[aspect])] for run in (one, other)]
    is_timed = aspect == "scheduler"
    first, second = (
        [_bytes(event if is_timed else replace(event, tick=0)) for event in run] for run in both
    )
    if first == second:
        return "exact"
    first, second = map(normal_form, both)
    return "reordered" if encode(first) == encode(second) else "different"
