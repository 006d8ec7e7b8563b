"""Between a send and its place in a queue: is there room, and what does the buffer do (S23)?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from antiphon.bytecode.table import BUFFER_FULL, SEND_WAIT
from antiphon.machine.buffer import BLOCK, DROP, ERROR, LATEST, RESIZE, Buffer
from antiphon.machine.event import Dropped, Event
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt
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
    """The session after a message came to its queue, and what was seen of that.

    ``is_queued``: the queue holds the message now. ``lost`` are the endpoints in messages that it
    does not hold any more.
    """

    session: Session
    events: tuple[Event, ...] = ()
    is_queued: bool = True
    lost: tuple[Endpoint, ...] = ()


def put(at: Attempt, session: Session, edge: Edge, message: Message) -> Put:
    """Give a message to the buffer of its edge, which ``require_room`` let it come to."""
    buffer, queue = at.state.setting.buffer(edge), session.queue(*edge)
    if buffer.mode == LATEST:
        lost = tuple(_dropped(at, session, edge, label, "overwritten") for label, _ in queue)
        changed = replace(session, lossy=session.lossy or bool(lost))
        return Put(changed.with_queue(*edge, (message,)), lost, lost=_endpoints(queue))
    if is_full(session, edge, buffer):
        if buffer.full == DROP:
            lost = (_dropped(at, session, edge, message[0], "full"),)
            return Put(replace(session, lossy=True), lost, False, _endpoints((message,)))
        capacity = _grown(session, edge, buffer)
        session = session.with_edge(edge, replace(session.edge(edge), capacity=capacity))
    return Put(session.with_queue(*edge, (*queue, message)))


def _endpoints(messages: tuple[Message, ...]) -> tuple[Endpoint, ...]:
    return tuple(value for _, value in messages if isinstance(value, Endpoint))


def _dropped(at: Attempt, session: Session, edge: Edge, label: str, reason: str) -> Dropped:
    return Dropped(at.tick, session.id, at.coroutine.id, *edge, label, reason)
