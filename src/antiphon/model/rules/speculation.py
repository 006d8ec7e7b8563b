"""``fork``, ``join`` and ``abort``: doing something so that it can be undone."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import (
    LEVELS_MAX,
    SEND_WAIT,
    SPECULATION_FAULT,
    TYPE_VIOLATION,
)
from antiphon.machine.event import Aborted, Event, Forked, Joined
from antiphon.model.attempt import Attempt, Change
from antiphon.model.speculation import merged, open_level
from antiphon.model.state import Session
from antiphon.model.transit import enqueue, give_back
from antiphon.values.value import Endpoint, Nat


def fork(at: Attempt, i: code.Fork) -> Change:
    """Begin something that can be undone.

    Premise: ``ghost`` holds a number, which names the fork for people; not too many are open.

    Change: one more fork is open, which keeps the registers as they are; pc + 1.

    Observes: ``Forked``.

    Faults: out-of-registers.operand, type-violation.ghost, speculation-fault.depth.
    """
    at.operands(i.ghost)
    me = at.coroutine
    ghost = me.registers[i.ghost]
    if not isinstance(ghost, Nat):
        at.fault(TYPE_VIOLATION, "ghost")
    at.require(len(me.levels) < LEVELS_MAX, SPECULATION_FAULT, "depth")
    return Change(
        replace(open_level(me, ghost.value, at.tick), pc=me.pc + 1),
        events=(Forked(at.tick, me.session, me.id, me.program.role, ghost.value),),
    )


def join(at: Attempt, _: code.Join) -> Change:
    """Keep what was done since the last fork that is open.

    Premise: a fork is open.

    Change: it is open no more, pc + 1. What it kept apart goes to the fork around it. If there is
    none, the staged messages are queued in order, with their tokens, and receivers that wait for
    them wake; the places of the taken messages are free, and senders that wait for them wake.

    Observes: ``Joined``, then ``Dropped`` for each message that is overwritten, ``SessionFaulted``
    for each session that is lost with one.

    Faults: speculation-fault.none.
    """
    me = at.coroutine
    at.require(bool(me.levels), SPECULATION_FAULT, "none")
    *around, level = me.levels
    event = Joined(at.tick, me.session, me.id, me.program.role, level.since)
    me = replace(me, pc=me.pc + 1)
    if around:
        outer = merged(around[-1], level)
        return Change(replace(me, levels=(*around[:-1], outer)), events=(event,))

    sessions: dict[int, Session] = {}
    events: list[Event] = [event]
    woken: set[int] = set()
    lost: list[Endpoint] = []
    for one in level.staged:
        session = sessions.get(one.session) or at.state.sessions[one.session]
        came = enqueue(at, session, one.edge, one.message)
        sessions[one.session] = came.session
        events += came.events
        woken.update(came.woken)
        lost += came.lost
    for one in level.taken:
        session = at.state.sessions[one.session]
        woken.update(at.waiter(session, one.edge[0], SEND_WAIT, one.edge))
    return Change(
        replace(me, levels=()),
        tuple(sessions.values()),
        tuple(events),
        tuple(woken),
        lost=tuple(lost),
    )


def abort(at: Attempt, _: code.Abort) -> Change:
    """Undo what was done since the last fork that is open.

    Premise: a fork is open.

    Change: it is open no more. Registers, and the types and facts of endpoints, are as they were;
    staged messages are gone; the taken ones are back at the head of their queues in order, with
    their tokens. What stays: cost, answers used, events. pc + 1: nothing is tried again.

    Observes: ``Aborted``, which names the events of this coroutine that count no more: those from
    the tick ``since`` of the fork up to its own. Then ``Dropped`` for each message that cannot come
    back because a newer one has overwritten it.

    Faults: speculation-fault.none.
    """
    me = at.coroutine
    at.require(bool(me.levels), SPECULATION_FAULT, "none")
    *around, level = me.levels
    sessions: dict[int, Session] = {}
    events: list[Event] = [Aborted(at.tick, me.session, me.id, me.program.role, level.since)]
    for one in reversed(level.taken):
        session = sessions.get(one.session) or at.state.sessions[one.session]
        back = give_back(at, session, one.edge, one.message)
        sessions[one.session] = back.session
        events += back.events
    for kept in level.kept:
        session = sessions.get(kept.session) or at.state.sessions[kept.session]
        side = replace(session.endpoints[kept.role], type=kept.type, facts=kept.facts)
        sessions[kept.session] = session.with_endpoint(kept.role, side)
    return Change(
        replace(me, levels=tuple(around), registers=level.registers, pc=me.pc + 1),
        tuple(sessions.values()),
        tuple(events),
    )
