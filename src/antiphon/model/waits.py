"""Whether a wait is over: what law ``blocked`` asks of all who wait, after every step (S12)."""

from __future__ import annotations

from antiphon.bytecode.table import ACQUIRE_WAIT, RECEIVE_WAIT
from antiphon.machine.buffer import BLOCK, FIFO, RESIZE
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import CRASHED, QUEUE_WAITS
from antiphon.model.speculation import reserved
from antiphon.model.state import Session, State


def has_come(state: State, number: int, reason: Block) -> bool:
    """Whether a coroutine waits no longer; for the host it does until the host says so."""
    if reason.until is not None and reason.until <= state.clock:
        return True
    if reason.code == ACQUIRE_WAIT:
        return state.guards.holder(reason.layer) in (None, number)
    if reason.code not in QUEUE_WAITS:
        return False
    session, edge = state.sessions.find(reason.session), (reason.sender, reason.receiver)
    if session is None or session.status != "active":
        return True
    if reason.code == RECEIVE_WAIT:
        hears = session.queue(*edge) or _has_crashed(state, session, reason.sender)
        return reason.until is None and bool(hears)
    if _has_crashed(state, session, reason.receiver):
        return True
    up_at = session.edge(edge).up_at
    if up_at is None or state.clock < up_at:
        return False
    buffer = state.setting.buffer(edge)
    room = buffer.capacity if buffer.maximum is None else buffer.maximum
    waits = buffer.mode == FIFO and buffer.full in (BLOCK, RESIZE)
    return not waits or len(session.queue(*edge)) + reserved(state, session, edge) < room


def _has_crashed(state: State, session: Session, role: str) -> bool:
    """Whether who owns an endpoint has crashed, so that nobody need wait for it."""
    side = session.endpoints.get(role)
    owner = None if side is None or side.owner is None else state.coroutines.find(side.owner)
    return owner is not None and owner.fault == CRASHED
