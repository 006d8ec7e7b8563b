"""Whether a wait is over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import HOST, Halt, Offer
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import CRASHED
from antiphon.model.setting import setting
from antiphon.model.state import EdgeState, State
from antiphon.model.waits import has_come
from antiphon.parity.violations import SENT, WAITS, WANTED, with_coroutine, with_session, without
from antiphon.values.value import Nat
from tests.unit.model.bench import TWO, Bench, part

HEARS = Block("receive-wait", 0, "A", "B")
SENDS = Block("send-wait", 0, "A", "B")


def test_a_full_queue_may_be_waited_for() -> None:
    """And it is over when there is room, or when the buffer does without."""
    bench = Bench(part(TWO, Offer(0, "yes", HOST), Halt()), answers=(Nat(1),), capacity=1)
    reason = Block("send-wait", 0, "A", "B")
    assert has_come(bench.model.state, 0, reason)
    bench.step(0)
    assert not has_come(bench.model.state, 0, reason)
    assert not has_come(bench.model.state, 0, Block("host-wait", 0))


def at_link(state: State, up_at: int | None) -> State:
    """The state in which the link from A to B is up from that tick on."""
    edges = {("A", "B"): EdgeState(up_at=up_at)}
    return with_session(state, lambda one: replace(one, edges=edges))


def buffered(state: State, buffer: Buffer) -> State:
    """The state in which A's messages to B are kept so."""
    return replace(state, setting=setting(Config(buffers=(("A", "B", buffer),))))


def crashed(state: State, number: int) -> State:
    """The state in which a coroutine has crashed."""
    return with_coroutine(state, number, status="faulted", fault=CRASHED, block=None)


def test_a_message() -> None:
    """It has come, or its sender has crashed."""
    assert not has_come(WAITS, 1, HEARS)
    assert has_come(SENT, 1, HEARS)
    assert has_come(crashed(WAITS, 0), 1, HEARS)
    assert not has_come(without(WAITS, 0), 1, HEARS)
    assert not has_come(WAITS, 1, replace(HEARS, sender="C"))


def test_a_tick() -> None:
    """A message that is there later is waited for until then, whatever else."""
    assert not has_come(SENT, 1, replace(HEARS, until=9))
    assert has_come(SENT, 1, replace(HEARS, until=SENT.clock))


def test_a_link() -> None:
    """It is up again, or nobody is there any more to hear."""
    waits = replace(SENDS, until=9)
    assert not has_come(at_link(SENT, 9), 0, waits)
    assert not has_come(at_link(SENT, None), 0, SENDS)
    assert has_come(at_link(SENT, SENT.clock), 0, SENDS)
    assert has_come(crashed(at_link(SENT, None), 1), 0, SENDS)


def test_a_layer() -> None:
    """It is free, or one's own."""
    waits = Block("acquire-wait", 0, layer="m")
    assert not has_come(WANTED, 1, waits)
    assert has_come(WANTED, 0, waits)
    assert has_come(WANTED, 1, replace(waits, layer="n"))


@pytest.mark.parametrize("full", ["drop", "error"])
def test_a_buffer_that_nobody_waits_for(full: str) -> None:
    """It does without, or faults."""
    assert has_come(buffered(SENT, Buffer(full=full, capacity=1)), 0, SENDS)


def test_a_buffer_that_grows() -> None:
    """It is waited for when it does not any more."""
    assert has_come(buffered(SENT, Buffer(full="resize", capacity=1, maximum=2)), 0, SENDS)
    grown = Buffer(full="resize", capacity=1, maximum=1)
    assert not has_come(buffered(SENT, grown), 0, SENDS)
    assert has_come(buffered(SENT, Buffer(mode="latest")), 0, SENDS)


def test_a_session_that_is_gone_or_failed() -> None:
    """Its queues are no more."""
    assert has_come(WAITS, 1, replace(HEARS, session=8))
    assert has_come(with_session(WAITS, lambda one: replace(one, status="faulted")), 1, HEARS)
