"""What a run lets see, in order: a closed union. ``tick`` is the clock of the step."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, TypeAlias

from antiphon.machine.fault import Fault
from antiphon.values import wire
from antiphon.values.canonical import Plain
from antiphon.values.value import Value


@dataclass(frozen=True, slots=True)
class Opened:
    """A session was loaded. Not a step: ``tick`` is that of the next one."""

    tick: int
    session: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message was queued (``send`` and ``offer``)."""

    tick: int
    session: int
    coroutine: int
    sender: str
    receiver: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Received:
    """A message was taken (``receive`` and ``choose``)."""

    tick: int
    session: int
    coroutine: int
    sender: str
    receiver: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Selected:
    """The host decided an internal choice; nothing is sent yet."""

    tick: int
    session: int
    coroutine: int
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class Invoked:
    """The host did something; ``value`` is its answer."""

    tick: int
    session: int
    coroutine: int
    role: str
    action: str
    value: Value


@dataclass(frozen=True, slots=True)
class Halted:
    """A coroutine finished."""

    tick: int
    session: int
    coroutine: int
    role: str


@dataclass(frozen=True, slots=True)
class Faulted:
    """A coroutine failed."""

    tick: int
    session: int
    coroutine: int
    role: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class SessionFaulted:
    """A session failed with a coroutine that owned an endpoint of it (S11)."""

    tick: int
    session: int
    coroutine: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A session is over: every endpoint is at end and released (S14)."""

    tick: int
    session: int
    coroutine: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A message was lost: ``coroutine``'s step did it. ``reason``: the queue was ``full``, or the
    message, an older one, was ``overwritten``.
    """

    tick: int
    session: int
    coroutine: int
    sender: str
    receiver: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Transferred:
    """The endpoint of ``role`` in ``session`` was given to ``target``."""

    tick: int
    session: int
    coroutine: int
    role: str
    target: int


@dataclass(frozen=True, slots=True)
class Spawned:
    """A coroutine started another, ``child``, which is at home where it is."""

    tick: int
    session: int
    coroutine: int
    role: str
    child: int


@dataclass(frozen=True, slots=True)
class Forked:
    """A coroutine began something that can be undone; ``ghost`` is the number it gave it."""

    tick: int
    session: int
    coroutine: int
    role: str
    ghost: int


@dataclass(frozen=True, slots=True)
class Joined:
    """The fork of tick ``since`` is closed, and what was done in it stands."""

    tick: int
    session: int
    coroutine: int
    role: str
    since: int


@dataclass(frozen=True, slots=True)
class Aborted:
    """The fork of tick ``since`` is closed, and the events of this coroutine from that tick up to
    this one are undone.
    """

    tick: int
    session: int
    coroutine: int
    role: str
    since: int


Event: TypeAlias = (
    Opened
    | Sent
    | Received
    | Selected
    | Invoked
    | Halted
    | Faulted
    | SessionFaulted
    | Ended
    | Dropped
    | Transferred
    | Spawned
    | Forked
    | Joined
    | Aborted
)

KINDS: Final[tuple[type[Event], ...]] = (
    Opened,
    Sent,
    Received,
    Selected,
    Invoked,
    Halted,
    Faulted,
    SessionFaulted,
    Ended,
    Dropped,
    Transferred,
    Spawned,
    Forked,
    Joined,
    Aborted,
)

_FIELDS: Final = {kind: tuple(field.name for field in fields(kind)) for kind in KINDS}


def to_plain(event: Event) -> Plain:
    """An event as canonical plain data: its kind's name, then its fields in order."""
    parts: list[Plain] = [type(event).__name__]
    for name in _FIELDS[type(event)]:
        item = getattr(event, name)
        if name == "value":
            parts.append(wire.to_plain(item))
        elif isinstance(item, Fault):
            parts.append((item.instruction, item.code, item.clause))
        else:
            parts.append(item)
    return tuple(parts)


def to_json(event: Event) -> dict[str, object]:
    """An event as a JSON object; ``event`` names its kind."""
    result: dict[str, object] = {"event": type(event).__name__}
    for name in _FIELDS[type(event)]:
        item = getattr(event, name)
        if name == "value":
            result[name] = wire.to_json(item)
        elif isinstance(item, Fault):
            result[name] = {
                "instruction": item.instruction,
                "code": item.code,
                "clause": item.clause,
            }
        else:
            result[name] = item
    return result
