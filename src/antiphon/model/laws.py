"""What holds of every state, and what a step may change: the laws. A broken one is a ``Bug``.

    owner      each endpoint of a live session is owned by one coroutine that is not done, and
               which knows it, or is one message in transit, or is released at end
    tokens     an endpoint has as many tokens as there are messages queued for it
    ids        ids are below the counters, which never go down
    partition  the ready queue holds exactly the ready coroutines, once each
    blocked    a coroutine waits for what its instruction can wait for, and that has not come
    pc         pc is within the code or just behind it, or where unverified code leads
    absorb     what is in transit to a role will be taken by it (``absorb``)
    frame      a step changes what its coroutine owns, and nothing else

They are stated here over one cell each; ``frame`` has those about a step. ``watch`` says which
cells are looked at when.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NoReturn

from antiphon.bytecode.flow import addresses
from antiphon.bytecode.instruction import CLASSES
from antiphon.bytecode.table import RECEIVE_WAIT, ROWS, SEND_WAIT
from antiphon.errors import Bug
from antiphon.machine.buffer import BLOCK, FIFO, RESIZE
from antiphon.machine.snapshot import Block
from antiphon.model.absorb import is_absorbed
from antiphon.model.state import Coroutine, EndpointState, Session, State
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint

LAWS: Final = ("owner", "tokens", "ids", "partition", "blocked", "pc", "absorb", "frame")

_NAMES: Final = {kind: name for name, kind in CLASSES.items()}
_WAITS: Final = {(row.instruction, row.outcome.code) for row in ROWS if row.outcome.kind == "wait"}


def broken(law: str, cell: str, words: str) -> NoReturn:
    """A law does not hold of a cell."""
    raise Bug(f"law {law}: {cell}: {words}")


# Of one coroutine ----------------------------------------------------------------------------


def check_coroutine(state: State, me: Coroutine) -> None:
    """Laws ``pc``, ``ids``, ``blocked``, and ``owner`` as the coroutine sees it."""
    cell = f"coroutine {me.id}"
    for one in me.owned:
        session = state.sessions.find(one.session)
        if session is None or session.endpoints[one.role].owner != me.id:
            broken("owner", cell, f"it thinks that it owns {one.role} of session {one.session}")
    if not 0 <= me.id < state.next_coroutine:
        broken("ids", cell, "its id was never given")
    if not 0 <= me.pc <= len(me.program.code) and not _is_named(me):
        broken("pc", cell, f"pc is {me.pc}")
    if (me.status == "blocked") != (me.block is not None):
        broken("blocked", cell, f"it is {me.status} and waits for {me.block}")
    if me.block is not None:
        check_blocked(state, me, me.block)


def _is_named(me: Coroutine) -> bool:
    """Whether code that was not verified leads where ``me`` is."""
    return any(me.pc in addresses(instruction) for instruction in me.program.code)


def check_blocked(state: State, me: Coroutine, reason: Block) -> None:
    """Law ``blocked``: its instruction may wait so, and what it waits for has not come."""
    cell = f"coroutine {me.id}"
    code = me.program.code
    name = _NAMES[type(code[me.pc])] if 0 <= me.pc < len(code) else "fetch"
    if (name, reason.code) not in _WAITS and ("fetch", reason.code) not in _WAITS:
        broken("blocked", cell, f"{name} does not wait for {reason.code}")
    if has_come(state, reason):
        broken("blocked", cell, f"it waits for {reason.code}, which is over")


def has_come(state: State, reason: Block) -> bool:
    """Whether a wait is over; one for the host is when the host says so."""
    if reason.until is not None and reason.until <= state.clock:
        return True
    if reason.code not in (RECEIVE_WAIT, SEND_WAIT):
        return False
    session, edge = state.sessions.find(reason.session), (reason.sender, reason.receiver)
    if session is None or session.status != "active":
        return True
    if reason.code == RECEIVE_WAIT:
        return reason.until is None and bool(session.queue(*edge))
    up_at = session.edge(edge).up_at
    if up_at is None or state.clock < up_at:
        return False
    buffer = state.setting.buffer(edge)
    room = buffer.capacity if buffer.maximum is None else buffer.maximum
    waits = buffer.mode == FIFO and buffer.full in (BLOCK, RESIZE)
    return not waits or len(session.queue(*edge)) < room


# Of one session ------------------------------------------------------------------------------


def check_session(state: State, session: Session) -> None:
    """Laws ``ids``, ``owner`` and ``tokens``."""
    if not 0 <= session.id < state.next_session:
        broken("ids", f"session {session.id}", "its id was never given")
    queued = dict.fromkeys(session.endpoints, 0)
    for edge, queue in session.queues.items():
        if edge[1] in queued:
            queued[edge[1]] += len(queue)
    for role, side in session.endpoints.items():
        if side.tokens != queued[role]:
            words = f"{side.tokens} tokens, {queued[role]} messages"
            broken("tokens", _endpoint(session, role), words)
        check_owner(state, session, role, side)


def _endpoint(session: Session, role: str) -> str:
    return f"endpoint {role} of session {session.id}"


def check_owner(state: State, session: Session, role: str, side: EndpointState) -> None:
    """Law ``owner``, as the endpoint sees it."""
    if side.owner is None:
        if side.type is not END and not side.in_flight and session.status == "active":
            broken("owner", _endpoint(session, role), "nobody owns it, and it is not at end")
        return
    if side.in_flight:
        broken("owner", _endpoint(session, role), "it is owned, and it is on its way")
    owner = state.coroutines.find(side.owner)
    words = f"its owner is coroutine {side.owner}, "
    if owner is None or owner.status == "done":
        broken("owner", _endpoint(session, role), f"{words}which is gone")
    if not any(one.role == role and one.session == session.id for one in owner.owned):
        broken("owner", _endpoint(session, role), f"{words}which does not know it")


def check_absorbs(session: Session, role: str, *, newest: bool) -> str:
    """Law ``absorb``: what breaks it, or nothing. It is no bug yet: the types may not fit."""
    if session.status != "active" or session.lossy:
        return ""
    fine = is_absorbed(session, role, newest=newest)
    return "" if fine else _endpoint(session, role)


# Of everything -------------------------------------------------------------------------------


def check_partition(state: State) -> None:
    """Law ``partition``, over everything."""
    ready = sorted(number for number, me in state.coroutines.items() if me.status == "ready")
    if sorted(state.ready) != ready:
        broken("partition", "the ready queue", f"{state.ready}, but ready are {ready}")


def check_deadlines(state: State) -> None:
    """Law ``blocked``, over everything: those who wait for a tick are known by it."""
    waits = sorted(
        (me.block.until, me.id)
        for me in state.coroutines.values()
        if me.block is not None and me.block.until is not None
    )
    if state.deadlines != tuple(waits):
        broken("blocked", "the deadlines", f"{state.deadlines}, but waited for are {waits}")


def check_flights(state: State) -> None:
    """Law ``owner``, over everything: what is in flight is one message in transit."""
    found: Counter[Endpoint] = Counter(
        message.value
        for session in state.sessions.values()
        for queue in session.queues.values()
        for message in queue
        if isinstance(message.value, Endpoint)
    )
    for session in state.sessions.values():
        for role, side in session.endpoints.items():
            count = found[Endpoint(session.id, role)]
            if session.status == "active" and count != side.in_flight:
                broken("owner", _endpoint(session, role), f"it is {count} messages in transit")
