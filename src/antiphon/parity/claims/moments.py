"""What is claimed of every step, in terms of snapshots: of what a reader of the machine can see.

The model looks at laws of its own (``model.laws``); these are stated again, over the public view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, TypeAlias

from antiphon.bytecode.table import ACQUIRE_WAIT, CRASH, RECEIVE_WAIT, SEND_WAIT, Row
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.event import Dropped, Event, Transferred
from antiphon.machine.snapshot import Block, CoroutineView, EndpointView, SessionView, Snapshot
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint


@dataclass(frozen=True)
class Moment:
    """One step: who took it, the table's row that it reached, and the state on both sides.

    ``ended``: the endpoints which after it are at the end of their type.
    """

    before: Snapshot
    after: Snapshot
    coroutine: int
    row: Row
    events: tuple[Event, ...]
    config: Config
    ended: frozenset[Endpoint]

    @cached_property
    def left(self) -> View:
        """The state before, by id."""
        return View(self.before)

    @cached_property
    def right(self) -> View:
        """The state after, by id."""
        return View(self.after)


class View:
    """A snapshot, by id."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.sessions = {one.id: one for one in snapshot.sessions}
        self.coroutines = {one.id: one for one in snapshot.coroutines}
        self.carried = Counter(
            value
            for session in snapshot.sessions
            for queue in session.queues
            for _, value in queue.messages
            if isinstance(value, Endpoint)
        )


def ended(state: Any) -> frozenset[Endpoint]:
    """The endpoints of a state of the model that are at the end of their type."""
    return frozenset(
        Endpoint(session.id, role)
        for session in state.sessions.values()
        for role, side in session.endpoints.items()
        if side.type is END
    )


Statement: TypeAlias = Callable[[Moment], str]
"""What is wrong with a step, or nothing."""


# Claim 2: the frame --------------------------------------------------------------------------


def frame(moment: Moment) -> str:
    """Sessions of others are as they were; of other coroutines some were woken, and no more."""
    mine = _reach(moment.left, moment.coroutine)
    for number, session in moment.left.sessions.items():
        if number not in mine and moment.right.sessions.get(number) != session:
            return f"session {number} is another's, and has changed"
    for number, one in moment.left.coroutines.items():
        if number != moment.coroutine and not _may_become(moment, one, mine):
            return f"coroutine {number} did not take the step, and has changed"
    held = {one for one in moment.before.guards if one.holder != moment.coroutine}
    if held != {one for one in moment.after.guards if one.holder != moment.coroutine}:
        return "a layer of another has changed"
    order = [one for one in moment.after.ready if one in moment.before.ready]
    others = [one for one in order if one != moment.coroutine]
    if others != [one for one in moment.before.ready if one in others]:
        return "the ready queue was reordered"
    return ""


def _reach(view: View, coroutine: int) -> set[int]:
    """The sessions in which a coroutine owns an endpoint, and what is in transit there."""
    waiting = [
        number
        for number, session in view.sessions.items()
        if any(side.owner == coroutine for side in session.endpoints)
    ]
    found = set(waiting)
    while waiting:
        session = view.sessions.get(waiting.pop())
        for queue in session.queues if session else ():
            for _, value in queue.messages:
                if isinstance(value, Endpoint) and value.session not in found:
                    found.add(value.session)
                    waiting.append(value.session)
    return found


def _may_become(moment: Moment, one: CoroutineView, sessions: set[int]) -> bool:
    """Gone when it was done, or woken; what its forks keep of ``sessions`` may go with these."""
    now = moment.right.coroutines.get(one.id)
    if now is None:
        return one.status == "done" and one.session not in moment.right.sessions
    if now.levels != one.levels:
        now, one = (without(view, sessions) for view in (now, one))
    return now in (one, replace(one, status="ready", block=None))


def without(one: CoroutineView, sessions: set[int]) -> CoroutineView:
    """A coroutine whose forks keep nothing of these sessions."""
    levels = tuple(
        replace(
            level,
            kept=tuple(part for part in level.kept if part.session not in sessions),
            staged=tuple(part for part in level.staged if part.session not in sessions),
            taken=tuple(part for part in level.taken if part.session not in sessions),
        )
        for level in one.levels
    )
    return replace(one, levels=levels)


# Claim 3: invariants -------------------------------------------------------------------------


def invariants(moment: Moment) -> str:
    """Tokens, ids, the partition into ready and not, owners, and what a step costs."""
    return (
        _counted(moment)
        or _partition(moment.after)
        or next((words for one in moment.after.sessions if (words := _tokens(one))), "")
        or owners(moment)
    )


def _counted(moment: Moment) -> str:
    before, after = moment.before, moment.after
    if after.clock != before.clock + 1 or after.last_pick != moment.coroutine:
        return "the step is not one tick of its coroutine"
    if after.next_session < before.next_session or after.next_coroutine < before.next_coroutine:
        return "a counter went back"
    if any(number >= after.next_session for number in moment.right.sessions):
        return "a session has an id that was never given"
    if any(number >= after.next_coroutine for number in moment.right.coroutines):
        return "a coroutine has an id that was never given"
    me, now = moment.left.coroutines[moment.coroutine], moment.right.coroutines
    if me.id in now and now[me.id].cost != me.cost + (me.cost != moment.config.budget):
        return "the step was not paid"
    return ""


def _partition(after: Snapshot) -> str:
    ready = [one.id for one in after.coroutines if one.status == "ready"]
    if sorted(after.ready) != ready:
        return f"ready are {ready}, queued {after.ready}"
    for one in after.coroutines:
        if (one.status == "blocked") != (one.block is not None):
            return f"coroutine {one.id} is {one.status} and waits for {one.block}"
        if (one.status == "faulted") != (one.fault is not None):
            return f"coroutine {one.id} is {one.status} with {one.fault}"
    return ""


def _tokens(session: SessionView) -> str:
    for side in session.endpoints:
        queued = sum(len(q.messages) for q in session.queues if q.receiver == side.role)
        if side.tokens != queued:
            return f"{side.role} has {side.tokens} tokens for {queued} messages"
    return ""


def owners(moment: Moment) -> str:
    """Each endpoint of an active session has one owner, or is one message, or is at its end."""
    view = moment.right
    for session in moment.after.sessions:
        if session.status != "active":
            continue
        for side in session.endpoints:
            endpoint = Endpoint(session.id, side.role)
            words = _owner(view, endpoint, side, endpoint in moment.ended)
            if words:
                return f"{side.role} of session {session.id} {words}"
    return ""


def _owner(view: View, endpoint: Endpoint, side: EndpointView, is_over: bool) -> str:
    if side.in_flight != (view.carried[endpoint] == 1) or view.carried[endpoint] > 1:
        return f"is {view.carried[endpoint]} messages, and in flight is {side.in_flight}"
    if side.owner is None:
        return "" if side.in_flight or is_over else "is nobody's before its end"
    owner = view.coroutines.get(side.owner)
    if side.in_flight or owner is None or owner.status == "done":
        return f"is owned by {side.owner}, which cannot own it"
    return ""


# Claim 5: nobody is stranded -----------------------------------------------------------------


def stranded(moment: Moment) -> str:
    """Who waits, waits for what has not come; and who was woken, for what has."""
    for number, one in moment.right.coroutines.items():
        if one.block is not None and has_come(moment, one.id, one.block):
            return f"coroutine {number} waits for {one.block.code}, which has come"
        was = moment.left.coroutines.get(number)
        if was is None or was.block is None or number == moment.coroutine:
            continue
        if one.block is None and not has_come(moment, number, was.block):
            return f"coroutine {number} was woken, and {was.block.code} goes on"
    return ""


def has_come(moment: Moment, number: int, block: Block) -> bool:
    """Whether a wait is over after the step; one for the host is when the host says so."""
    if block.until is not None and block.until <= moment.after.clock:
        return True
    if block.code == ACQUIRE_WAIT:
        return all(g.layer != block.layer or g.holder == number for g in moment.after.guards)
    if block.code not in (RECEIVE_WAIT, SEND_WAIT):
        return False
    session = moment.right.sessions.get(block.session)
    if session is None or session.status != "active":
        return True
    queued = next(
        (q for q in session.queues if (q.sender, q.receiver) == (block.sender, block.receiver)),
        None,
    )
    count = len(queued.messages) if queued else 0
    if block.code == RECEIVE_WAIT:
        gone = _is_crashed(moment.right, session, block.sender)
        return _is_overwritten(moment, block) or (block.until is None and (count > 0 or gone))
    if _is_crashed(moment.right, session, block.receiver):
        return True
    edge = next((e for e in session.edges if (e.sender, e.receiver) == _edge(block)), None)
    if edge is not None and (edge.up_at is None or edge.up_at > moment.after.clock):
        return False
    buffer = _buffer(moment.config, block)
    waits = buffer.mode == "fifo" and buffer.full in ("block", "resize")
    count += _apart(moment.right, session, _edge(block))
    return not waits or count < (buffer.maximum or buffer.capacity)


def _is_overwritten(moment: Moment, block: Block) -> bool:
    """Whether the message that was waited for will not come, for a later one took its place."""
    return block.until is not None and any(
        isinstance(event, Dropped)
        and event.reason == "overwritten"
        and (event.session, event.sender, event.receiver) == (block.session, *_edge(block))
        for event in moment.events
    )


def _apart(view: View, session: SessionView, edge: tuple[str, str]) -> int:
    """The places of a queue that forks have: of what was staged for it, and taken from it."""
    return sum(
        (one.session, one.sender, one.receiver) == (session.id, *edge)
        for coroutine in view.coroutines.values()
        for level in coroutine.levels
        for one in (*level.staged, *level.taken)
    )


def _edge(block: Block) -> tuple[str, str]:
    return block.sender, block.receiver


def _buffer(config: Config, block: Block) -> Buffer:
    found = {(sender, receiver): buffer for sender, receiver, buffer in config.buffers}
    return found.get(_edge(block), Buffer(capacity=config.capacity))


def _is_crashed(view: View, session: SessionView, role: str) -> bool:
    owner = next((side.owner for side in session.endpoints if side.role == role), None)
    one = None if owner is None else view.coroutines.get(owner)
    return one is not None and one.fault is not None and one.fault.code == CRASH


# Claim 16: endpoints change hands ------------------------------------------------------------


def moves(moment: Moment) -> bool:
    """Whether an endpoint changes hands in the step, and is not only released."""
    was, now = (
        {
            (session.id, side.role): (side.owner, side.in_flight)
            for session in view.sessions.values()
            for side in session.endpoints
        }
        for view in (moment.left, moment.right)
    )
    return any(
        here != was[key] and here != (None, False) for key, here in now.items() if key in was
    )


def handed_over(moment: Moment) -> str:
    """Owners are single; a transfer changes nothing of a session but who owns the endpoint."""
    for event in moment.events:
        if not isinstance(event, Transferred):
            continue
        before, after = (view.sessions[event.session] for view in (moment.left, moment.right))
        sides = {side.role: side for side in before.endpoints}
        given = replace(sides[event.role], owner=event.target)
        wanted = tuple(given if side.role == event.role else side for side in before.endpoints)
        if replace(before, endpoints=wanted) != after:
            return f"the transfer of {event.role} changed more than its owner"
    return owners(moment)


STATEMENTS: Final[Mapping[str, Statement]] = {
    "frame": frame,
    "invariants": invariants,
    "not-stranded": stranded,
    "single-owner": handed_over,
}
