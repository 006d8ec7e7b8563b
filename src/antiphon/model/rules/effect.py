"""``invoke``: ask the host to do something."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import INVOKE_FAULT
from antiphon.machine.event import Invoked
from antiphon.model.attempt import Attempt, Change, Channel
from antiphon.model.state import Coroutine, Session
from antiphon.values.value import VARIANTS


def invoke(at: Attempt, i: code.Invoke) -> Change:
    """Ask the host to do ``action`` on the values of ``args``.

    Premise: the registers exist; no fork is open, or the action is declared pure; the host answers
    with a value.

    Change: the answer goes to ``dst``, pc + 1; one answer is used, of the endpoint that the
    coroutine is at home in if it owns it, else of the coroutine itself.

    Observes: ``Invoked``.

    Faults: out-of-registers.operand, speculation-fault.forbidden, host-wait.pending,
    invoke-fault.refused, invoke-fault.answer.
    """
    at.operands(*i.args, i.dst)
    if i.action not in at.state.setting.pure_actions:
        at.outside()
    me = at.coroutine
    home = at.home()
    args = tuple(me.registers[register] for register in i.args)
    answer = at.ask("invoke", home, action=i.action, args=args)
    if not isinstance(answer, VARIANTS):
        at.fault(INVOKE_FAULT, "answer")

    written, sessions = used(replace(me.with_register(i.dst, answer), pc=me.pc + 1), home)
    event = Invoked(at.tick, me.session, me.id, me.program.role, i.action, answer)
    return Change(written, sessions, (event,))


def used(me: Coroutine, home: Channel | None) -> tuple[Coroutine, tuple[Session, ...]]:
    """``me`` and its session after one more answer, of the endpoint that it is at home in if it
    owns it, else of itself.
    """
    if home is None:
        return replace(me, answers=me.answers + 1), ()
    side = replace(home.side, answers=home.side.answers + 1)
    return me, (home.session.with_endpoint(home.role, side),)
