"""Applying what a rule decided: a change, a wait, a fault with its containment (S10-S14)."""

from __future__ import annotations

from dataclasses import replace

from antiphon.machine.event import Ended, Event, Faulted, SessionFaulted
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Change
from antiphon.model.state import Coroutine, Session, State
from antiphon.theory.local_type import END


def apply(state: State, change: Change, tick: int) -> tuple[State, tuple[Event, ...]]:
    """The state after a change: the stepper is ready again unless it is done, the woken follow."""
    me = change.coroutine
    if me.status == "ready":
        me = replace(me, since=state.clock)
    state = replace(state, coroutines=state.coroutines.put(me.id, me))
    if change.session is not None:
        state = replace(state, sessions=state.sessions.put(change.session.id, change.session))
    if me.status == "ready":
        state = replace(state, ready=(*state.ready, me.id))
        return wake(state, change.woken), change.events
    done = state.counters.coroutines_done + 1
    state = replace(state, counters=replace(state.counters, coroutines_done=done))
    session = state.sessions[me.session]
    if session.status == "active" and _is_over(session):
        return _end(state, session), (*change.events, Ended(tick, session.id, me.id))
    return state, change.events


def wake(state: State, woken: tuple[int, ...]) -> State:
    """The state with the coroutines ``woken`` ready, in ascending id."""
    coroutines = state.coroutines
    for number in sorted(woken):
        woke = replace(coroutines[number], status="ready", block=None, since=state.clock)
        coroutines = coroutines.put(number, woke)
    return replace(state, coroutines=coroutines, ready=(*state.ready, *sorted(woken)))


def _is_over(session: Session) -> bool:
    return all(side.type is END and side.owner is None for side in session.endpoints.values())


def _end(state: State, session: Session) -> State:
    """The state without an ended session and its coroutines."""
    coroutines = state.coroutines
    for number in session.members:
        coroutines = coroutines.drop(number)
    counters = replace(state.counters, sessions_ended=state.counters.sessions_ended + 1)
    sessions = state.sessions.drop(session.id)
    return replace(state, sessions=sessions, coroutines=coroutines, counters=counters)


def block(state: State, me: Coroutine, reason: Block) -> State:
    """The state with ``me`` waiting."""
    waiting = replace(me, status="blocked", block=reason)
    return replace(state, coroutines=state.coroutines.put(me.id, waiting))


def contain(
    state: State, me: Coroutine, fault: Fault, tick: int
) -> tuple[State, tuple[Event, ...]]:
    """The state with ``me`` faulted, and every active session in which it owns an endpoint."""
    failed = state.counters.coroutines_faulted + 1
    state = replace(
        state,
        coroutines=state.coroutines.put(me.id, replace(me, status="faulted", fault=fault)),
        counters=replace(state.counters, coroutines_faulted=failed),
    )
    events: list[Event] = [Faulted(tick, me.session, me.id, me.program.role, fault)]
    session = state.sessions[me.session]
    owned = session.endpoints[me.program.role].owner == me.id
    if owned and session.status == "active":
        state = _fail(state, session)
        events.append(SessionFaulted(tick, session.id, me.id))
    return state, tuple(events)


def _fail(state: State, session: Session) -> State:
    """The state with ``session`` faulted, its queues empty, and those who waited on them ready."""
    endpoints = {role: replace(side, tokens=0) for role, side in session.endpoints.items()}
    failed = replace(session, status="faulted", endpoints=endpoints, queues={})
    count = state.counters.sessions_faulted + 1
    state = replace(
        state,
        sessions=state.sessions.put(session.id, failed),
        counters=replace(state.counters, sessions_faulted=count),
    )
    waiting = tuple(
        side.owner
        for side in session.endpoints.values()
        if side.owner is not None and _waits_on(state.coroutines[side.owner], session)
    )
    return wake(state, waiting)


def _waits_on(coroutine: Coroutine, session: Session) -> bool:
    reason = coroutine.block
    return reason is not None and reason.session == session.id and reason.sender != ""
