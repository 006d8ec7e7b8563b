"""The laws at work: what is looked at when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import HOST, Acquire, Fork, Halt, Join, Jump, Send, Set
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.errors import Bug
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.snapshot import Block
from antiphon.model.machine import Model
from antiphon.model.state import State
from antiphon.model.watch import EVERY, Watch
from antiphon.theory.local_type import END, output
from antiphon.values.sort import NAT
from antiphon.values.value import Nat
from tests.unit.model.bench import HEARS, SENDS, Bench, image, part


def spoilt(state: State) -> State:
    """The state with an endpoint of session 0 that has a token too many."""
    session = state.sessions[0]
    side = replace(session.endpoints["B"], tokens=session.endpoints["B"].tokens + 1)
    return replace(state, sessions=state.sessions.put(0, session.with_endpoint("B", side)))


def test_a_choice_is_looked_at_where_it_touched() -> None:
    """What it left alone is not looked at then."""
    before = Model(Config(), lambda _: Nat(1), request=unadmitted()).state
    bench = Bench(SENDS, HEARS, answers=(Nat(1), Nat(1)))
    bench.model.load(image(SENDS, HEARS))
    bench.model.state = spoilt(bench.model.state)
    bench.step(2)
    with pytest.raises(Bug, match="law tokens: endpoint B of session 0: 2 tokens, 1 messages"):
        bench.step(0)
    assert before.clock == 0


def test_everything_is_looked_at_every_so_often() -> None:
    """And at the end, and at loads that double."""
    bench = Bench(part(END, Jump(0)), part(END, Jump(0)))
    bench.model.state = spoilt(bench.model.state)
    for _ in range(EVERY - 1):
        bench.step(0)
    with pytest.raises(Bug, match="law tokens"):
        bench.step(0)


def test_everything_is_looked_at_when_nothing_is_ready() -> None:
    """Though the session that is wrong was left alone."""
    bench = Bench(part(END, Halt()), HEARS)
    bench.model.load(image(HEARS, HEARS), unverified=True)
    bench.steps(0, 1, 2)
    bench.model.state = spoilt(bench.model.state)
    with pytest.raises(Bug, match="law tokens"):
        bench.step(3)


def test_everything_is_looked_at_when_sessions_double() -> None:
    """At the first, the second, the fourth, but not the third."""
    bench = Bench(SENDS, HEARS)
    bench.model.load(image(SENDS, HEARS))
    bench.model.state = spoilt(bench.model.state)
    bench.model.load(image(SENDS, HEARS))
    with pytest.raises(Bug, match="law tokens"):
        bench.model.load(image(SENDS, HEARS))


def test_types_that_do_not_fit_are_no_bug() -> None:
    """A sends what B will never take: from then on absorb is not asked of this session."""
    bench = Bench(SENDS, part(END, Halt()), answers=(Nat(1),))
    assert bench.step(0) == "send.ok.commit"
    watch = Watch()
    model = bench.model
    watch.chosen(replace(model.state, clock=0), model.state, Wake(0), model.events())
    assert watch.misfits == set()
    assert model.misfits == {0}
    assert bench.steps(1, 0) == "halt.ok.commit"


def test_a_message_that_no_type_explains_is_a_bug() -> None:
    """B's type was advanced though B received nothing."""
    bench = Bench(SENDS, HEARS, answers=(Nat(1),))
    before = bench.model.state
    session = before.sessions[0]
    ended = session.with_endpoint("B", replace(session.endpoints["B"], type=END))
    bench.model.state = replace(before, sessions=before.sessions.put(0, ended))
    with pytest.raises(Bug, match="law absorb: endpoint B of session 0"):
        bench.step(0)


def test_a_choice_that_changes_nothing_is_not_looked_at() -> None:
    """A pick of one who is not ready, a wake of one who does not wait."""
    same = spoilt(Bench(SENDS, HEARS).model.state)
    Watch().chosen(same, same, Pick(9), ())


def test_who_waits_for_another_layer_goes_on_waiting() -> None:
    """Whatever happens to the layers, all who wait for one are looked at."""
    takes = part(END, Acquire("m", 1), Acquire("n", 2), Halt())
    bench = Bench(takes, takes, answers=(Nat(1), Nat(1)))
    assert bench.steps(0, 1, 0) == "acquire.ok.commit"
    assert bench.coroutine(1).block == Block("acquire-wait", 0, layer="m")


def test_a_fork_may_send_to_nobody() -> None:
    """A role that a session does not have takes nothing, and there is nothing to look at."""
    model = Model(Config(), lambda _: Nat(1), request=unadmitted())
    says = output("Y", (("hi", NAT, END),))
    code = (Set(1, Nat(3)), Fork(1), Send(0, HOST), Join(), Halt())
    model.load(Image("q", (RoleProgram("X", says, code, 2),)), unverified=True)
    rows = [model.step(Pick(0)) for _ in code]
    assert [row and row.id for row in rows][2:4] == ["send.ok.commit", "join.ok.commit"]
