"""The snapshot shows the whole state, in order."""

from antiphon.bytecode.instruction import HOST, Send
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
from antiphon.model.machine import Model
from antiphon.model.setting import setting
from antiphon.model.snapshot import snapshot
from antiphon.model.state import State
from antiphon.theory.local_type import END, output
from antiphon.values.sort import UNIT
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Endpoint, Nat
from tests.unit.model.bench import HEARS, SENDS, Bench, image, part


def test_empty() -> None:
    """A machine with nothing loaded."""
    empty = State(setting(Config(1)))
    assert snapshot(empty) == Snapshot(0, 0, 0, None, (), (), (), Counters(0, 0, 0, 0))


def test_everything() -> None:
    """Every field in the middle of a run; queues in order of edges, empty ones absent."""
    both = output("Z", (("a", UNIT, output("B", (("b", UNIT, END),))),))
    sends = part(both, Send(0, HOST), Send(0, HOST), registers=1)
    bench = Bench(sends, HEARS, answers=[NOTHING, NOTHING])
    for number in (1, 0, 0):
        bench.model.step(Pick(number))
    assert bench.model.snapshot() == Snapshot(
        3,
        1,
        2,
        0,
        (0, 1),
        (
            SessionView(
                0,
                "p",
                "active",
                (EndpointView("A", 2, 0, 0, 2), EndpointView("B", 0, 1, 1, 0)),
                (
                    QueueView("A", "B", (("b", NOTHING),)),
                    QueueView("A", "Z", (("a", NOTHING),)),
                ),
            ),
        ),
        (
            CoroutineView(0, 0, "A", 2, "ready", None, None, (Endpoint(0, "A"),), 2),
            CoroutineView(
                1, 0, "B", 0, "ready", None, None, (Endpoint(0, "B"), NOTHING, NOTHING), 1
            ),
        ),
        Counters(0, 0, 0, 0),
        (3, 3),
        0,
    )


def test_what_is_as_it_was_is_taken_over() -> None:
    """Views of what has not changed are the earlier ones; the whole is the same without them."""
    model = Model(Config(), lambda _: Nat(1))
    model.load(image(SENDS, HEARS))
    before, first = model.state, model.snapshot()
    model.step(Pick(0))
    then = snapshot(model.state, (before, first))
    assert then == snapshot(model.state)
    assert then.coroutines[1] is first.coroutines[1]
    assert then.coroutines[0] != first.coroutines[0]
    assert then.sessions[0] != first.sessions[0]


def test_how_it_stands() -> None:
    """A coroutine that waits shows why, one that faulted shows how; neither shows both."""
    bench = Bench(part(END), HEARS)
    bench.stops(1)
    bench.stops(0)
    fault = Fault("fetch", "pc-out-of-range", "address")
    assert (bench.coroutine(0).block, bench.coroutine(0).fault) == (None, fault)
    bench = Bench(SENDS, HEARS)
    bench.stops(1)
    waiting = Block("receive-wait", 0, "A", "B")
    assert (bench.coroutine(1).block, bench.coroutine(1).fault) == (waiting, None)
