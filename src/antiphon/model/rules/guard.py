"""``acquire`` and ``release``: to be alone with something (S24)."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import ACQUIRE_FAULT, ACQUIRE_WAIT, INVOKE_FAULT
from antiphon.machine.event import Acquired, Released
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt, Change
from antiphon.model.release import waiting_for
from antiphon.model.rules.effect import used
from antiphon.values.value import VARIANTS


def acquire(at: Attempt, i: code.Acquire) -> Change:
    """Take a guard layer.

    Premise: the register exists; no fork is open; nobody holds the layer; the host grants it, with
    any value.

    Change: this coroutine holds the layer, the evidence of it goes to ``dst``, pc + 1; one answer
    is used, as by ``invoke``.

    Observes: ``Acquired``.

    Faults: out-of-registers.operand, speculation-fault.forbidden, acquire-wait.held,
    acquire-fault.holder, host-wait.pending, invoke-fault.refused, invoke-fault.answer.
    """
    at.operands(i.dst)
    at.outside()
    me, guards = at.coroutine, at.state.guards
    holder = guards.holder(i.layer)
    if holder not in (None, me.id):
        at.wait(ACQUIRE_WAIT, "held", Block(ACQUIRE_WAIT, me.session, layer=i.layer))
    at.require(holder is None, ACQUIRE_FAULT, "holder")
    home = at.home()
    answer = at.ask("acquire", home, action=i.layer)
    at.require(isinstance(answer, VARIANTS), INVOKE_FAULT, "answer")

    guards = guards.granted(i.layer, me.id)
    me = replace(me.with_register(i.dst, guards.evidence(i.layer)), pc=me.pc + 1)
    me, sessions = used(me, home)
    event = Acquired(at.tick, me.session, me.id, me.program.role, i.layer)
    return Change(me, sessions, (event,), guards=guards)


def release(at: Attempt, i: code.Release) -> Change:
    """Give a guard layer back.

    Premise: the register exists; no fork is open; this coroutine holds the layer; the register
    holds the evidence of this very grant.

    Change: nobody holds the layer, all who wait for it are ready, pc + 1. The first of them that
    tries again gets it, the others wait again.

    Observes: ``Released``.

    Faults: out-of-registers.operand, speculation-fault.forbidden, acquire-fault.holder,
    acquire-fault.evidence.
    """
    at.operands(i.evidence)
    at.outside()
    me, guards = at.coroutine, at.state.guards
    at.require(guards.holder(i.layer) == me.id, ACQUIRE_FAULT, "holder")
    at.require(me.registers[i.evidence] == guards.evidence(i.layer), ACQUIRE_FAULT, "evidence")

    event = Released(at.tick, me.session, me.id, me.program.role, i.layer)
    woken = waiting_for(at.state, i.layer)
    me = replace(me, pc=me.pc + 1)
    return Change(me, (), (event,), woken, guards=guards.without(i.layer))
