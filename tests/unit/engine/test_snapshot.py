"""Snapshots, value by value."""

from __future__ import annotations

from antiphon.bytecode.instruction import HOST, Invoke, Jump, Open, Receive, Send, Set
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.engine.snapshot import STATUS, VIEWS
from antiphon.engine.words import FEWEST_TO_SWEEP
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import (
    Block,
    CoroutineView,
    Counters,
    EndpointView,
    QueueView,
    SessionView,
    Snapshot,
)
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import NAT, STR
from antiphon.values.value import UNIT, Endpoint, Nat, Str
from tests.unit.engine.images import alone, answers_with, dawdles, handshake, sends

ONE = answers_with(Nat(1))


def test_a_whole_state(build: str) -> None:
    """Every field of a state with a message in transit, one who waits, and a session gone."""
    engine = Engine(Config(2), ONE, build=build)
    engine.load(handshake())
    engine.run("cooperative")
    first = output("Z", [("z", STR, sends("B", "b", then=sends("B", "c")))])
    second = input_("A", [("b", NAT, input_("A", [("c", NAT, END)]))])
    image = Image(
        "two",
        (
            RoleProgram("B", second, (Receive(0, 1), Receive(0, 1)), 2),
            RoleProgram("A", first, (Set(1, Str("x")), Send(0, 1), Send(0, HOST), Jump(-9)), 3),
        ),
    )
    assert engine.load(image, unverified=True) == 1
    for coroutine in (2, 3, 3, 3, 3, 2, 2):
        engine.step(Pick(coroutine))
    assert engine.snapshot() == Snapshot(
        clock=11,
        next_session=2,
        next_coroutine=4,
        last_pick=2,
        ready=(3,),
        sessions=(
            SessionView(
                1,
                "two",
                "active",
                (EndpointView("B", 1, 2, 0, 0), EndpointView("A", 2, 3, 0, 1)),
                (QueueView("A", "Z", (("z", Str("x")),)),),
            ),
        ),
        coroutines=(
            CoroutineView(
                2,
                1,
                "B",
                1,
                "blocked",
                Block("receive-wait", 1, "A", "B"),
                None,
                (Endpoint(1, "B"), Nat(1)),
                3,
            ),
            CoroutineView(
                3,
                1,
                "A",
                -9,
                "ready",
                None,
                None,
                (Endpoint(1, "A"), Str("x"), UNIT),
                4,
            ),
        ),
        counters=Counters(1, 0, 2, 0),
        since=(9,),
        overtakes=1,
    )


def test_waits_and_faults(build: str) -> None:
    """Who waits for the host names no queue; who has failed names the row."""
    engine = Engine(Config(1), dawdles, build=build)
    engine.load(alone(END, Invoke("act", (), 1)), unverified=True)
    engine.load(alone(END), unverified=True)
    assert engine.snapshot().last_pick is None
    engine.run("cooperative")
    waits, fails = engine.snapshot().coroutines
    assert (waits.status, waits.block, waits.fault) == ("blocked", Block("host-wait", 0), None)
    assert (fails.status, fails.block, fails.pc) == ("faulted", None, 0)
    assert fails.fault == Fault("fetch", "pc-out-of-range", "address")
    faulted = engine.snapshot().sessions[1]
    assert (faulted.status, faulted.endpoints[0].owner) == ("faulted", 1)


def test_queues_are_sorted(build: str) -> None:
    """Queues stand in order of sender and receiver, wherever their types stand."""
    both = sends("C", "x", then=sends("B", "x"))
    code = (Set(1, Nat(1)), Send(0, 1), Send(0, 1))
    image = Image("q", (RoleProgram("Z", both, code, 2), RoleProgram("A", both, code, 2)))
    engine = Engine(Config(), ONE, build=build)
    engine.load(image, unverified=True)
    engine.run("cooperative", 6)
    queues = engine.snapshot().sessions[0].queues
    assert [(view.sender, view.receiver) for view in queues] == [
        ("A", "B"),
        ("A", "C"),
        ("Z", "B"),
        ("Z", "C"),
    ]


def test_tokens_and_no_registers(build: str) -> None:
    """Tokens count what is queued for a role; a role may have no registers at all."""
    first = sends("B", "x", then=sends("B", "x"))
    image = Image(
        "t",
        (
            RoleProgram("A", first, (Send(0, HOST), Send(0, HOST)), 1),
            RoleProgram("B", END, (), 0),
        ),
    )
    engine = Engine(Config(), ONE, build=build)
    engine.load(image, unverified=True)
    engine.step(Pick(0))
    engine.step(Pick(0))
    snapshot = engine.snapshot()
    assert snapshot.sessions[0].endpoints[1].tokens == 2
    assert snapshot.coroutines[1].registers == ()
    assert snapshot.coroutines[1].status in STATUS.values()


def test_views_are_remembered(build: str) -> None:
    """What has not changed is the very view that it was, and what has changed is another."""
    engine = Engine(Config(), ONE, build=build)
    engine.load_many(handshake(), 2)
    before = engine.snapshot()
    engine.step(Pick(0))
    after = engine.snapshot()
    assert after.sessions[1] is before.sessions[1]
    assert after.coroutines[1:] == before.coroutines[1:]
    assert after.coroutines[3] is before.coroutines[3]
    assert after.coroutines[0] != before.coroutines[0]


def test_a_large_state_is_not_remembered_as_a_whole(build: str) -> None:
    """Only so many views are kept, and the rest are right all the same."""
    engine = Engine(Config(), ONE, build=build, trace=False)
    engine.load_many(handshake(), VIEWS)
    first, second = engine.snapshot(), engine.snapshot()
    assert first == second
    assert [one.id for one in second.coroutines] == list(range(2 * VIEWS))
    assert second.sessions[-1].id == VIEWS - 1


def test_words_that_serve_again(build: str) -> None:
    """A text that takes the word of another one is shown, not the other one."""
    text = sends("Y", "m", STR, rec("X", sends("Y", "m", STR, var("X"))))
    heard = rec("X", input_("X", [("m", STR, var("X"))]))
    code = (
        Open("q", (("X", text, 1), ("Y", heard, 2))),
        Invoke("act", (), 3),
        Send(1, 3),
        Receive(2, 3),
        Jump(1),
    )
    answers = iter(Str(str(number)) for number in range(2 * FEWEST_TO_SWEEP))
    engine = Engine(Config(), lambda _: next(answers), build=build, trace=False)
    engine.load(alone(END, *code, size=4), unverified=True)
    engine.step(Pick(0))
    for number in range(2 * FEWEST_TO_SWEEP):
        engine.run("cooperative", 2)
        (queue,) = engine.snapshot().sessions[1].queues
        assert queue.messages == (("m", Str(str(number))),)
        engine.run("cooperative", 2)


def test_glance(build: str) -> None:
    """A few sessions and coroutines are as in the whole state; what is gone is not there."""
    engine = Engine(Config(2), ONE, build=build)
    engine.load(handshake())
    engine.run("cooperative")
    engine.load_many(handshake(), 3)
    engine.step(Pick(2))
    whole, glance = engine.snapshot(), engine.glance()
    assert (glance.clock, glance.ready) == (whole.clock, whole.ready)
    assert glance.ids == (whole.next_session, whole.next_coroutine, whole.next_nonce)
    assert [glance.session(number) for number in range(5)] == [None, *whole.sessions, None]
    for view in whole.coroutines:
        assert glance.coroutine(view.id) == view
    assert glance.coroutine(99) is None
    assert glance.guard("l") is None
