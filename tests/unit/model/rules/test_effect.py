"""``invoke`` on the model: every row, with the values that it leaves."""

from typing import cast

import pytest

from antiphon.bytecode.instruction import Halt, Invoke, Set
from antiphon.machine.ask import Answer, Ask, Chosen, Pending, Position, Refused
from antiphon.machine.event import Invoked
from antiphon.machine.snapshot import Block, EndpointView
from antiphon.values.value import UNIT, Blob, Endpoint, Nat
from tests.unit.model.bench import ONE, Bench, part

INVOKES = part(ONE, Set(2, Nat(5)), Invoke("log", (2, 0, 2), 1), Halt())


def test_invoke() -> None:
    """The host gets the values of the arguments, its answer is in the register, one is used."""
    bench = Bench(INVOKES, answers=[Blob("money", b"\x01")])
    assert bench.steps(0, 0) == "invoke.ok.commit"
    assert bench.coroutine(0).registers == (Endpoint(0, "A"), Blob("money", b"\x01"), Nat(5))
    assert bench.coroutine(0).pc == 2
    assert bench.side("A") == EndpointView("A", 0, 0, 0, 1)
    assert bench.last_event() == Invoked(1, 0, 0, "A", "log", Blob("money", b"\x01"))
    args = (Nat(5), Endpoint(0, "A"), Nat(5))
    registers = (Endpoint(0, "A"), UNIT, Nat(5))
    position = Position(0, "A", 0, 0)
    assert bench.asked == [Ask("invoke", position, "", (), None, "log", args, registers)]


def test_invoke_in_a_session_that_failed() -> None:
    """An effect needs no channel: it goes on after its session failed."""
    bench = Bench(INVOKES, part(ONE, Halt()), answers=[UNIT])
    bench.stops(1)
    assert bench.session().status == "faulted"
    assert bench.steps(0, 0) == "invoke.ok.commit"
    assert bench.side("A").answers == 1


def test_invoke_waits_for_the_host() -> None:
    """A pending answer is asked for again at the same position."""
    bench = Bench(INVOKES, answers=[Pending(), Pending(), Nat(1)])
    bench.step(0)
    assert bench.stops(0) == "invoke.host-wait.pending"
    assert bench.coroutine(0).block == Block("host-wait", 0)
    bench.wake(0)
    assert bench.stops(0) == "invoke.host-wait.pending"
    bench.wake(0)
    assert bench.step(0) == "invoke.ok.commit"
    assert len({ask.position for ask in bench.asked}) == 1


def test_what_is_no_value_is_no_answer() -> None:
    """Whatever a host gives that is no value faults; nothing of it gets into a register."""
    for given in (None, 3, "more", object()):
        bench = Bench(INVOKES, answers=[cast("Answer", given)])
        bench.step(0)
        assert bench.stops(0) == "invoke.invoke-fault.answer"
        assert bench.coroutine(0).registers[1] == UNIT


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("invoke.invoke-fault.refused", Refused("no")),
        ("invoke.invoke-fault.answer", Chosen("log")),
    ],
)
def test_faults_by_the_host(row: str, answer: Answer) -> None:
    """A refusal and a label fault, and use no answer up."""
    bench = Bench(INVOKES, answers=[answer])
    bench.step(0)
    assert bench.stops(0) == row
    assert bench.side("A").answers == 0


@pytest.mark.parametrize("invoke", [Invoke("log", (0, 3), 1), Invoke("log", (), -1)])
def test_faults_on_operands(invoke: Invoke) -> None:
    """Every argument and the destination must exist; ``@host`` is no register."""
    bench = Bench(part(ONE, invoke))
    assert bench.stops(0) == "invoke.out-of-registers.operand"
    assert bench.asked == []
