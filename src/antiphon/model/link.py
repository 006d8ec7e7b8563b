"""The link of an edge: whether it is up, and what it does to a message (S22).

A link carries messages from their send to the queue of the receiver (``transit``). It only ever
does something to one where a failure is placed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import CHANNEL_CLOSED, SEND_WAIT
from antiphon.machine.event import Corrupted, Dropped, Event
from antiphon.machine.failure import ERASE, Corrupt, Delay, Drop, Partition
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt
from antiphon.model.premise import has_edge
from antiphon.model.state import Edge, EdgeState, Message, Session, State
from antiphon.values.value import UNIT, Bool, Endpoint, Nat, Prod, Str, Value


def require_link(at: Attempt, session: Session, edge: Edge) -> None:
    """Guard ``link``: the receiver has not crashed, and the link is up."""
    at.require(not at.has_crashed(session, edge[1]), CHANNEL_CLOSED, "crashed")
    up_at = session.edge(edge).up_at
    if up_at is None or at.tick < up_at:
        at.wait(SEND_WAIT, "link", Block(SEND_WAIT, session.id, *edge, up_at))


@dataclass(frozen=True, slots=True)
class Crossing:
    """The session after a message was on the link, the message as it comes out at the other end,
    None if it does not, what was seen, and the endpoint that is lost with it, if one is.
    """

    session: Session
    message: Message | None
    events: tuple[Event, ...] = ()
    lost: tuple[Endpoint, ...] = ()


def cross(at: Attempt, session: Session, edge: Edge, message: Message) -> Crossing:
    """Send a message over the link, where one thing may happen to it; then the link may go down."""
    setting = at.state.setting
    if (session.id, edge) not in setting.watched:
        return Crossing(session, message)
    known = session.edge(edge)
    fate = setting.fates.get((session.id, edge, known.sent))
    sent = known.sent + 1
    up_at = down(known.up_at, setting.cuts.get((session.id, edge, sent)), at.tick)
    session = session.with_edge(edge, replace(known, sent=sent, up_at=up_at))
    place = (at.tick, session.id, at.coroutine.id, *edge, message.label)
    match fate:
        case None:
            return Crossing(session, message)
        case Delay():
            return Crossing(session, message._replace(visible_at=at.tick + fate.ticks))
        case Drop():
            seen = (Dropped(*place, "lost"),)
            return Crossing(replace(session, lossy=True), None, seen, endpoints(message))
        case Corrupt():  # pragma: no branch
            changed = message._replace(value=corrupt(message.value, fate.kind))
            events = (Corrupted(*place, changed.value),)
            return Crossing(replace(session, lossy=True), changed, events, endpoints(message))


def endpoints(*messages: Message) -> tuple[Endpoint, ...]:
    """The endpoints among messages."""
    return tuple(each.value for each in messages if isinstance(each.value, Endpoint))


def edges_at_first(state: State, session: int, image: Image, tick: int) -> Mapping[Edge, EdgeState]:
    """What the edges of a new session remember: the links that are down from the start."""
    return {
        edge: EdgeState(up_at=down(0, cut, tick))
        for (number, edge, index), cut in state.setting.cuts.items()
        if number == session and index == 0 and has_edge(image, edge)
    }


def down(up_at: int | None, cut: Partition | None, tick: int) -> int | None:
    """When a link is up again that may go down at ``tick``; as before if it does not."""
    if cut is None:
        return up_at
    return None if cut.ticks is None else tick + cut.ticks


def corrupt(value: Value, kind: str) -> Value:
    """What is left of a value: for ``flip`` another one of its sort if that is easily had."""
    match value:
        case Nat(number) if kind != ERASE:
            return Nat(number ^ 1)
        case Bool(truth) if kind != ERASE:
            return Bool(not truth)
        case Str(text) if kind != ERASE and text:
            return Str(chr(ord(text[0]) ^ 1) + text[1:])
        case Prod(left, right) if kind != ERASE:
            return Prod(corrupt(left, kind), right)
        case _:
            return UNIT
