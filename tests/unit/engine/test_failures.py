"""Failures in the kernel's tables."""

import pytest

from antiphon.bytecode.instruction import Halt, Send, Set
from antiphon.engine.failures import altered
from antiphon.engine.kernel import ERASE, FLIP
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.event import Corrupted, Dropped
from antiphon.machine.failure import Corrupt, Crash, Drop, Partition, Pause
from antiphon.machine.snapshot import EdgeView
from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value
from tests.unit.engine.images import alone, answers_with, sends

ONE = answers_with(Nat(1))


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (Nat(0), Nat(1)),
        (Nat(2**64 + 1), Nat(2**64)),
        (Bool(False), Bool(True)),
        (Str("ab"), Str("`b")),
        (Str(""), UNIT),
        (UNIT, UNIT),
        (Prod(Nat(2), Str("x")), Prod(Nat(3), Str("x"))),
        (Prod(Prod(UNIT, Nat(1)), Nat(1)), Prod(Prod(UNIT, Nat(1)), Nat(1))),
        (Blob("date", b"x"), UNIT),
        (Endpoint(0, "A"), UNIT),
    ],
)
def test_what_is_left_of_a_value(value: Value, left: Value) -> None:
    """A value of the same sort where that is easy, else Unit; erased, Unit."""
    assert altered(value, FLIP) == left
    assert altered(value, ERASE) == UNIT


def test_failures_come_in_order(build: str) -> None:
    """Pauses, a loss, a change, a link that goes down for ever, a crash: each where it stands."""
    failures = (
        Partition(0, "A", "B", 2),
        Corrupt(0, "A", "B", 1),
        Drop(0, "A", "B", 0),
        Pause(0, "A", 1, 7),
        Pause(0, "A", 0, 5),
        Crash(1, "A", 1),
    )
    stream = sends("B", "x", then=sends("B", "y", then=sends("B", "z")))
    image = alone(stream, Set(1, Nat(6)), Send(0, 1), Send(0, 1), Send(0, 1), Halt())
    engine = Engine(Config(failures=failures), ONE, build=build)
    for _ in range(2):
        engine.load(image, unverified=True)
    report = engine.run("cooperative")
    assert report.outcome.value == "Faulted"
    snapshot = engine.snapshot()
    first, second = snapshot.coroutines
    assert first.block is not None
    assert (first.block.code, first.block.until) == ("send-wait", None)
    assert second.fault is not None
    assert second.fault.row == "fetch.crash.crashed"
    events = engine.events()
    assert [type(event) for event in events if event.session == 0][1:] != []
    assert [event.reason for event in events if isinstance(event, Dropped)] == ["lost"]
    assert [event.value for event in events if isinstance(event, Corrupted)] == [Nat(7)]
    session = snapshot.sessions[0]
    assert session.lossy
    assert session.edges == (EdgeView("A", "B", sent=2, up_at=None),)
    assert snapshot.sessions[1].status == "active"
