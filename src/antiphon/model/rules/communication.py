"""``send`` and ``receive``: messages with no alternative."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import (
    INVOKE_FAULT,
    RECEIVE_WAIT,
    SEND_WAIT,
    TYPE_VIOLATION,
    UNKNOWN_LABEL,
)
from antiphon.machine.ask import Chosen, Pending, Refused
from antiphon.machine.event import Received, Sent
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt, Change, Channel
from antiphon.model.premise import after, sort_of_label
from antiphon.model.speculation import remember, set_aside, stage
from antiphon.model.transit import enqueue, require_room, reserve
from antiphon.theory.local_type import Input, Output
from antiphon.values.sort import Sort, has_sort
from antiphon.values.value import Value


def send(at: Attempt, i: code.Send) -> Change:
    """Send the one label that the type allows.

    Premise: ``chan`` holds an owned endpoint of an active session, whose type sends exactly one
    label; the value has that label's sort; the queue has room, or its buffer does without; the host
    answers if it is asked.

    Change: the message is queued, the receiver has a token more, the type advances, pc + 1. In a
    fork the message is staged instead. What becomes of it in a buffer that is full: ``transit``.

    Observes: ``Sent``, then ``Dropped`` if a message is lost.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.head, type-violation.label, type-violation.sort,
    send-wait.room, buffer-full.overflow, host-wait.pending, invoke-fault.refused,
    invoke-fault.answer.
    """
    at.operands(i.chan, source=i.val)
    channel = at.channel(i.chan)
    state = channel.side.type
    if not isinstance(state, Output):
        at.fault(TYPE_VIOLATION, "head")
    at.require(len(state.branches) == 1, TYPE_VIOLATION, "label")
    return deliver(at, channel, state, state.branches[0][0], i.val)


def deliver(at: Attempt, channel: Channel, state: Output, label: str, source: int) -> Change:
    """Guards ``sort``, ``room`` and those of the host, then the commit that ``send`` and ``offer``
    share.
    """
    session, role, peer = channel.session, channel.role, state.peer
    sort = sort_of_label(state, label)
    assert sort is not None
    own = source != code.HOST
    if own:
        at.require(has_sort(at.coroutine.registers[source], sort), TYPE_VIOLATION, "sort")
    edge = (role, peer)
    require_room(at, session, edge)
    value = at.coroutine.registers[source] if own else _payload(at, channel, peer, label, sort)

    side = replace(channel.side, type=after(state, label), answers=channel.side.answers + (not own))
    me = replace(remember(at.coroutine, channel), pc=at.coroutine.pc + 1)
    sent = Sent(at.tick, session.id, me.id, role, peer, label, value)
    place = reserve(at, session.with_endpoint(role, side), edge, label)
    if not place.is_there:
        return Change(me, (place.session,), (sent, *place.events))
    if me.levels:
        return Change(stage(me, session, edge, (label, value)), (place.session,), (sent,))
    changed, lost = enqueue(at, place.session, edge, (label, value))
    return Change(
        me,
        (changed,),
        (sent, *lost),
        at.waiter(session, peer, RECEIVE_WAIT, edge),
    )


def _payload(at: Attempt, channel: Channel, peer: str, label: str, sort: Sort) -> Value:
    answer = at.ask("payload", channel, peer=peer, labels=(label,), sort=sort)
    if isinstance(answer, Chosen | Pending | Refused) or not has_sort(answer, sort):
        at.fault(INVOKE_FAULT, "answer")
    return answer


def receive(at: Attempt, i: code.Receive) -> Change:
    """Receive the one label that the type allows.

    Premise: ``chan`` holds an owned endpoint of an active session, whose type receives exactly one
    label; a message has arrived, with that label and its sort.

    Change: the message is taken, this role has a token less, the type advances, the value goes to
    ``dst``, pc + 1. In a fork its place in the queue stays taken.

    Observes: ``Received``.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.head, type-violation.label, receive-wait.empty,
    unknown-label.message, type-violation.message-sort.
    """
    at.operands(i.chan, i.dst)
    channel = at.channel(i.chan)
    state = channel.side.type
    if not isinstance(state, Input):
        at.fault(TYPE_VIOLATION, "head")
    at.require(len(state.branches) == 1, TYPE_VIOLATION, "label")
    label, value = arrived(at, channel, state)
    return take(at, channel, state, label, value, i.dst, at.coroutine.pc + 1)


def arrived(at: Attempt, channel: Channel, state: Input) -> tuple[str, Value]:
    """Guards ``empty``, ``message``, ``message-sort``: the oldest message, if it may be taken."""
    queue = channel.session.queue(state.peer, channel.role)
    if not queue:
        block = Block(RECEIVE_WAIT, channel.session.id, state.peer, channel.role)
        at.wait(RECEIVE_WAIT, "empty", block)
    label, value = queue[0]
    sort = sort_of_label(state, label)
    if sort is None:
        at.fault(UNKNOWN_LABEL, "message")
    at.require(has_sort(value, sort), TYPE_VIOLATION, "message-sort")
    return label, value


def take(
    at: Attempt, channel: Channel, state: Input, label: str, value: Value, dst: int, pc: int
) -> Change:
    """The commit that ``receive`` and ``choose`` share."""
    session, role, peer = channel.session, channel.role, state.peer
    edge, (message, *rest) = (peer, role), session.queue(peer, role)
    me = set_aside(remember(at.coroutine, channel), session, edge, message)
    side = replace(channel.side, type=after(state, label))
    return Change(
        replace(me.with_register(dst, value), pc=pc),
        (session.with_endpoint(role, side).with_queue(peer, role, tuple(rest)),),
        (Received(at.tick, session.id, me.id, peer, role, label, value),),
        () if me.levels else at.waiter(session, peer, SEND_WAIT, edge),
    )
