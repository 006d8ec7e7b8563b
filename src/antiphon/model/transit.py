"""Between a send and its place in a queue: the link, then the buffer (S22, S23)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from antiphon.bytecode.table import BUFFER_FULL, RECEIVE_WAIT, SEND_WAIT
from antiphon.machine.buffer import BLOCK, DROP, ERROR, LATEST, RESIZE, Buffer
from antiphon.machine.event import Dropped, Event
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt
from antiphon.model.link import Crossing, cross, endpoints
from antiphon.model.speculation import reserved, stage
from antiphon.model.state import Coroutine, Edge, Message, Session, State
from antiphon.values.value import Endpoint


def require_room(at: Attempt, session: Session, edge: Edge) -> None:
    """Guard ``room``: the queue takes another message, or does without it."""
    buffer = at.state.setting.buffer(edge)
    if not is_full(at.state, session, edge, buffer):
        return
    if buffer.full == BLOCK or (buffer.full == RESIZE and _grown(session, edge, buffer) is None):
        at.wait(SEND_WAIT, "room", Block(SEND_WAIT, session.id, *edge))
    at.require(buffer.full != ERROR, BUFFER_FULL, "overflow")


def is_full(state: State, session: Session, edge: Edge, buffer: Buffer) -> bool:
    """Whether all places of a queue are taken, some by forks perhaps; of a latest one never."""
    held = len(session.queue(*edge)) + reserved(state, session, edge)
    return buffer.mode != LATEST and held >= _capacity(session, edge, buffer)


def _capacity(session: Session, edge: Edge, buffer: Buffer) -> int:
    return session.edge(edge).capacity or buffer.capacity


def _grown(session: Session, edge: Edge, buffer: Buffer) -> int | None:
    """The next capacity of a queue that grows; None if it does not grow any more."""
    now, most = _capacity(session, edge, buffer), buffer.maximum
    return min(2 * now, most) if most is not None and now < most else None


@dataclass(frozen=True, slots=True)
class Put:
    """The session after a message was sent on its way, what was seen of that, and who wakes.

    ``lost`` are the endpoints in messages that are lost for it, or changed.
    """

    session: Session
    events: tuple[Event, ...] = ()
    woken: tuple[int, ...] = ()
    lost: tuple[Endpoint, ...] = ()


def put(
    at: Attempt, me: Coroutine, session: Session, edge: Edge, message: Message
) -> tuple[Coroutine, Put]:
    """``me`` sends a message on its way, which ``require_link`` and ``require_room`` have cleared:
    to its queue, or in a fork only up to its place there.
    """
    over = _reserve(at, session, edge, message)
    came = Put(over.session)
    if over.message is not None and me.levels:
        me = stage(me, session, edge, over.message)
    elif over.message is not None:
        came = enqueue(at, over.session, edge, over.message)
    if over.events:
        events, lost = (*over.events, *came.events), (*over.lost, *came.lost)
        came = replace(came, events=events, lost=lost)
    return me, came


def _reserve(at: Attempt, session: Session, edge: Edge, message: Message) -> Crossing:
    """Take a message over the link to its place in the queue, if there is one."""
    buffer, over = at.state.setting.buffer(edge), cross(at, session, edge, message)
    if over.message is None or not is_full(at.state, session, edge, buffer):
        return over
    if buffer.full == DROP:
        events = (*over.events, _dropped(at, session, edge, message.label, "full"))
        lost = (*over.lost, *endpoints(over.message))
        return Crossing(replace(over.session, lossy=True), None, events, lost)
    known, capacity = over.session.edge(edge), _grown(session, edge, buffer)
    grown = over.session.with_edge(edge, replace(known, capacity=capacity))
    return replace(over, session=grown)


def enqueue(at: Attempt, session: Session, edge: Edge, message: Message) -> Put:
    """A message that has its place comes to the queue, and who waits for it wakes."""
    queue = session.queue(*edge)
    if queue and at.state.setting.buffer(edge).mode == LATEST:
        lost = _dropped(at, session, edge, queue[0].label, "overwritten")
        changed = replace(session, lossy=True).with_queue(*edge, (message,))
        woken = _waits_for(at, session, edge, queue[0].visible_at)
        return Put(changed, (lost,), woken, endpoints(*queue))
    woken = at.waiter(session, edge[1], RECEIVE_WAIT, edge)
    return Put(session.with_queue(*edge, (*queue, message)), (), woken)


def _waits_for(at: Attempt, session: Session, edge: Edge, tick: int) -> tuple[int, ...]:
    """The receiver of an edge, if it waits for the message that is there for it at ``tick``."""
    owner = at.owner(session, edge[1])
    block = Block(RECEIVE_WAIT, session.id, *edge, tick)
    return (owner.id,) if owner is not None and owner.block == block else ()


def give_back(at: Attempt, session: Session, edge: Edge, message: Message) -> Put:
    """A message that was taken comes back to the head of its queue, unless that is a latest one
    which has another by now. Nobody waits for it: its receiver is the one who steps.
    """
    queue = session.queue(*edge)
    if not queue or at.state.setting.buffer(edge).mode != LATEST:
        return Put(session.with_queue(*edge, (message, *queue)))
    lost = _dropped(at, session, edge, message.label, "overwritten")
    return Put(replace(session, lossy=True), (lost,))


def _dropped(at: Attempt, session: Session, edge: Edge, label: str, reason: str) -> Dropped:
    return Dropped(at.tick, session.id, at.coroutine.id, *edge, label, reason)
