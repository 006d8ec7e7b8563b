"""``set``, ``move``, ``jump``, ``yield`` and ``halt``: what a coroutine does by itself."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import TYPE_VIOLATION
from antiphon.machine.event import Halted
from antiphon.model.attempt import Attempt, Change
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

    Premise: every endpoint that it owns is at end.

    Change: the endpoint is released, the coroutine is done. If the session is active and every
    endpoint of it is now at end and released, the session ends (``commit``).

    Observes: ``Halted``, then ``Ended`` if the session ends.

    Faults: type-violation.unfinished.
    """
    me = at.coroutine
    session, role = at.state.sessions[me.session], me.program.role
    side = session.endpoints[role]
    at.require(side.type is END, TYPE_VIOLATION, "unfinished")
    return Change(
        replace(me, status="done"),
        session.with_endpoint(role, replace(side, owner=None)),
        (Halted(at.tick, session.id, me.id, role),),
    )
