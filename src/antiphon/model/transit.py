"""Between a send and its place in a queue: is there room, and what does the buffer do (S23)?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from antiphon.bytecode.table import BUFFER_FULL, SEND_WAIT
from antiphon.machine.buffer import BLOCK, DROP, ERROR, LATEST, RESIZE, Buffer
from antiphon.machine.event import Dropped, Event
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt
from antiphon.model.speculation import reserved
from antiphon.model.state import Edge, Message, Session, State


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
class Place:
    """The session after a message got its place in a queue, and what was seen of that.

    ``is_there``: there is one; else the message is lost.
    """

    session: Session
    events: tuple[Event, ...] = ()
    is_there: bool = True


def reserve(at: Attempt, session: Session, edge: Edge, label: str) -> Place:
    """The place of a message that ``require_room`` let come to its queue."""
    buffer = at.state.setting.buffer(edge)
    if not is_full(at.state, session, edge, buffer):
        return Place(session)
    if buffer.full == DROP:
        lost = (_dropped(at, session, edge, label, "full"),)
        return Place(replace(session, lossy=True), lost, is_there=False)
    capacity = _grown(session, edge, buffer)
    return Place(session.with_edge(edge, replace(session.edge(edge), capacity=capacity)))


def enqueue(
    at: Attempt, session: Session, edge: Edge, message: Message
) -> tuple[Session, tuple[Event, ...]]:
    """A message that has a place comes to its queue: the session, and what was seen of that."""
    queue = session.queue(*edge)
    if at.state.setting.buffer(edge).mode != LATEST:
        return session.with_queue(*edge, (*queue, message)), ()
    lost = tuple(_dropped(at, session, edge, label, "overwritten") for label, _ in queue)
    changed = replace(session, lossy=session.lossy or bool(lost))
    return changed.with_queue(*edge, (message,)), lost


def give_back(
    at: Attempt, session: Session, edge: Edge, message: Message
) -> tuple[Session, tuple[Event, ...]]:
    """A message that was taken comes back to the head of its queue, unless that is a latest one
    which has another by now: the session, and what was seen of that.
    """
    queue = session.queue(*edge)
    if not queue or at.state.setting.buffer(edge).mode != LATEST:
        return session.with_queue(*edge, (message, *queue)), ()
    lost = (_dropped(at, session, edge, message[0], "overwritten"),)
    return replace(session, lossy=True), lost


def _dropped(at: Attempt, session: Session, edge: Edge, label: str, reason: str) -> Dropped:
    return Dropped(at.tick, session.id, at.coroutine.id, *edge, label, reason)
