"""What holds of every state, and what a step may change: the laws. A broken one is a ``Bug``.

    owner      each endpoint of a live session is owned by one coroutine that is not done, and
               which knows it, or is one message in transit, or is released at end
    tokens     an endpoint has as many tokens as there are messages queued for it
    ids        ids are below the counters, which never go down
    partition  the ready queue holds exactly the ready coroutines, once each
    blocked    a coroutine waits for what its instruction can wait for, and that has not come
    pc         pc is within the code or just behind it, or where unverified code leads
    layers     a guard layer is held by a coroutine that lives, by a grant that no other has
    facts      what is known at an endpoint is known once, in order
    forks      who goes on has few, and they keep only what concerns its own endpoints
    absorb     nothing keeps a role from taking what is in transit to it (``absorb``)
    frame      a step changes what its coroutine owns, and nothing else

They are stated here over one cell each; ``frame`` has those about a step. ``watch`` says which
cells are looked at when.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NoReturn

from antiphon.bytecode.flow import addresses
from antiphon.bytecode.instruction import CLASSES
from antiphon.bytecode.table import LEVELS_MAX, ROWS
from antiphon.errors import Bug
from antiphon.machine.snapshot import Block
from antiphon.model.absorb import is_absorbed
from antiphon.model.state import Coroutine, EndpointState, Session, State
from antiphon.model.waits import has_come
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint

LAWS = (
    "owner",
    "tokens",
    "ids",
    "partition",
    "blocked",
    "pc",
    "layers",
    "facts",
    "forks",
    "absorb",
    "frame",
)

_NAMES: Final = {kind: name for name, kind in CLASSES.items()}
_OVER: Final = ("done", "faulted")
_WAITS: Final = {(row.instruction, row.outcome.code) for row in ROWS if row.outcome.kind == "wait"}


def broken(law: str, cell: str, words: str) -> NoReturn:
    """A law does not hold of a cell."""
    raise Bug(f"law {law}: {cell}: {words}")


# Of one coroutine ----------------------------------------------------------------------------


def check_coroutine(state: State, me: Coroutine) -> None:
    """Laws ``pc``, ``ids``, ``blocked``; ``owner`` and ``layers`` as the coroutine sees them."""
    cell = f"coroutine {me.id}"
    for one in me.owned:
        session = state.sessions.find(one.session)
        if session is None or session.endpoints[one.role].owner != me.id:
            broken("owner", cell, f"it thinks that it owns {one.role} of session {one.session}")
    if not 0 <= me.id < state.next_coroutine:
        broken("ids", cell, "its id was never given")
    if not 0 <= me.pc <= len(me.program.code) and not _is_named(me):
        broken("pc", cell, f"pc is {me.pc}")
    if state.guards.grants and me.status in _OVER and state.guards.held_by(me.id):
        broken("layers", cell, f"it is {me.status}, and holds {state.guards.held_by(me.id)}")
    if me.levels:
        check_forks(me)
    if (me.status == "blocked") != (me.block is not None):
        broken("blocked", cell, f"it is {me.status} and waits for {me.block}")
    if me.block is not None:
        check_blocked(state, me, me.block)


def check_forks(me: Coroutine) -> None:
    """Law ``forks``."""
    if me.status in _OVER or len(me.levels) > LEVELS_MAX:
        broken("forks", f"coroutine {me.id}", f"it is {me.status}, with {len(me.levels)} forks")
    for level in me.levels:
        ends = {
            *(Endpoint(one.session, one.role) for one in level.kept),
            *(Endpoint(one.session, one.edge[0]) for one in level.staged),
            *(Endpoint(one.session, one.edge[1]) for one in level.taken),
        }
        if not ends <= {*me.owned}:
            broken("forks", f"coroutine {me.id}", "they keep something of another's endpoint")


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
    if has_come(state, me.id, reason):
        broken("blocked", cell, f"it waits for {reason.code}, which is over")


# Of one session ------------------------------------------------------------------------------


def check_session(state: State, session: Session) -> None:
    """Laws ``ids``, ``owner``, ``tokens`` and ``facts``."""
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
        if side.facts and side.facts != tuple(sorted({*side.facts})):
            broken("facts", _endpoint(session, role), f"{side.facts} are known")
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


def check_absorbs(state: State, session: Session, role: str, *, newest: bool) -> str:
    """Law ``absorb``: what breaks it, or nothing. It is no bug yet: the types may not fit."""
    if session.status != "active" or session.lossy:
        return ""
    fine = is_absorbed(state, session, role, newest=newest)
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


def check_layers(state: State) -> None:
    """Law ``layers``, over everything."""
    nonces = [grant.nonce for grant in state.guards.grants.values()]
    for layer, grant in state.guards.grants.items():
        cell, holder = f"layer {layer}", state.coroutines.find(grant.holder)
        if holder is None or holder.status in _OVER:
            broken("layers", cell, f"coroutine {grant.holder} holds it, which is not alive")
        if not 0 <= grant.nonce < state.guards.next_nonce or nonces.count(grant.nonce) > 1:
            broken("layers", cell, f"it is held by grant {grant.nonce}")
