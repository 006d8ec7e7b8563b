"""The laws: each holds of the states of a run, and a state made by hand breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import HOST, Choose, Halt, Jump, Offer
from antiphon.errors import Bug
from antiphon.machine.snapshot import Block
from antiphon.model import laws
from antiphon.model.state import Message, Session, State
from antiphon.model.watch import Watch
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint, Nat
from tests.unit.model.bench import ONE, TWO, TWO_HEARD, Bench, part
from tests.unit.model.states import (
    SENT,
    WAITS,
    with_coroutine,
    with_session,
    with_side,
    without,
)

WAITING = "receive-wait"


def everything(state: State) -> None:
    """Look at all of a state."""
    Watch().everything(state, ())


def stray(state: State) -> State:
    """The state with a copy of coroutine 1 under an id that was never given."""
    me = replace(state.coroutines[1], id=7, owned=())
    return replace(state, coroutines=state.coroutines.put(7, me), ready=(*state.ready, 7))


def elsewhere(state: State) -> State:
    """The state with a copy of session 0 under an id that was never given."""
    copied = replace(state.sessions[0], id=3)
    return replace(state, sessions=state.sessions.put(3, copied))


def queued(session: Session) -> Session:
    """The session with a message in the queue and no token for it."""
    return replace(session, queues={("A", "B"): (Message("hi", Nat(1)),)})


def carrying(session: Session) -> Session:
    """The session with an endpoint as the message, which somebody owns."""
    return replace(session, queues={("A", "B"): (Message("hi", Endpoint(0, "A")),)})


VIOLATIONS: dict[str, tuple[str, State]] = {
    "released before its end": ("owner", with_side(SENT, "B", owner=None)),
    "released and forgotten before its end": (
        "owner",
        with_side(with_coroutine(SENT, 1, owned=()), "B", owner=None),
    ),
    "owned by one who does not know": ("owner", with_coroutine(SENT, 1, owned=())),
    "known by two": ("owner", with_coroutine(SENT, 0, owned=(Endpoint(0, "B"),))),
    "known after it is gone": ("owner", with_coroutine(SENT, 0, owned=(Endpoint(7, "A"),))),
    "owned and on its way": ("owner", with_side(SENT, "B", in_flight=True)),
    "on its way and nowhere": (
        "owner",
        with_side(with_coroutine(SENT, 1, owned=()), "B", owner=None, in_flight=True),
    ),
    "a message and owned": (
        "owner",
        with_session(SENT, lambda session: replace(carrying(session), lossy=True)),
    ),
    "waiting for a tick that has come": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block(WAITING, 0, "A", "B", WAITS.clock)),
    ),
    "a deadline of nobody": ("blocked", replace(WAITS, deadlines=((9, 1),))),
    "a deadline that is not known": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block(WAITING, 0, "A", "B", 9)),
    ),
    "owned by nobody there": ("owner", with_side(SENT, "B", owner=9)),
    "owned by one who is done": (
        "owner",
        with_coroutine(replace(SENT, ready=(1,)), 0, status="done"),
    ),
    "a token too many": ("tokens", with_side(SENT, "B", tokens=2)),
    "a message without a token": ("tokens", with_side(SENT, "B", tokens=0)),
    "an id never given": ("ids", stray(SENT)),
    "a session never opened": ("ids", elsewhere(SENT)),
    "ready and not in the queue": ("partition", replace(SENT, ready=(0,))),
    "twice in the queue": ("partition", replace(SENT, ready=(0, 1, 0))),
    "in the queue and not ready": ("partition", replace(WAITS, ready=(0, 1))),
    "gone and in the queue": ("partition", without(SENT, 0)),
    "ready with a reason to wait": (
        "blocked",
        with_coroutine(SENT, 1, block=Block(WAITING, 0, "A", "B")),
    ),
    "blocked for no reason": ("blocked", with_coroutine(WAITS, 1, block=None)),
    "a reason that is not its instruction's": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block("send-wait", 0, "A", "B")),
    ),
    "waiting where there is no instruction": ("blocked", with_coroutine(WAITS, 1, pc=2)),
    "waiting for what has come": (
        "blocked",
        with_side(with_session(WAITS, queued), "B", tokens=1),
    ),
    "waiting for a session that failed": (
        "blocked",
        with_session(WAITS, lambda session: replace(session, status="faulted")),
    ),
    "waiting for a session that is gone": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block(WAITING, 8, "A", "B")),
    ),
    "waiting for room that is there": (
        "blocked",
        with_coroutine(
            replace(SENT, ready=(1,)),
            0,
            pc=0,
            status="blocked",
            block=Block("send-wait", 0, "A", "B"),
        ),
    ),
    "pc behind the code": ("pc", with_coroutine(SENT, 1, pc=3)),
    "pc before the code": ("pc", with_coroutine(SENT, 1, pc=-1)),
    "a message that is not taken": ("absorb", with_side(SENT, "B", type=END)),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_state_that_breaks_a_law(name: str) -> None:
    """The law is named, and the cell."""
    law, state = VIOLATIONS[name]
    with pytest.raises(Bug, match=f"^law {law}: "):
        everything(state)


def test_each_law_has_a_violation() -> None:
    """No law is only a word; those of ``frame`` are in ``test_frame``."""
    assert {law for law, _ in VIOLATIONS.values()} | {"frame"} == set(laws.LAWS)


@pytest.mark.parametrize("state", [WAITS, SENT])
def test_states_of_runs_break_none(state: State) -> None:
    """They are what the others were made from."""
    everything(state)


def test_a_full_queue_may_be_waited_for() -> None:
    """And it is over when there is room, or when the buffer does without."""
    bench = Bench(part(TWO, Offer(0, "yes", HOST), Halt()), answers=(Nat(1),), capacity=1)
    reason = Block("send-wait", 0, "A", "B")
    assert laws.has_come(bench.model.state, reason)
    bench.step(0)
    assert not laws.has_come(bench.model.state, reason)
    assert not laws.has_come(bench.model.state, Block("host-wait", 0))


def test_pc_may_be_where_code_leads() -> None:
    """Code that was not verified may lead anywhere; it faults there, no earlier."""
    bench = Bench(part(ONE, Jump(17)), part(TWO_HEARD, Choose(0, 1, (("yes", -4),))))
    bench.step(0)
    assert bench.coroutine(0).pc == 17


def test_the_one_who_halts_may_be_gone() -> None:
    """With its session, as when a session ends."""
    bench = Bench(part(END, Halt()), part(END, Halt()))
    bench.steps(0, 1)
    state = bench.model.state
    assert list(state.coroutines.items()) == []
    everything(state)


def test_what_is_lossy_or_failed_is_not_asked_to_absorb() -> None:
    """The next receive faults there, or nothing is in transit."""
    session = with_side(SENT, "B", type=END).sessions[0]
    assert laws.check_absorbs(session, "B", newest=False) == "endpoint B of session 0"
    assert laws.check_absorbs(replace(session, lossy=True), "B", newest=False) == ""
    assert laws.check_absorbs(replace(session, status="faulted"), "B", newest=False) == ""
