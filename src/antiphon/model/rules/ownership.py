"""``transfer`` and ``spawn``: who owns an endpoint, and who there is to own one."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import (
    COROUTINE_LIMIT,
    OUT_OF_REGISTERS,
    TRANSFER_FAULT,
    TYPE_VIOLATION,
)
from antiphon.machine.event import Spawned, Transferred
from antiphon.model.attempt import Attempt, Change
from antiphon.model.state import Coroutine, Session
from antiphon.values.value import UNIT, Endpoint, Nat, Value


def transfer(at: Attempt, i: code.Transfer) -> Change:
    """Give an endpoint to another coroutine, which must know it to use it: no register changes.

    Premise: no fork is open; ``endpoint`` holds an owned endpoint of an active session; ``target``
    holds the id of a coroutine that is neither done nor faulted. It may be this one: then nothing
    changes hands.

    Change: the target owns the endpoint, pc + 1.

    Observes: ``Transferred``.

    Faults: out-of-registers.operand, speculation-fault.forbidden, type-violation.endpoint,
    channel-closed.session, transfer-fault.owner, type-violation.number, transfer-fault.target.
    """
    at.operands(i.endpoint, i.target)
    at.outside()
    channel = at.channel(i.endpoint, owner=TRANSFER_FAULT)
    me, number = at.coroutine, at.coroutine.registers[i.target]
    if not isinstance(number, Nat):
        at.fault(TYPE_VIOLATION, "number")
    target = at.state.coroutines.find(number.value)
    if target is None or target.status in ("done", "faulted"):
        at.fault(TRANSFER_FAULT, "target")

    session, role, endpoint = (
        channel.session,
        channel.role,
        Endpoint(channel.session.id, channel.role),
    )
    stepped = replace(me, pc=me.pc + 1)
    events = (Transferred(at.tick, session.id, me.id, role, target.id),)
    if target.id == me.id:
        return Change(stepped, (), events)
    return Change(
        stepped.losing(endpoint),
        (session.with_endpoint(role, replace(channel.side, owner=target.id)),),
        events,
        others=(target.gaining(endpoint),),
    )


def spawn(at: Attempt, i: code.Spawn) -> Change:
    """Start another coroutine of this program, at home where this one is.

    Premise: the registers exist, and the child has one for each argument; no fork is open; every
    argument that is an endpoint of an active session is owned and given once; there may be one more
    coroutine.

    Change: the child starts at ``target``, its first registers hold the arguments, the others Unit;
    it owns the endpoints among the arguments; ``dst`` holds its id; pc + 1.

    Observes: ``Spawned``.

    Faults: out-of-registers.operand, speculation-fault.forbidden, transfer-fault.owner,
    coroutine-limit.limit.
    """
    at.operands(*i.args, i.dst)
    me, state = at.coroutine, at.state
    at.require(len(i.args) <= len(me.registers), OUT_OF_REGISTERS, "operand")
    at.outside()
    args = tuple(me.registers[register] for register in i.args)
    given = _given(at, args)
    limit = state.setting.max_coroutines
    at.require(limit is None or state.alive < limit, COROUTINE_LIMIT, "limit")

    child = Coroutine(
        state.next_coroutine,
        me.session,
        me.program,
        (*args, *(UNIT,) * (len(me.registers) - len(args))),
        pc=i.target,
        line=(*me.line, me.children),
    ).gaining(*given)
    sessions: dict[int, Session] = {}
    for one in given:
        session = sessions.get(one.session) or state.sessions[one.session]
        side = replace(session.endpoints[one.role], owner=child.id)
        sessions[one.session] = session.with_endpoint(one.role, side)
    parent = me.with_register(i.dst, Nat(child.id)).losing(*given)
    return Change(
        replace(parent, pc=me.pc + 1, children=me.children + 1),
        tuple(sessions.values()),
        (Spawned(at.tick, me.session, me.id, me.program.role, child.id),),
        child=child,
    )


def _given(at: Attempt, args: tuple[Value, ...]) -> tuple[Endpoint, ...]:
    """Guard ``owner``: the endpoints among ``args`` whose session is active."""
    given: list[Endpoint] = []
    for value in args:
        session = at.active(value) if isinstance(value, Endpoint) else None
        if isinstance(value, Endpoint) and session is not None:
            mine = session.endpoints[value.role].owner == at.coroutine.id
            at.require(mine and value not in given, TRANSFER_FAULT, "owner")
            given.append(value)
    return tuple(given)
