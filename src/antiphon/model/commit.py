"""Applying what a rule decided: a change, a wait, a fault with its containment (S10-S14)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from antiphon.bytecode.table import RECEIVE_WAIT
from antiphon.machine.event import Event, Faulted
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import CRASHED, QUEUE_WAITS, Change
from antiphon.model.ending import Ending, close, end, fail, is_over, lose
from antiphon.model.release import give_back
from antiphon.model.state import Coroutine, Session, State


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
    sessions, next_session = state.sessions, state.next_session
    for session in change.sessions:
        sessions = sessions.put(session.id, session)
        next_session = max(next_session, session.id + 1)
    state = replace(
        state,
        coroutines=coroutines,
        sessions=sessions,
        next_session=next_session,
        guards=change.guards or state.guards,
        ready=state.ready if me.status == "done" else (*state.ready, me.id),
    )
    if change.passed:
        state = count_output(state, passed=True)
    if me.status == "done":
        return _finish(state, me, change, tick)
    if child is not None:
        state = _start(state, child)
    if change.closed is not None:
        closed = close(state, change.closed, tick, me.id)
        return wake(closed.state, closed.waiting), closed.events
    if change.lost:
        ending = lose(state, change.lost, tick, me.id)
        woken = ending.waiting.union(change.woken)
        return wake(ending.state, woken), (*change.events, *ending.events)
    return wake(state, change.woken), change.events


def count_output(state: State, *, passed: bool) -> State:
    """The state after one more output met the condition, or did not."""
    counters = state.counters
    counters = replace(
        counters,
        outputs_passed=counters.outputs_passed + passed,
        outputs_denied=counters.outputs_denied + (not passed),
    )
    return replace(state, counters=counters)


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
    ending = Ending(state, change.events)
    for session in change.sessions:
        found = ending.state.sessions[session.id]
        if found.status == "active" and is_over(found):
            ending = ending.then(end(ending.state, found, tick, me.id))
    return wake(ending.state, ending.waiting), ending.events


def wake(state: State, woken: Collection[int]) -> State:
    """The state with the coroutines ``woken`` ready, and with those whose tick has come, in
    ascending id.
    """
    coroutines, deadlines = state.coroutines, state.deadlines
    if not woken and not deadlines:
        return state
    if deadlines:
        woken = tuple({*woken, *(number for tick, number in deadlines if tick <= state.clock)})
        deadlines = tuple(one for one in deadlines if one[1] not in woken)
    for number in sorted(woken):
        woke = replace(coroutines[number], status="ready", block=None, since=state.clock)
        coroutines = coroutines.put(number, woke)
    ready = (*state.ready, *sorted(woken))
    return replace(state, coroutines=coroutines, ready=ready, deadlines=deadlines)


def block(state: State, me: Coroutine, reason: Block) -> State:
    """The state with ``me`` waiting."""
    waiting = replace(me, status="blocked", block=reason)
    deadlines = state.deadlines
    if reason.until is not None:
        deadlines = tuple(sorted((*deadlines, (reason.until, me.id))))
    coroutines = state.coroutines.put(me.id, waiting)
    return replace(state, coroutines=coroutines, deadlines=deadlines)


def crash(state: State, me: Coroutine, tick: int) -> tuple[State, tuple[Event, ...]]:
    """The state with ``me`` crashed: it keeps what it owns, but no guard layer, and whoever waits
    for one of these, for a message from it or to send it one need not wait.
    """
    state = _faulted(state, me, CRASHED)
    ending = Ending(state, (Faulted(tick, me.session, me.id, me.program.role, CRASHED),))
    ending = ending.then(give_back(state, me, tick))
    waiting = set(ending.waiting)
    for session, role in ((state.sessions[one.session], one.role) for one in me.owned):
        if session.status == "active":
            waiting.update(_waiting_for(state, session, role))
    return wake(ending.state, tuple(waiting)), ending.events


def _waiting_for(state: State, session: Session, role: str) -> Iterator[int]:
    """Those who wait for a message from ``role`` that was not sent, or to send it one."""
    for side in session.endpoints.values():
        owner = None if side.owner is None else state.coroutines[side.owner]
        reason = None if owner is None else owner.block
        if owner is None or reason is None or reason.session != session.id:
            continue
        is_hearing = reason.sender == role and reason.until is None
        is_speaking = reason.code in QUEUE_WAITS and reason.receiver == role
        if is_hearing if reason.code == RECEIVE_WAIT else is_speaking:
            yield owner.id


def _faulted(state: State, me: Coroutine, fault: Fault) -> State:
    failed = state.counters.coroutines_faulted + 1
    return replace(
        state,
        coroutines=state.coroutines.put(
            me.id, replace(me, status="faulted", fault=fault, levels=())
        ),
        counters=replace(state.counters, coroutines_faulted=failed),
    )


def contain(
    state: State, me: Coroutine, fault: Fault, tick: int
) -> tuple[State, tuple[Event, ...]]:
    """The state with ``me`` faulted, and every active session in which it owns an endpoint; the
    guard layers that it held are free.
    """
    state = _faulted(state, me, fault)
    ending = Ending(state, (Faulted(tick, me.session, me.id, me.program.role, fault),))
    ending = ending.then(give_back(state, me, tick))
    ending = ending.then(fail(ending.state, (one.session for one in me.owned), tick, me.id))
    return wake(ending.state, ending.waiting), ending.events
