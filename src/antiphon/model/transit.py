"""Between a send and its place in a queue: the link, then the buffer (S22, S23)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from antiphon.bytecode.table import BUFFER_FULL, RECEIVE_WAIT, SEND_WAIT
from antiphon.machine.buffer import BLOCK, DROP, ERROR, LATEST, RESIZE, Buffer
from antiphon.machine.event import Dropped, Event
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt
from antiphon.model.link import cross, endpoints
from antiphon.model.state import Edge, Message, Session
from antiphon.values.value import Endpoint


def require_room(at: Attempt, session: Session, edge: Edge) -> None:
    """Guard ``room``: the queue takes another message, or does without it."""
    buffer = at.state.setting.buffer(edge)
    if not is_full(session, edge, buffer):
        return
    if buffer.full == BLOCK or (buffer.full == RESIZE and _grown(session, edge, buffer) is None):
        at.wait(SEND_WAIT, "room", Block(SEND_WAIT, session.id, *edge))
    at.require(buffer.full != ERROR, BUFFER_FULL, "overflow")


def is_full(session: Session, edge: Edge, buffer: Buffer) -> bool:
    """Whether a queue holds all that it can as it is now; a latest one never does."""
    held = len(session.queue(*edge))
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


def put(at: Attempt, session: Session, edge: Edge, message: Message) -> Put:
    """Send a message on its way, which ``require_link`` and ``require_room`` have cleared."""
    over = cross(at, session, edge, message)
    if over.message is None:
        return Put(over.session, over.events, lost=over.lost)
    came = _keep(at, over.session, edge, over.message)
    if not over.events:
        return came
    return replace(came, events=(*over.events, *came.events), lost=(*over.lost, *came.lost))


def _keep(at: Attempt, session: Session, edge: Edge, message: Message) -> Put:
    """Give a message to the buffer of its edge, and wake who waits for it."""
    buffer, queue = at.state.setting.buffer(edge), session.queue(*edge)
    if buffer.mode == LATEST and queue:
        lost = _dropped(at, session, edge, queue[0].label, "overwritten")
        changed = replace(session, lossy=True).with_queue(*edge, (message,))
        woken = _waits_for(at, session, edge, queue[0].visible_at)
        return Put(changed, (lost,), woken, endpoints(*queue))
    if is_full(session, edge, buffer):
        if buffer.full == DROP:
            lost = _dropped(at, session, edge, message.label, "full")
            return Put(replace(session, lossy=True), (lost,), lost=endpoints(message))
        capacity = _grown(session, edge, buffer)
        session = session.with_edge(edge, replace(session.edge(edge), capacity=capacity))
    woken = at.waiter(session, edge[1], RECEIVE_WAIT, edge)
    return Put(session.with_queue(*edge, (*queue, message)), (), woken)


def _waits_for(at: Attempt, session: Session, edge: Edge, tick: int) -> tuple[int, ...]:
    """The receiver of an edge, if it waits for the message that is there for it at ``tick``."""
    owner = at.owner(session, edge[1])
    block = Block(RECEIVE_WAIT, session.id, *edge, tick)
    return (owner.id,) if owner is not None and owner.block == block else ()


def _dropped(at: Attempt, session: Session, edge: Edge, label: str, reason: str) -> Dropped:
    return Dropped(at.tick, session.id, at.coroutine.id, *edge, label, reason)
