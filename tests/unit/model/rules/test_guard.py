"""``acquire`` and ``release`` on the model: every row, with the values that it leaves."""

from typing import cast

import pytest

from antiphon.bytecode.instruction import Acquire, Halt, Move, Release, Set, Yield
from antiphon.machine.ask import Answer, Ask, Chosen, Pending, Position, Refused
from antiphon.machine.event import Acquired, Faulted, Released, SessionFaulted
from antiphon.machine.snapshot import Block, GuardView
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Bool, Endpoint, Nat, Prod, Str
from tests.unit.model.bench import Bench, part

EVIDENCE = Prod(Nat(0), Prod(Str("m"), Nat(0)))
TAKES = part(END, Acquire("m", 1), Release("m", 1), Halt())


def test_acquire() -> None:
    """The host is asked for the layer; the evidence is in the register; one answer is used."""
    bench = Bench(TAKES, answers=[Bool(False)])
    assert bench.step(0) == "acquire.ok.commit"
    assert bench.coroutine(0).registers == (Endpoint(0, "A"), EVIDENCE, UNIT)
    assert bench.coroutine(0).pc == 1
    assert bench.side("A").answers == 1
    assert bench.model.snapshot().guards == (GuardView("m", 0, 0),)
    assert bench.model.snapshot().next_nonce == 1
    assert bench.last_event() == Acquired(0, 0, 0, "A", "m")
    registers = (Endpoint(0, "A"), UNIT, UNIT)
    assert bench.asked == [Ask("acquire", Position(0, "A", 0, 0), "", (), None, "m", (), registers)]


def test_release() -> None:
    """The layer is free; the value stays in the register and shows nothing any more."""
    bench = Bench(TAKES, answers=[UNIT])
    assert bench.steps(0, 0) == "release.ok.commit"
    assert bench.model.snapshot().guards == ()
    assert bench.coroutine(0).registers[1] == EVIDENCE
    assert bench.last_event() == Released(1, 0, 0, "A", "m")
    assert bench.step(0) == "halt.ok.commit"


def test_all_who_wait_wake_and_one_gets_it() -> None:
    """Whoever is picked first has it; the other waits again and has paid for both attempts."""
    bench = Bench(TAKES, TAKES, answers=[UNIT, UNIT])
    bench.model.load(bench.model.state.sessions[0].image, unverified=True)
    bench.step(0)
    assert bench.stops(3) == bench.stops(1) == "acquire.acquire-wait.held"
    assert bench.coroutine(3).block == Block("acquire-wait", 1, layer="m")
    assert bench.steps(0) == "release.ok.commit"
    assert bench.model.enabled() == (2, 0, 1, 3)
    assert bench.step(3) == "acquire.ok.commit"
    assert bench.stops(1) == "acquire.acquire-wait.held"
    assert bench.coroutine(1).cost == 2
    assert len(bench.asked) == 2


def test_waits_for_the_host() -> None:
    """A layer that the host does not give yet is not held."""
    bench = Bench(TAKES, answers=[Pending(), UNIT])
    assert bench.stops(0) == "acquire.host-wait.pending"
    assert bench.model.snapshot().guards == ()
    bench.wake(0)
    assert bench.step(0) == "acquire.ok.commit"


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("acquire.invoke-fault.refused", Refused("no")),
        ("acquire.invoke-fault.answer", Chosen("m")),
        ("acquire.invoke-fault.answer", cast("Answer", None)),
    ],
)
def test_faults_by_the_host(row: str, answer: Answer) -> None:
    """A refusal and what is no value fault, and use no grant up."""
    bench = Bench(TAKES, answers=[answer])
    assert bench.stops(0) == row
    assert bench.model.snapshot().next_nonce == bench.side("A").answers == 0


def test_faults_on_a_layer_that_is_held_already() -> None:
    """A layer is not held twice; the host is not asked again."""
    bench = Bench(part(END, Acquire("m", 1), Acquire("m", 2)), answers=[UNIT])
    bench.step(0)
    assert bench.stops(0) == "acquire.acquire-fault.holder"


def test_faults_on_a_layer_that_is_not_held() -> None:
    """Neither a free layer nor one that another holds can be given back, whatever the value."""
    bench = Bench(TAKES, part(END, Set(1, EVIDENCE), Release("m", 1)), answers=[UNIT])
    bench.steps(1, 0)
    assert bench.stops(1) == "release.acquire-fault.holder"
    assert bench.model.snapshot().guards == (GuardView("m", 0, 0),)


def test_faults_on_other_evidence() -> None:
    """Only the evidence of this very grant will do, not that of an earlier one."""
    again = (Acquire("m", 1), Move(2, 1), Release("m", 1), Acquire("m", 1), Release("m", 2))
    bench = Bench(part(END, *again), answers=[UNIT, UNIT])
    bench.steps(0, 0, 0, 0)
    assert bench.stops(0) == "release.acquire-fault.evidence"


def test_a_fault_gives_back_by_name_and_wakes() -> None:
    """The layers of one who fails are free; the events follow its fault, in order of names."""
    a = part(END, Acquire("n", 1), Acquire("m", 2), Acquire("m", 2))
    bench = Bench(a, part(END, Yield(), Acquire("m", 1), Halt()), answers=[UNIT, UNIT, UNIT])
    bench.steps(0, 1, 0)
    assert bench.stops(1) == "acquire.acquire-wait.held"
    bench.step(0)
    events = bench.model.events()[-4:]
    assert isinstance(events[0], Faulted)
    assert isinstance(events[3], SessionFaulted)
    assert events[1:3] == (Released(4, 0, 0, "A", "m"), Released(4, 0, 0, "A", "n"))
    assert bench.model.snapshot().guards == ()
    assert bench.model.enabled() == (1,)
    assert bench.step(1) == "acquire.ok.commit"


@pytest.mark.parametrize("instruction", [Acquire("m", 3), Release("m", -1)])
def test_faults_on_operands(instruction: Acquire | Release) -> None:
    """The register must exist."""
    bench = Bench(part(END, instruction))
    assert bench.stops(0).endswith(".out-of-registers.operand")
    assert bench.asked == []
