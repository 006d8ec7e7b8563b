"""Failures as data: each stands at a logical place, whatever the schedule (S22)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

PLACE_MAX: Final = 2**31 - 1
"""The largest session, step, index and number of ticks."""
FLIP: Final = "flip"
ERASE: Final = "erase"
CORRUPTIONS: Final = (FLIP, ERASE)


@dataclass(frozen=True, slots=True)
class Crash:
    """The coroutine that was loaded for a role stops for ever instead of taking its step number
    ``step``, counted from 0.
    """

    session: int
    role: str
    step: int


@dataclass(frozen=True, slots=True)
class Pause:
    """It spends that step doing nothing, and the ``ticks`` from then on: a site that times out."""

    session: int
    role: str
    step: int
    ticks: int


@dataclass(frozen=True, slots=True)
class Drop:
    """The link loses message number ``index`` of an edge, counted from 0."""

    session: int
    sender: str
    receiver: str
    index: int


@dataclass(frozen=True, slots=True)
class Corrupt:
    """The link changes that message's value: ``flip`` changes as little as it can, ``erase`` leaves
    Unit.
    """

    session: int
    sender: str
    receiver: str
    index: int
    kind: str = FLIP


@dataclass(frozen=True, slots=True)
class Delay:
    """That message is there for its receiver only ``ticks`` after it was sent, and so are those
    behind it.
    """

    session: int
    sender: str
    receiver: str
    index: int
    ticks: int


@dataclass(frozen=True, slots=True)
class Partition:
    """The link goes down once ``index`` messages were sent, for 0 when the session opens; ``ticks``
    later it is up again, never for None.
    """

    session: int
    sender: str
    receiver: str
    index: int
    ticks: int | None = None


Failure: TypeAlias = Crash | Pause | Drop | Corrupt | Delay | Partition


def check_failures(failures: Iterable[Failure]) -> None:
    """Raises ``ValueError`` for a number beyond its limits, and for two failures at one place.

    A step can fail in one way, a message too, and a link can go down once at a time.
    """
    places: set[Hashable] = set()
    for failure in failures:
        place = _place(failure)
        if place in places:
            raise ValueError(f"two failures at one place: {failure}")
        places.add(place)
        numbers = {
            "session": failure.session,
            "index": failure.step if isinstance(failure, Crash | Pause) else failure.index,
        }
        for name, number in numbers.items():
            _require(name, number, 0)
        if isinstance(failure, Pause | Delay) or (
            isinstance(failure, Partition) and failure.ticks is not None
        ):
            _require("ticks", failure.ticks, 1)
        if isinstance(failure, Corrupt) and failure.kind not in CORRUPTIONS:
            raise ValueError(f"kind is one of {', '.join(CORRUPTIONS)}, not {failure.kind!r}")


def order(failure: Failure) -> tuple[int, str, str, str, int]:
    """What failures are sorted by: no two of them have it alike."""
    kind = type(failure).__name__
    if isinstance(failure, Crash | Pause):
        return (failure.session, kind, failure.role, "", failure.step)
    return (failure.session, kind, failure.sender, failure.receiver, failure.index)


def _place(failure: Failure) -> Hashable:
    match failure:
        case Crash(session, role, step) | Pause(session, role, step, _):
            return (session, role, step)
        case Partition(session, sender, receiver, index, _):
            return (session, sender, receiver, index, "link")
        case _:
            return (failure.session, failure.sender, failure.receiver, failure.index)


def _require(name: str, number: object, least: int) -> None:
    if type(number) is not int or not least <= number <= PLACE_MAX:
        raise ValueError(f"{name} must be between {least} and 2^31 - 1, not {number}")
