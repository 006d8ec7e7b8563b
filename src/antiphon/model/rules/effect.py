"""``invoke``: ask the host to do something."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import INVOKE_FAULT
from antiphon.machine.event import Invoked
from antiphon.model.attempt import Attempt, Change
from antiphon.values.value import VARIANTS


def invoke(at: Attempt, i: code.Invoke) -> Change:
    """Ask the host to do ``action`` on the values of ``args``.

    Premise: the registers exist; the host answers with a value.

    Change: the answer goes to ``dst``, the coroutine's own role has used one answer, pc + 1.

    Observes: ``Invoked``.

    Faults: out-of-registers.operand, host-wait.pending, invoke-fault.refused, invoke-fault.answer.
    """
    at.operands(*i.args, i.dst)
    me = at.coroutine
    session, role = at.state.sessions[me.session], me.program.role
    args = tuple(me.registers[register] for register in i.args)
    answer = at.ask("invoke", session, role, action=i.action, args=args)
    if not isinstance(answer, VARIANTS):
        at.fault(INVOKE_FAULT, "answer")

    side = session.endpoints[role]
    return Change(
        replace(me.with_register(i.dst, answer), pc=me.pc + 1),
        session.with_endpoint(role, replace(side, answers=side.answers + 1)),
        (Invoked(at.tick, session.id, me.id, role, i.action, answer),),
    )
