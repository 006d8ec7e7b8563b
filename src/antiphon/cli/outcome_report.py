"""What a run came to, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from antiphon.bytecode.table import CHANNEL_CLOSED
from antiphon.cli.conversing import Reasons
from antiphon.cli.explanation import fault_picture, waits
from antiphon.cli.telling import told
from antiphon.cli.terminal import say
from antiphon.machine import event as events
from antiphon.machine.event import Event, Faulted
from antiphon.machine.outcome import Waiting
from antiphon.protocols import Conversation, Protocol

_SHOWN_MAX = 5
_USUAL = events.KINDS[:9]
"""The events that are counted even where there are none."""
_FAULTS_MAX = 500
_TOLD_MAX = 200


def to_json(end: Conversation, reasons: Reasons, *, with_events: bool = False) -> dict[str, object]:
    """The result of a run; what needs a trace is null without one."""
    result: dict[str, object] = {
        "outcome": end.outcome.value,
        "steps": end.steps,
        "sessions": end.sessions,
        "events": _counts(end) if end.traced else None,
        "counters": asdict(end.snapshot.counters),
        "faults": _faults(end, reasons),
        "waiting": [_waiting(edge) for edge in end.waiting],
        "digest": end.digest,
        "state_digest": end.state_digest,
        "trace_digest": end.trace_digest,
        "normal_digest": end.normal_digest,
    }
    if with_events:
        result["event_list"] = [events.to_json(event) for event in end.events]
    return result


def _waiting(edge: Waiting) -> dict[str, object]:
    """One edge of the wait-for graph; a layer is named where one is waited for."""
    found = asdict(edge)
    return {name: found[name] for name in found if name != "layer" or edge.layer is not None}


def _counts(end: Conversation) -> dict[str, int]:
    found = Counter(type(event) for event in end.events)
    return {kind.__name__: found[kind] for kind in events.KINDS if found[kind] or kind in _USUAL}


def _faults(end: Conversation, reasons: Reasons) -> list[dict[str, int | str | None]]:
    """The coroutines that have failed, at most a few hundred of them."""
    return [
        {
            "session": one.session,
            "coroutine": one.id,
            "role": one.role,
            "instruction": one.fault.instruction,
            "code": one.fault.code,
            "clause": one.fault.clause,
            "reason": reasons.of(one.session, one.role),
        }
        for one in end.snapshot.coroutines
        if one.fault is not None
    ][:_FAULTS_MAX]


def print_outcome(end: Conversation, reasons: Reasons, protocol: Protocol) -> None:
    """The outcome in a few lines, with the place in the protocol of what went wrong."""
    for fault, before in _first_faults(end) if end.traced else ():
        reason = reasons.of(fault.session, fault.role)
        notes = () if reason is None else (f"the host said: {reason}",)
        say(fault_picture(protocol, fault, before, notes) + "\n")
    for line in waits(end.waiting[:_SHOWN_MAX]):
        say(line)
    say(summary(end))
    if end.digest is not None:
        say(f"digest {end.digest}")
    else:
        say(f"state digest {end.state_digest}")


def print_last(last: Sequence[Event]) -> None:
    """The events that a tail has kept, in words; the newest of very many."""
    shown = last[-_TOLD_MAX:]
    if shown:
        say("The last event:" if len(shown) == 1 else f"The last {len(shown)} events:")
    for event in shown:
        say(f"  step {event.tick + 1}, session {event.session}: {told(event)}")


def summary(end: Conversation) -> str:
    """The outcome, the steps, the sessions and the messages, in one line."""
    parts = [_plural(end.steps, "step"), _plural(end.sessions, "session")]
    if end.traced:
        parts.append(_plural(_counts(end)["Sent"], "message"))
    return f"{end.outcome.value}: {', '.join(parts)}"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _first_faults(end: Conversation) -> list[tuple[Faulted, Sequence[Event]]]:
    """The first faults that are not merely the echo of another, and what came before each."""
    found = [(at, one) for at, one in enumerate(end.events) if isinstance(one, Faulted)]
    causes = [pair for pair in found if pair[1].fault.code != CHANNEL_CLOSED]
    return [(fault, end.events[:at]) for at, fault in (causes or found)[:_SHOWN_MAX]]
