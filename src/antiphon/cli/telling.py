"""Where two runs part, in words and as JSON, with the places in their protocols."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from antiphon.cli.terminal import say
from antiphon.drawing.brief import brief
from antiphon.errors import AntiphonError
from antiphon.machine import event as events
from antiphon.machine.event import (
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Halted,
    Invoked,
    Opened,
    Received,
    Selected,
    Sent,
    SessionFaulted,
)
from antiphon.protocols import Protocol, protocol
from antiphon.replay.divergence import Divergence
from antiphon.replay.stored import Source

_LOST = "another event, which neither machine makes of what was recorded"


def told(event: Event) -> str:
    """An event in words."""
    match event:
        case Sent():
            return f"{event.sender} sends {_message(event)} to {event.receiver}"
        case Received():
            return f"{event.receiver} receives {_message(event)} from {event.sender}"
        case Selected():
            return f"{event.role} chooses {event.label}"
        case Invoked():
            return f"{event.role} invokes {event.action}: {brief(event.value) or '()'}"
        case Faulted(fault=fault):
            return f"{event.role} fails: {fault.code} at {fault.instruction} ({fault.clause})"
        case Halted():
            return f"{event.role} is done"
        case Opened():
            return f"a session of {', '.join(event.roles)} is opened"
        case SessionFaulted():
            return "the session has failed"
        case Ended():
            return "the session is over"
        case Dropped():
            edge = f"{event.label} from {event.sender} to {event.receiver}"
            return f"{edge} is lost ({event.reason})"
        case Corrupted():
            edge = f"from {event.sender} to {event.receiver}"
            return f"{_message(event)} {edge} is what the link made of it"
        case _:
            given = {**events.to_json(event)}
            kind = given.pop("event")
            hidden = ("tick", "session", "coroutine")
            rest = (f"{name} {given[name]}" for name in given if name not in hidden)
            return f"{kind}: {', '.join(rest)}"


def _message(event: Sent | Received | Corrupted) -> str:
    return f"{event.label}({brief(event.value)})"


def place_of(
    event: Event | None, before: Sequence[Event], source: Source | None
) -> tuple[str, int] | None:
    """The file and line of the message that the role of ``event`` had come to, if it is known."""
    role = getattr(event, "role", None)
    if isinstance(event, Sent | Dropped | Corrupted):
        role = event.sender
    elif isinstance(event, Received):
        role = event.receiver
    if event is None or role is None or source is None:
        return None
    found = _protocol(source)
    opened = (one for one in before if isinstance(one, Opened) and one.session == event.session)
    roles = next((one.roles for one in opened), None)
    if found is None or roles != found.image.roles or role not in found.roles:
        return None
    spans = found.where(role, before, event.session)
    return (source.file, spans[0].line) if spans else None


@lru_cache(maxsize=4)
def _protocol(source: Source) -> Protocol | None:
    """The protocol of a text that was kept; None for one that needs other files, or is damaged."""
    try:
        return protocol(source.text, source.protocol)
    except AntiphonError:
        return None


def print_divergence(
    found: Divergence, names: tuple[str, str], sources: tuple[Source | None, Source | None]
) -> None:
    """Where two runs part: what both have last, and then either."""
    say(f"They part at event {found.number + 1}:")
    width = max(map(len, names))
    sides = zip(names, (found.recorded, found.actual), sources, strict=True)
    for name, event, source in sides:
        is_lost = event is None and name == names[0] and not found.is_known
        words = _LOST if is_lost else _side(event, found.before, source)
        say(f"  {name:{width}}  {words}")


def _side(event: Event | None, before: Sequence[Event], source: Source | None) -> str:
    if event is None:
        return "nothing more"
    place = place_of(event, before, source)
    where = "" if place is None else f", at {place[0]}:{place[1]}"
    return f"step {event.tick + 1}, session {event.session}: {told(event)}{where}"


def divergence_json(
    found: Divergence, names: tuple[str, str], sources: tuple[Source | None, Source | None]
) -> dict[str, object]:
    """The same as JSON: the number of the event from 0, and under each name an object or null."""
    result: dict[str, object] = {"number": found.number}
    sides = zip(names, (found.recorded, found.actual), sources, strict=True)
    for name, event, source in sides:
        place = place_of(event, found.before, source)
        result[name] = event and {
            **events.to_json(event),
            "words": told(event),
            "file": None if place is None else place[0],
            "line": None if place is None else place[1],
        }
    return result
