"""``open`` and ``close``: sessions that begin and end while a program runs."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import CLOSE_FAULT, SESSION_LIMIT
from antiphon.machine.event import Opened
from antiphon.model.attempt import Attempt, Change
from antiphon.model.link import edges_at_first
from antiphon.model.state import EndpointState, Session
from antiphon.theory.unfold import head
from antiphon.values.value import Endpoint


def open_(at: Attempt, i: code.Open) -> Change:
    """Open a session of the protocol ``name``, without coroutines.

    Premise: the registers exist; no fork is open; there may be one more session.

    Change: the session is active with a role, of the given type, for each of ``entries``; this
    coroutine owns all its endpoints, and each register holds its role's; pc + 1.

    Observes: ``Opened``.

    Faults: out-of-registers.operand, speculation-fault.forbidden, session-limit.limit.
    """
    at.operands(*(register for _, _, register in i.entries))
    at.outside()
    state, me = at.state, at.coroutine
    limit = state.setting.max_sessions
    at.require(limit is None or state.active < limit, SESSION_LIMIT, "limit")

    number = state.next_session
    image = Image(i.name, tuple(RoleProgram(role, local, (), 0) for role, local, _ in i.entries))
    endpoints = {role: EndpointState(head(local), me.id) for role, local, _ in i.entries}
    edges = edges_at_first(state, number, image, at.tick)
    opened = replace(me, pc=me.pc + 1)
    for role, _, register in i.entries:
        opened = opened.with_register(register, Endpoint(number, role))
    return Change(
        opened.gaining(*(Endpoint(number, role) for role in image.roles)),
        (Session(number, image, (), "active", endpoints, edges=edges),),
        (Opened(at.tick, number, image.roles, me.id),),
    )


def close(at: Attempt, i: code.Close) -> Change:
    """End a session, whatever is left of it.

    Premise: no fork is open; ``chan`` holds an owned endpoint of an active session.

    Change: the session leaves the state, its messages are lost, nobody owns an endpoint of it; who
    waited on its queues is ready; pc + 1.

    Observes: ``Closed``, then ``SessionFaulted`` for each session that is lost with its messages.

    Faults: out-of-registers.operand, speculation-fault.forbidden, type-violation.endpoint,
    close-fault.session, close-fault.owner.
    """
    at.operands(i.chan)
    at.outside()
    channel = at.channel(i.chan, owner=CLOSE_FAULT, session=CLOSE_FAULT)
    return Change(replace(at.coroutine, pc=at.coroutine.pc + 1), closed=channel.session)
