"""What is claimed of every step: each statement finds what breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from antiphon.bytecode.table import ROW_NUMBER, ROWS
from antiphon.machine.config import Config
from antiphon.machine.event import Dropped, Transferred
from antiphon.machine.snapshot import (
    Block,
    CoroutineView,
    GuardView,
    LevelView,
    SessionView,
    Snapshot,
)
from antiphon.model.snapshot import snapshot
from antiphon.parity.claims.courses import course
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.moments import (
    STATEMENTS,
    Moment,
    ended,
    frame,
    handed_over,
    has_come,
    invariants,
    moves,
    owners,
    stranded,
)
from antiphon.values.value import Endpoint

SENT = ROWS[ROW_NUMBER["send.ok.commit"]]


def first() -> Moment:
    """The first step of a case that sends, with another session beside it."""
    for number in range(60):
        for act in course(number, HEALTHY):
            if act.result.row is not SENT:
                continue
            before, after = snapshot(act.before), snapshot(act.result.state)
            picked = getattr(act.choice, "coroutine", -1)
            sides = [one for view in after.sessions for one in view.endpoints]
            queued = any(view.queues for view in after.sessions)
            if len(before.sessions) > 1 and queued and all(one.owner is not None for one in sides):
                return Moment(
                    before,
                    after,
                    picked,
                    SENT,
                    act.result.events,
                    act.config,
                    ended(act.result.state),
                )
    raise AssertionError


MOMENT = first()


def changed(
    sessions: Callable[[SessionView], SessionView] = lambda one: one,
    coroutines: Callable[[CoroutineView], CoroutineView] = lambda one: one,
    **more: object,
) -> Moment:
    """The moment with another state after it."""
    after = replace(
        MOMENT.after,
        sessions=tuple(map(sessions, MOMENT.after.sessions)),
        coroutines=tuple(map(coroutines, MOMENT.after.coroutines)),
    )
    return replace(MOMENT, after=replace(after, **more))  # pyright: ignore[reportArgumentType]


def other(moment: Moment) -> int:
    """A session of others."""
    mine = {
        s.id for s in moment.before.sessions for e in s.endpoints if e.owner == moment.coroutine
    }
    return next(s.id for s in moment.before.sessions if s.id not in mine)


def test_all_is_well() -> None:
    """Nothing is wrong with a step of the model."""
    assert not [name for name, statement in STATEMENTS.items() if statement(MOMENT)]
    assert not moves(MOMENT)


def test_frame() -> None:
    """Sessions, coroutines, layers and the queue of others."""
    number = other(MOMENT)
    lossy = changed(lambda one: replace(one, lossy=True) if one.id == number else one)
    assert "is another's" in frame(lossy)
    dear = changed(coroutines=lambda one: replace(one, cost=one.cost + 1))
    assert "did not take the step" in frame(dear)
    forked = changed(coroutines=lambda one: replace(one, levels=(LevelView(1, 0, ()),)))
    assert "did not take the step" in frame(forked)
    assert "layer" in frame(changed(guards=(GuardView("L", 99, 0),)))
    assert "reordered" in frame(changed(ready=MOMENT.after.ready[::-1]))


def test_invariants() -> None:
    """Ticks, counters, ids, cost, the partition, tokens."""
    after = MOMENT.after
    assert "one tick" in invariants(changed(clock=after.clock + 1))
    assert "went back" in invariants(changed(next_session=-1))
    assert "never given" in invariants(
        changed(lambda one: replace(one, id=one.id + after.next_session))
    )
    assert "coroutine has an id" in invariants(
        changed(coroutines=lambda one: replace(one, id=one.id + after.next_coroutine))
    )
    unpaid = changed(coroutines=lambda one: replace(one, cost=0))
    assert "not paid" in invariants(unpaid)
    assert "queued ()" in invariants(changed(ready=()))

    def tokens(one: SessionView) -> SessionView:
        return replace(one, endpoints=tuple(replace(e, tokens=7) for e in one.endpoints))

    assert "7 tokens" in invariants(changed(tokens))


def test_partition() -> None:
    """A status and its reason go together."""
    block = Block("receive-wait", 0, "A", "B")
    odd = changed(coroutines=lambda one: replace(one, block=block))
    assert "waits for" in invariants(odd)


def test_owners() -> None:
    """Gone owners, and endpoints in flight that are in no message."""

    def sides(**more: object) -> Callable[[SessionView], SessionView]:
        return lambda one: replace(
            one,
            endpoints=tuple(replace(e, **more) for e in one.endpoints),  # pyright: ignore[reportArgumentType]
        )

    assert "cannot own it" in owners(changed(sides(owner=99)))
    assert "0 messages" in owners(changed(sides(in_flight=True)))
    freed = changed(sides(owner=None))
    assert "nobody's before its end" in owners(freed)
    over = {Endpoint(s.id, e.role) for s in freed.after.sessions for e in s.endpoints}
    assert owners(replace(freed, ended=frozenset(over))) == ""


def test_stranded() -> None:
    """Who waits for what has come, and who was woken for nothing."""
    sender = MOMENT.events[0]
    name, role = getattr(sender, "sender", ""), getattr(sender, "receiver", "")
    block = Block("receive-wait", sender.session, name, role)
    waits = changed(coroutines=lambda one: replace(one, status="blocked", block=block))
    assert "which has come" in stranded(waits)
    gone = Block("acquire-wait", 0, layer="L")
    before = replace(
        MOMENT.before,
        coroutines=tuple(replace(one, block=gone) for one in MOMENT.before.coroutines),
    )
    held = replace(changed(guards=(GuardView("L", 99, 0),)), before=before)
    assert "was woken" in stranded(held)


@pytest.mark.parametrize(
    ("block", "answer"),
    [
        (Block("pause-wait", 0, until=0), True),
        (Block("pause-wait", 0, until=10**6), False),
        (Block("host-wait", 0), False),
        (Block("acquire-wait", 0, layer="L"), True),
        (Block("receive-wait", 10**6, "A", "B"), True),
        (Block("send-wait", 10**6, "A", "B"), True),
    ],
)
def test_has_come(block: Block, answer: bool) -> None:
    """Ticks pass, layers are free, and a session that is gone is waited for no more."""
    assert has_come(MOMENT, 0, block) == answer


def test_what_was_waited_for_will_not_come() -> None:
    """The wait for a message that is on its way ends when a later one takes its place."""
    block = Block("receive-wait", MOMENT.after.sessions[0].id, "A", "B", until=10**6)
    here = (0, block.session, 0)
    other = Dropped(*here, "B", "A", "a", "overwritten")
    full = Dropped(*here, "A", "B", "a", "full")
    gone = Dropped(*here, "A", "B", "a", "overwritten")
    assert [has_come(replace(MOMENT, events=(one,)), 0, block) for one in (other, full, gone)] == [
        False,
        False,
        True,
    ]


def test_room() -> None:
    """A sender waits while the queue is full, and no longer."""
    edge = next((s.id, q.sender, q.receiver) for s in MOMENT.after.sessions for q in s.queues)
    full = replace(MOMENT, config=Config(capacity=1))
    assert not has_come(full, 0, Block("send-wait", *edge))
    assert has_come(replace(MOMENT, config=Config(capacity=9)), 0, Block("send-wait", *edge))


def test_handed_over() -> None:
    """A transfer changes the owner, and no more."""
    session = MOMENT.after.sessions[0]
    side = session.endpoints[0]
    event = Transferred(0, session.id, MOMENT.coroutine, side.role, side.owner or 0)
    still = replace(MOMENT, before=MOMENT.after, events=(event,))
    assert not moves(still)
    assert handed_over(still) == ""
    given = replace(side, owner=99)
    ends = (given, *session.endpoints[1:])
    assert moves(changed(lambda one: replace(one, endpoints=ends) if one == session else one))
    lossy = replace(changed(lambda one: replace(one, lossy=True)), before=still.before)
    assert "changed more" in handed_over(replace(lossy, events=(event,)))


def test_carried() -> None:
    """An endpoint that is a message is counted as one."""

    def carry(one: SessionView) -> SessionView:
        value = Endpoint(one.id, one.endpoints[0].role)
        queues = tuple(replace(q, messages=(("a", value),)) for q in one.queues)
        return replace(one, queues=queues)

    carrying: Snapshot = changed(carry).after
    assert "messages" in owners(replace(MOMENT, after=carrying))
