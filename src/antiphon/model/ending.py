"""How sessions end: over, closed or failed; and what is lost with the messages still in transit.

An endpoint that is lost in a message takes its own session with it (S16), and so on. Nobody is
ready again before all of that is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from antiphon.machine.event import Closed, Ended, Event, SessionFaulted
from antiphon.model.attempt import QUEUE_WAITS
from antiphon.model.speculation import without
from antiphon.model.state import Session, State
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint


@dataclass(frozen=True, slots=True)
class Ending:
    """The state after some sessions have ended, what was seen of it, and who waits in vain now."""

    state: State
    events: tuple[Event, ...] = ()
    waiting: frozenset[int] = frozenset()

    def then(self, other: Ending) -> Ending:
        """Both, one after the other."""
        events = (*self.events, *other.events)
        return Ending(other.state, events, self.waiting | other.waiting)


def is_over(session: Session) -> bool:
    """Whether every endpoint is at its end and released."""
    return all(
        side.type is END and side.owner is None and not side.in_flight
        for side in session.endpoints.values()
    )


def end(state: State, session: Session, tick: int, number: int) -> Ending:
    """A session that is over leaves the state, with those at home in it that are done (S14)."""
    counters = replace(state.counters, sessions_ended=state.counters.sessions_ended + 1)
    left = _without(replace(state, counters=counters), session)
    ended = Ending(left, (Ended(tick, session.id, number),))
    return ended.then(lose(left, tuple(_in_transit(session)), tick, number))


def close(state: State, session: Session, tick: int, number: int) -> Ending:
    """A session is closed: it leaves the state whatever is left of it, and nobody owns it (S15)."""
    waiting = frozenset(_waiting_on(state, session))
    coroutines = state.coroutines
    for role, side in session.endpoints.items():
        if side.owner is not None:
            owner = coroutines[side.owner].losing(Endpoint(session.id, role))
            coroutines = coroutines.put(owner.id, without(owner, session.id))
    counters = replace(state.counters, sessions_closed=state.counters.sessions_closed + 1)
    left = _without(replace(state, coroutines=coroutines, counters=counters), session)
    closed = Ending(left, (Closed(tick, session.id, number, 1),), waiting)
    return closed.then(lose(left, tuple(_in_transit(session)), tick, number))


def fail(state: State, sessions: Iterable[int], tick: int, number: int) -> Ending:
    """Sessions fail, those that are active, and all that are lost with them (S11, S16)."""
    pending, ending = list(sessions), Ending(state)
    while pending:
        session = ending.state.sessions.find(pending.pop(0))
        if session is not None and session.status == "active":
            lost = tuple(_in_transit(session))
            pending += (one.session for one in lost)
            waiting = frozenset(_waiting_on(ending.state, session))
            failed = _lost(_failed(ending.state, session), lost)
            ending = ending.then(
                Ending(failed, (SessionFaulted(tick, session.id, number),), waiting)
            )
    return ending


def _failed(state: State, session: Session) -> State:
    """The state with a session that has failed: its queues are empty, forks have nothing of it."""
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


def _without(state: State, session: Session) -> State:
    """The state without a session and those of its coroutines that are done."""
    coroutines = state.coroutines
    for number in session.members:
        if coroutines[number].status == "done":
            coroutines = coroutines.drop(number)
    return replace(state, sessions=state.sessions.drop(session.id), coroutines=coroutines)


def lose(state: State, lost: Iterable[Endpoint], tick: int, number: int) -> Ending:
    """Endpoints are lost with the messages that they were in, and their sessions fail (S16)."""
    return fail(_lost(state, lost), (one.session for one in lost), tick, number)


def _lost(state: State, lost: Iterable[Endpoint]) -> State:
    """The state in which these endpoints are nobody's."""
    sessions = state.sessions
    for one in lost:
        session = sessions.find(one.session)
        if session is not None:
            side = replace(session.endpoints[one.role], in_flight=False)
            sessions = sessions.put(session.id, session.with_endpoint(one.role, side))
    return replace(state, sessions=sessions)


def _in_transit(session: Session) -> Iterator[Endpoint]:
    """The endpoints among the messages of a session, by queue, the oldest first."""
    for _, messages in sorted(session.queues.items()):
        yield from (each.value for each in messages if isinstance(each.value, Endpoint))


def _waiting_on(state: State, session: Session) -> Iterator[int]:
    """Those who wait for a message or for room in a queue of ``session``."""
    for side in session.endpoints.values():
        if side.owner is not None:
            reason = state.coroutines[side.owner].block
            if reason is not None and reason.session == session.id and reason.code in QUEUE_WAITS:
                yield side.owner
