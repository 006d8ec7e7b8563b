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
    """A session was loaded. Not a step: ``tick`` is that of the next one. ``coroutine`` is set if
    one opened it instead, in a step, and owns its endpoints.
    """

    tick: int
    session: int
    roles: tuple[str, ...]
    coroutine: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A message was queued (``send`` and ``offer``). ``checked``: it met the output condition."""

    tick: int
    session: int
    coroutine: int
    sender: str
    receiver: str
    label: str
    value: Value
    checked: bool = False


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
    message, an older one, was ``overwritten``, or the link has ``lost`` it.
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
class Corrupted:
    """The link has changed the value of the message just sent to ``value``."""

    tick: int
    session: int
    coroutine: int
    sender: str
    receiver: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Closed:
    """A session was ended by one of its owners, whatever was left of it (S15). ``epoch`` counts the
    times that a session was closed: once.
    """

    tick: int
    session: int
    coroutine: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Acquired:
    """A coroutine holds a guard layer."""

    tick: int
    session: int
    coroutine: int
    role: str
    layer: str


@dataclass(frozen=True, slots=True)
class Released:
    """A coroutine holds a guard layer no more: it gave it back, or it has failed."""

    tick: int
    session: int
    coroutine: int
    role: str
    layer: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """A fact is known at the endpoint of ``role``."""

    tick: int
    session: int
    coroutine: int
    role: str
    fact: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a fact that is known at the endpoint of ``role`` may go to ``target``, was asked.

    ``permitted`` is the answer; it is no if the fact is not known.
    """

    tick: int
    session: int
    coroutine: int
    role: str
    fact: str
    target: str
    permitted: bool


@dataclass(frozen=True, slots=True)
class OutputDenied:
    """A message was not sent, because its ``predicate`` does not meet the output condition.

    ``digest`` is that of the event ``Sent`` that there would have been (``machine.digest``).
    """

    tick: int
    session: int
    coroutine: int
    role: str
    predicate: str
    digest: str


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
    | Corrupted
    | Closed
    | Acquired
    | Released
    | Tagged
    | Checked
    | OutputDenied
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
    Corrupted,
    Closed,
    Acquired,
    Released,
    Tagged,
    Checked,
    OutputDenied,
    Forked,
    Joined,
    Aborted,
)

_FIELDS: Final = {
    kind: tuple(field.name for field in fields(kind) if field.name != "checked") for kind in KINDS
}


def to_plain(event: Event) -> Plain:
    """An event as canonical plain data: its kind's name, then its fields in order, but for a
    coroutine that there is not. ``checked`` is there only if it is true.
    """
    parts: list[Plain] = [type(event).__name__]
    for name in _FIELDS[type(event)]:
        item = getattr(event, name)
        if name == "coroutine" and item is None:
            continue
        if name == "value":
            parts.append(wire.to_plain(item))
        elif isinstance(item, Fault):
            parts.append((item.instruction, item.code, item.clause))
        else:
            parts.append(item)
    if isinstance(event, Sent) and event.checked:
        parts.append(True)
    return tuple(parts)


def to_json(event: Event) -> dict[str, object]:
    """An event as a JSON object; ``event`` names its kind."""
    result: dict[str, object] = {"event": type(event).__name__}
    for name in _FIELDS[type(event)]:
        item = getattr(event, name)
        if name == "coroutine" and item is None:
            continue
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
    if isinstance(event, Sent) and event.checked:
        result["checked"] = True
    return result
