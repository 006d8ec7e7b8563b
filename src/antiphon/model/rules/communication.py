"""``send`` and ``receive``: messages with no alternative."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import (
    CHANNEL_CLOSED,
    INVOKE_FAULT,
    RECEIVE_WAIT,
    SEND_WAIT,
    TRANSFER_FAULT,
    TYPE_VIOLATION,
    UNKNOWN_LABEL,
)
from antiphon.machine.ask import Chosen, Pending, Refused
from antiphon.machine.event import Received, Sent
from antiphon.machine.output_condition import Disabled
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import Attempt, Change, Channel
from antiphon.model.link import require_link
from antiphon.model.output_condition import passes
from antiphon.model.premise import after, fits, sort_of_label, still_fits
from antiphon.model.speculation import remember, set_aside
from antiphon.model.state import Message, Session
from antiphon.model.transit import put, require_room
from antiphon.theory.local_type import Input, Output
from antiphon.values.sort import Sort
from antiphon.values.value import Endpoint, Value


def send(at: Attempt, i: code.Send) -> Change:
    """Send the one label that the type allows.

    Premise: ``chan`` holds an owned endpoint of an active session, whose type sends exactly one
    label; the value has that label's sort; the peer has not crashed and the link to it
    is up; the queue has room, or its buffer does without; the host answers if it is asked; the
    output meets the condition.

    Change: the message is queued, the receiver has a token more, the type advances, pc + 1. An
    endpoint that is sent is nobody's until it is received. In a fork the message is staged instead.
    What else may become of it: ``transit``.

    Observes: ``Sent``, ``Corrupted`` if the value is changed, ``Dropped`` if a message is lost.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.head, type-violation.label, type-violation.sort,
    speculation-fault.forbidden, transfer-fault.carried, channel-closed.crashed, send-wait.link,
    send-wait.room, buffer-full.overflow, host-wait.pending, invoke-fault.refused,
    invoke-fault.answer, output-condition-fault.denied.
    """
    at.operands(i.chan, source=i.val)
    channel = at.channel(i.chan)
    state = channel.side.type
    if not isinstance(state, Output):
        at.fault(TYPE_VIOLATION, "head")
    at.require(len(state.branches) == 1, TYPE_VIOLATION, "label")
    return deliver(at, channel, state, state.branches[0][0], i.val)


def deliver(at: Attempt, channel: Channel, state: Output, label: str, source: int) -> Change:
    """Guards ``sort``, ``forbidden``, ``carried``, ``link``, ``room``, of the host, ``denied``, and
    the commit that ``send`` and ``offer`` share.
    """
    session, role, peer = channel.session, channel.role, state.peer
    edge, sort = (role, peer), sort_of_label(state, label)
    assert sort is not None
    own = source != code.HOST
    if own:
        given = at.coroutine.registers[source]
        at.require(fits(at.state, given, sort), TYPE_VIOLATION, "sort")
    _require_no_endpoint(at, sort)
    if own:
        given = at.coroutine.registers[source]
        at.require(_may_be_given(at, channel, given, sort), TRANSFER_FAULT, "carried")
    require_link(at, session, edge)
    require_room(at, session, edge)
    value = at.coroutine.registers[source] if own else _payload(at, channel, peer, label, sort)

    sent = Sent(at.tick, session.id, at.coroutine.id, role, peer, label, value)
    is_checked = not isinstance(at.state.setting.outputs, Disabled)
    if not passes(at.state.setting.outputs, label):
        at.deny(sent)

    side = replace(channel.side, type=after(state, label), answers=channel.side.answers + (not own))
    me = replace(remember(at.coroutine, channel), pc=at.coroutine.pc + 1)
    me, came = put(at, me, session.with_endpoint(role, side), edge, Message(label, value))
    sessions = (came.session,)
    if isinstance(value, Endpoint):
        me, sessions = me.losing(value), _handed(at, came.session, value, None)
    return Change(
        me,
        sessions,
        (replace(sent, checked=is_checked) if is_checked else sent, *came.events),
        came.woken,
        lost=came.lost,
        passed=is_checked,
    )


def _require_no_endpoint(at: Attempt, sort: Sort) -> None:
    """Guard ``forbidden``: an endpoint changes hands for good, so not in a fork."""
    if sort.delegates is not None:
        at.outside()


def _may_be_given(at: Attempt, channel: Channel, value: Value, sort: Sort) -> bool:
    """Whether an endpoint that is to be sent is this coroutine's, and not the one it is sent on."""
    return sort.delegates is None or (
        value in at.coroutine.owned and value != Endpoint(channel.session.id, channel.role)
    )


def _handed(at: Attempt, changed: Session, one: Endpoint, owner: int | None) -> tuple[Session, ...]:
    """The sessions after ``changed`` when an endpoint passes to ``owner``, or on its way."""
    session = changed if one.session == changed.id else at.state.sessions[one.session]
    given = session.with_endpoint(one.role, session.endpoints[one.role].given(owner))
    return (given,) if given.id == changed.id else (changed, given)


def _payload(at: Attempt, channel: Channel, peer: str, label: str, sort: Sort) -> Value:
    answer = at.ask("payload", channel, peer=peer, labels=(label,), sort=sort)
    if isinstance(answer, Chosen | Pending | Refused) or not fits(at.state, answer, sort):
        at.fault(INVOKE_FAULT, "answer")
    at.require(_may_be_given(at, channel, answer, sort), INVOKE_FAULT, "answer")
    return answer


def receive(at: Attempt, i: code.Receive) -> Change:
    """Receive the one label that the type allows.

    Premise: ``chan`` holds an owned endpoint of an active session, whose type receives exactly one
    label; a message is there, with that label and its sort.

    Change: the message is taken, this role has a token less, the type advances, the value goes to
    ``dst``, pc + 1. This coroutine owns an endpoint that it receives. In a fork the message's place
    in the queue stays taken.

    Observes: ``Received``.

    Faults: out-of-registers.operand, type-violation.endpoint, channel-closed.session,
    channel-closed.owner, type-violation.head, type-violation.label,
    channel-closed.crashed, receive-wait.empty, receive-wait.delayed, unknown-label.message,
    type-violation.message-sort, speculation-fault.forbidden.
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
    """Guards ``crashed``, ``empty``, ``delayed``, ``message``, ``message-sort``, ``forbidden``: the
    oldest message, if it may be taken.
    """
    session, edge = channel.session, (state.peer, channel.role)
    queue = session.queue(*edge)
    if not queue:
        at.require(not at.has_crashed(session, state.peer), CHANNEL_CLOSED, "crashed")
        at.wait(RECEIVE_WAIT, "empty", Block(RECEIVE_WAIT, session.id, *edge))
    label, value, visible_at = queue[0]
    if at.tick < visible_at:
        at.wait(RECEIVE_WAIT, "delayed", Block(RECEIVE_WAIT, session.id, *edge, visible_at))
    sort = sort_of_label(state, label)
    if sort is None:
        at.fault(UNKNOWN_LABEL, "message")
    at.require(still_fits(at.state, value, sort), TYPE_VIOLATION, "message-sort")
    _require_no_endpoint(at, sort)
    return label, value


def take(
    at: Attempt, channel: Channel, state: Input, label: str, value: Value, dst: int, pc: int
) -> Change:
    """The commit that ``receive`` and ``choose`` share."""
    session, role, peer = channel.session, channel.role, state.peer
    edge, (message, *rest) = (peer, role), session.queue(peer, role)
    me = set_aside(remember(at.coroutine, channel), session, edge, message)
    side = replace(channel.side, type=after(state, label))
    changed = session.with_endpoint(role, side).with_queue(peer, role, tuple(rest))
    me, sessions = replace(me.with_register(dst, value), pc=pc), (changed,)
    if isinstance(value, Endpoint) and at.state.sessions.find(value.session) is not None:
        me, sessions = me.gaining(value), _handed(at, changed, value, me.id)
    return Change(
        me,
        sessions,
        (Received(at.tick, session.id, me.id, peer, role, label, value),),
        () if me.levels else at.waiter(session, peer, SEND_WAIT, edge),
    )
