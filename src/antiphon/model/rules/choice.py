"""``offer``, ``choose`` and ``select``: messages with alternatives.

``offer`` sends one label of an internal choice, ``choose`` waits for any label of an external one,
``select`` lets the host decide an internal choice without sending.
"""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import INVOKE_FAULT, TYPE_VIOLATION, UNKNOWN_LABEL
from antiphon.machine.ask import Chosen
from antiphon.machine.event import Selected
from antiphon.model.attempt import Attempt, Change
from antiphon.model.premise import sort_of_label
from antiphon.model.rules.communication import arrived, deliver, take
from antiphon.model.speculation import remember
from antiphon.theory.local_type import Input, Output
from antiphon.theory.transitions import narrow


def offer(at: Attempt, i: code.Offer) -> Change:
    """Send one label of an internal choice.

    Premise: ``chan`` holds an owned endpoint of an active session, whose type sends ``label`` among
    others; the value has the label's sort; the peer has not crashed and the link to it
    is up; the queue has room, or its buffer does without; the host answers if it is asked; the
    output meets the condition.

    Change: the message is queued, the receiver has a token more, the type advances, pc + 1. In a
    fork the message is staged instead. What else may become of it: ``transit``.

    Observes: ``Sent``, ``Corrupted`` if the value is changed, ``Dropped`` if a message is lost.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.head, unknown-label.label, type-violation.sort,
    speculation-fault.forbidden, transfer-fault.carried, channel-closed.crashed, send-wait.link,
    send-wait.room, buffer-full.overflow, host-wait.pending, invoke-fault.refused,
    invoke-fault.answer, output-condition-fault.denied.
    """
    at.operands(i.chan, source=i.val)
    channel = at.channel(i.chan)
    state = channel.side.type
    if not isinstance(state, Output):
        at.fault(TYPE_VIOLATION, "head")
    at.require(sort_of_label(state, i.label) is not None, UNKNOWN_LABEL, "label")
    return deliver(at, channel, state, i.label, i.val)


def choose(at: Attempt, i: code.Choose) -> Change:
    """Receive any label of an external choice and jump to its address.

    Premise: ``chan`` holds an owned endpoint of an active session, whose type receives; a message
    is there, with a label and a sort of the type; the table has an address for the label.

    Change: the message is taken, this role has a token less, the type advances, the value goes to
    ``dst``, pc is the address. In a fork its place in the queue stays taken.

    Observes: ``Received``.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.head, channel-closed.crashed, receive-wait.empty,
    receive-wait.delayed, unknown-label.message, type-violation.message-sort,
    speculation-fault.forbidden, unknown-label.table.
    """
    at.operands(i.chan, i.dst)
    channel = at.channel(i.chan)
    state = channel.side.type
    if not isinstance(state, Input):
        at.fault(TYPE_VIOLATION, "head")
    label, value = arrived(at, channel, state)
    return take(at, channel, state, label, value, i.dst, _address(at, i.table, label))


def select(at: Attempt, i: code.Select) -> Change:
    """Let the host decide an internal choice.

    Premise: ``chan`` holds an owned endpoint of an active session, whose type sends; the host names
    a label of the type; the table has an address for it.

    Change: the type keeps only that label, one answer is used, pc is the address.

    Observes: ``Selected``.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.head, host-wait.pending, invoke-fault.refused,
    invoke-fault.answer, unknown-label.label, unknown-label.table.
    """
    at.operands(i.chan)
    channel = at.channel(i.chan)
    state = channel.side.type
    if not isinstance(state, Output):
        at.fault(TYPE_VIOLATION, "head")
    labels = tuple(label for label, _, _ in state.branches)
    answer = at.ask("choice", channel, peer=state.peer, labels=labels)
    if not isinstance(answer, Chosen):
        at.fault(INVOKE_FAULT, "answer")
    at.require(answer.label in labels, UNKNOWN_LABEL, "label")
    pc = _address(at, i.table, answer.label)

    side = channel.side
    side = replace(side, type=narrow(state, answer.label), answers=side.answers + 1)
    session, role = channel.session, channel.role
    return Change(
        replace(remember(at.coroutine, channel), pc=pc),
        (session.with_endpoint(role, side),),
        (Selected(at.tick, session.id, at.coroutine.id, role, answer.label),),
    )


def _address(at: Attempt, table: code.LabelTable, label: str) -> int:
    address = next((address for name, address in table if name == label), None)
    if address is None:
        at.fault(UNKNOWN_LABEL, "table")
    return address
