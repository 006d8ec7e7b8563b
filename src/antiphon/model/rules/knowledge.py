"""``tag`` and ``check``: what is known at an endpoint, and whom it may be told."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import TYPE_VIOLATION
from antiphon.machine.event import Checked, Tagged
from antiphon.model.attempt import Attempt, Change
from antiphon.model.knowledge import allows
from antiphon.model.speculation import remember
from antiphon.values.value import Bool, Str


def tag(at: Attempt, i: code.Tag) -> Change:
    """Note a fact at an endpoint, where it stays whoever owns the endpoint; ``abort`` forgets it.

    Premise: ``chan`` holds an owned endpoint of an active session, ``fact`` a text.

    Change: the fact is known at the endpoint, ``dst`` holds true, pc + 1.

    Observes: ``Tagged``.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.fact.
    """
    at.operands(i.chan, i.fact, i.dst)
    channel = at.channel(i.chan)
    fact = _text(at, i.fact, "fact")

    me, session, role = at.coroutine, channel.session, channel.role
    side = replace(channel.side, facts=tuple(sorted({*channel.side.facts, fact})))
    return Change(
        replace(remember(me, channel).with_register(i.dst, Bool(True)), pc=me.pc + 1),
        (session.with_endpoint(role, side),),
        (Tagged(at.tick, session.id, me.id, role, fact),),
    )


def check(at: Attempt, i: code.Check) -> Change:
    """Ask whether a fact may go to a role.

    Premise: ``chan`` holds an owned endpoint of an active session, ``fact`` and ``target`` texts.

    Change: ``dst`` holds whether the fact is known at the endpoint and the flow policy lets it go
    to the target, pc + 1.

    Observes: ``Checked``.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.fact, type-violation.target.
    """
    at.operands(i.chan, i.fact, i.target, i.dst)
    channel = at.channel(i.chan)
    fact, target = _text(at, i.fact, "fact"), _text(at, i.target, "target")

    me, session, role = at.coroutine, channel.session, channel.role
    permitted = fact in channel.side.facts and allows(at.state.setting.flow, role, fact, target)
    return Change(
        replace(me.with_register(i.dst, Bool(permitted)), pc=me.pc + 1),
        (),
        (Checked(at.tick, session.id, me.id, role, fact, target, permitted),),
    )


def _text(at: Attempt, register: int, clause: str) -> str:
    value = at.coroutine.registers[register]
    if not isinstance(value, Str):
        at.fault(TYPE_VIOLATION, clause)
    return value.value
