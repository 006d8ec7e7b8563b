"""``set``, ``move``, ``jump``, ``yield`` and ``halt``: what a coroutine does by itself."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import ACQUIRE_FAULT, TYPE_VIOLATION
from antiphon.machine.event import Halted
from antiphon.model.attempt import Attempt, Change
from antiphon.model.state import Session
from antiphon.theory.local_type import END


def set_(at: Attempt, i: code.Set) -> Change:
    """Write a constant.

    Premise: the register exists.

    Change: ``dst`` holds ``val``, pc + 1.

    Observes: nothing.

    Faults: out-of-registers.operand.
    """
    at.operands(i.dst)
    return Change(replace(at.coroutine.with_register(i.dst, i.val), pc=at.coroutine.pc + 1))


def move(at: Attempt, i: code.Move) -> Change:
    """Copy a register.

    Premise: both registers exist.

    Change: ``dst`` holds what ``src`` holds, pc + 1.

    Observes: nothing.

    Faults: out-of-registers.operand.
    """
    at.operands(i.dst, i.src)
    me = at.coroutine
    return Change(replace(me.with_register(i.dst, me.registers[i.src]), pc=me.pc + 1))


def jump(at: Attempt, i: code.Jump) -> Change:
    """Go on elsewhere.

    Premise: none.

    Change: pc is ``target``.

    Observes: nothing.

    Faults: none.
    """
    return Change(replace(at.coroutine, pc=i.target))


def yield_(at: Attempt, _: code.Yield) -> Change:
    """Let others go first.

    Premise: none.

    Change: pc + 1; like after every step, the coroutine is then at the back of the ready queue.

    Observes: nothing.

    Faults: none.
    """
    return Change(replace(at.coroutine, pc=at.coroutine.pc + 1))


def halt(at: Attempt, _: code.Halt) -> Change:
    """End this coroutine.

    Premise: no fork is open; every endpoint that it owns is at end; it holds no guard layer.

    Change: these endpoints are released, the coroutine is done. Each of their sessions that is
    active, and in which every endpoint is now at end and released, ends (``commit``).

    Observes: ``Halted``, then ``Ended`` for each session that ends, in ascending order.

    Faults: speculation-fault.forbidden, type-violation.unfinished, acquire-fault.held.
    """
    at.outside()
    me = at.coroutine
    sessions: dict[int, Session] = {}
    for session_id, role in ((one.session, one.role) for one in me.owned):
        session = sessions.get(session_id) or at.state.sessions[session_id]
        side = session.endpoints[role]
        at.require(side.type is END, TYPE_VIOLATION, "unfinished")
        sessions[session_id] = session.with_endpoint(role, replace(side, owner=None))
    at.require(not at.state.guards.held_by(me.id), ACQUIRE_FAULT, "held")
    return Change(
        replace(me, status="done", owned=()),
        tuple(sessions.values()),
        (Halted(at.tick, me.session, me.id, me.program.role),),
    )
