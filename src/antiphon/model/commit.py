"""Applying what a rule decided: a change, a wait, a fault with its containment (S10-S14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from antiphon.machine.event import Ended, Event, Faulted, SessionFaulted
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Change
from antiphon.model.speculation import without
from antiphon.model.state import Coroutine, Session, State
from antiphon.theory.local_type import END


def apply(state: State, change: Change, tick: int) -> tuple[State, tuple[Event, ...]]:
    """The state after a change: the stepper is ready again unless it is done, then a child, then
    the woken.
    """
    me, child = change.coroutine, change.child
    if me.status == "ready":
        me = replace(me, since=state.clock)
    coroutines = state.coroutines.put(me.id, me)
    for other in change.others:
        coroutines = coroutines.put(other.id, other)
    sessions = state.sessions
    for session in change.sessions:
        sessions = sessions.put(session.id, session)
    state = replace(state, coroutines=coroutines, sessions=sessions)
    if me.status == "done":
        return _finish(state, me, change, tick)
    state = replace(state, ready=(*state.ready, me.id))
    if child is not None:
        state = _start(state, child)
    return wake(state, change.woken), change.events


def _start(state: State, child: Coroutine) -> State:
    """The state with a new coroutine at the back of the ready queue, at home with its parent."""
    sessions, home = state.sessions, state.sessions.find(child.session)
    if home is not None:
        sessions = sessions.put(home.id, replace(home, members=(*home.members, child.id)))
    return replace(
        state,
        sessions=sessions,
        coroutines=state.coroutines.put(child.id, replace(child, since=state.clock)),
        next_coroutine=child.id + 1,
        ready=(*state.ready, child.id),
    )


def _finish(
    state: State, me: Coroutine, change: Change, tick: int
) -> tuple[State, tuple[Event, ...]]:
    """The state after ``me`` is done: with it end the sessions that are over now (S14)."""
    done = state.counters.coroutines_done + 1
    state = replace(state, counters=replace(state.counters, coroutines_done=done))
    if state.sessions.find(me.session) is None:
        state = replace(state, coroutines=state.coroutines.drop(me.id))
    events = list(change.events)
    for session in change.sessions:
        if session.status == "active" and _is_over(session):
            state = _end(state, session)
            events.append(Ended(tick, session.id, me.id))
    return state, tuple(events)


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
    """The state without an ended session and those of its coroutines that are done."""
    coroutines = state.coroutines
    for number in session.members:
        if coroutines[number].status == "done":
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
        coroutines=state.coroutines.put(
            me.id, replace(me, status="faulted", fault=fault, levels=())
        ),
        counters=replace(state.counters, coroutines_faulted=failed),
    )
    events: list[Event] = [Faulted(tick, me.session, me.id, me.program.role, fault)]
    waiting: set[int] = set()
    for number in dict.fromkeys(one.session for one in me.owned):
        session = state.sessions[number]
        if session.status == "active":
            waiting.update(_waiting_on(state, session))
            state = _fail(state, session)
            events.append(SessionFaulted(tick, session.id, me.id))
    return wake(state, tuple(waiting)), tuple(events)


def _fail(state: State, session: Session) -> State:
    """The state with ``session`` faulted, its queues empty, and nothing of it left in forks."""
    endpoints = {role: replace(side, tokens=0) for role, side in session.endpoints.items()}
    failed = replace(session, status="faulted", endpoints=endpoints, queues={})
    count = state.counters.sessions_faulted + 1
    coroutines = state.coroutines
    for side in session.endpoints.values():
        if side.owner is not None and coroutines[side.owner].levels:
            coroutines = coroutines.put(side.owner, without(coroutines[side.owner], session.id))
    return replace(
        state,
        coroutines=coroutines,
        sessions=state.sessions.put(session.id, failed),
        counters=replace(state.counters, sessions_faulted=count),
    )


def _waiting_on(state: State, session: Session) -> Iterator[int]:
    """Those who wait for a message or for room in a queue of ``session``."""
    for side in session.endpoints.values():
        if side.owner is not None:
            reason = state.coroutines[side.owner].block
            if reason is not None and reason.session == session.id and reason.sender != "":
                yield side.owner
