"""Laws of every machine: what it refuses, what a host may do, and that no number upsets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.bytecode.instruction import CLASSES, HOST, Halt, Instruction, Invoke, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.engine.machine import Engine
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Answer, Ask, Host, Pending
from antiphon.machine.choice import Choice, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.digest import state_digest, trace_digest
from antiphon.machine.event import Event
from antiphon.machine.interface import Machine
from antiphon.model.machine import Model
from antiphon.theory.local_type import END, LocalType, output, rec, var
from antiphon.values.sort import NAT
from antiphon.values.value import Endpoint, Nat
from tests.unit.engine.conftest import builds
from tests.unit.engine.images import alone, arbitrary, handshake, sends, whim

Make = Callable[[Host], Machine]
ASKS = alone(END, Invoke("act", (), 1), Halt()).programs[0]


def engine(build: str) -> Make:
    """The engine in one build."""
    return lambda host: Engine(Config(2), host, build=build, request=unadmitted())


MACHINES: dict[str, Make] = {
    "model": lambda host: Model(Config(2), host, request=unadmitted()),
    **{build: engine(build) for build in builds()},
}


@pytest.fixture(params=MACHINES)
def make(request: pytest.FixtureRequest) -> Make:
    """A machine of each kind."""
    return MACHINES[str(request.param)]


UNLOADABLE: dict[str, tuple[LocalType, int]] = {
    "open-type": (output("B", [("a", NAT, var("X"))]), 1),
    "unguarded-recursion": (rec("X", var("X")), 1),
    "register-count": (END, 2**31 - 1),
    "not-an-integer": (END, True),
    "not-a-text": (output("\ud800", [("a", NAT, END)]), 1),
}


@pytest.mark.parametrize("code", UNLOADABLE)
def test_rejects_what_cannot_be_loaded(make: Make, code: str) -> None:
    """Without the verifier too, each time, for the same reason on each machine, at once."""
    local_type, registers = UNLOADABLE[code]
    image = alone(local_type, Halt(), size=registers)
    machine = make(lambda _: Nat(1))
    machine.load(handshake())
    before = (machine.snapshot(), list(machine.events()))
    for unverified in (True, False, True):
        with pytest.raises(ProgramError) as caught:
            machine.load(image, unverified=unverified)
        assert code in [problem.code for problem in caught.value.diagnostics]
    assert (machine.snapshot(), list(machine.events())) == before
    assert machine.load(handshake()) == 1


def test_the_host_may_look_but_not_move(make: Make) -> None:
    """The host sees the state before the step; what would change it is refused while it thinks."""
    seen: list[object] = []

    def host(_: Ask) -> Answer:
        seen.append((machine.snapshot(), machine.enabled(), list(machine.events())))
        moves: tuple[Callable[[], object], ...] = (
            lambda: machine.load(handshake()),
            lambda: machine.load(handshake(), unverified=True),
            lambda: machine.step(Pick(0)),
            lambda: machine.step(Pick(-1)),
            lambda: machine.step(Wake(1)),
        )
        for move in moves:
            with pytest.raises(Refusal) as caught:
                move()
            assert caught.value.code == "machine-busy"
        return Pending() if len(seen) == 1 else Nat(1)

    machine = make(host)
    machine.load(alone(END, Invoke("act", (), 1), Halt()))
    machine.load(alone(sends("B", "m"), Send(0, HOST)), unverified=True)
    wanted: list[object] = []
    choices: tuple[Choice, ...] = (Pick(1), Pick(0), Wake(1), Pick(1))
    for choice in choices:
        if isinstance(choice, Pick):
            wanted.append((machine.snapshot(), machine.enabled(), list(machine.events())))
        machine.step(choice)
    assert seen == wanted
    assert machine.snapshot().clock == 3


def test_a_host_that_raises_leaves_the_machine_idle(make: Make) -> None:
    """Nothing has happened, and the next choice is made as if nothing had been asked."""
    answers: list[Answer] = []

    def host(_: Ask) -> Answer:
        return answers.pop()

    machine = make(host)
    machine.load(alone(END, Invoke("act", (), 1), Halt()))
    before = machine.snapshot()
    with pytest.raises(IndexError):
        machine.step(Pick(0))
    assert machine.snapshot() == before
    answers.append(Nat(1))
    row = machine.step(Pick(0))
    assert row is not None
    assert row.id == "invoke.ok.commit"


def test_the_trace_is_to_be_read_only(make: Make) -> None:
    """Whatever a caller does with what it is given, the trace is what happened."""
    machine = make(lambda _: Nat(1))
    machine.load(handshake())
    given: object = machine.events()
    if isinstance(given, list):
        given.clear()
    assert len(machine.events()) == 1
    first = machine.events()
    machine.step(Pick(0))
    assert (len(first), len(machine.events())) == (1, 2)


def test_a_truth_value_counts_as_its_number(make: Make) -> None:
    """``True`` picks and wakes coroutine 1, and is never shown as anything else."""
    seen: list[object] = []
    for one in (1, True):
        machine = make(lambda _: Pending())
        machine.load(Image("two", (ASKS, replace(ASKS, role="B"))))
        machine.step(Pick(one))
        picked = observed(machine)
        machine.step(Wake(one))
        seen.append((picked, observed(machine)))
    assert seen[0] == seen[1]


HOSTILE = (
    *(-(2**64), -(2**63) - 1, -(2**63), -(2**31), -2, -1, 2**31 - 1, 2**31, 2**32),
    *(2**37, 2**40, 2**62, 2**63 - 1, 2**63, 2**64, 2**200, True, False),
)
NUMERIC = {Operand.REGISTER, Operand.SOURCE, Operand.ADDRESS}
NAMES = {kind: name for name, kind in CLASSES.items()}


def spoilt(random: Random, instruction: Instruction) -> Instruction:
    """The instruction with one of its numbers replaced."""
    operands = INSTRUCTIONS[NAMES[type(instruction)]].operands
    if not operands:
        return instruction
    field, kind = random.choice(operands)
    number = random.choice(HOSTILE)
    given = getattr(instruction, field)
    if kind in NUMERIC:
        given = number
    elif kind is Operand.REGISTERS:
        given = (*given, number)
    elif kind is Operand.TABLE:
        given = tuple((label, number) for label, _ in given)
    elif kind is Operand.ENTRIES:
        given = tuple((role, local, number) for role, local, _ in given)
    elif kind is Operand.VALUE:
        given = Nat(int(number)) if number >= 0 else Endpoint(-int(number), "A")
    assert field in {one.name for one in fields(instruction)}
    return replace(instruction, **{field: given})


def hostile(random: Random) -> Image:
    """An image in which some numbers are not what anybody would write."""
    image = arbitrary(random)
    programs: list[RoleProgram] = []
    for program in image.programs:
        code = tuple(spoilt(random, i) if random.random() < 0.4 else i for i in program.code)
        registers = random.choice(HOSTILE) if random.random() < 0.15 else program.registers
        programs.append(replace(program, code=code, registers=registers))
    return Image(image.name, tuple(programs))


Seen = tuple[str, str, tuple[int, ...]]


def observed(machine: Machine) -> Seen:
    """All there is to see, as digests."""
    events: tuple[Event, ...] = tuple(machine.events())
    return state_digest(machine.snapshot()), trace_digest(events), machine.enabled()


def load(machine: Machine, image: Image) -> object:
    """What loading comes to."""
    try:
        return machine.load(image, unverified=True)
    except ProgramError as error:
        return [(problem.code, problem.message) for problem in error.diagnostics]


@given(st.integers(0, 2**64))
def test_no_number_upsets_a_machine(seed: int) -> None:
    """Numbers of any size are refused at load or fault at run time, the same on every machine."""
    machines = [make(whim(Random(seed))) for make in MACHINES.values()]
    random = Random(seed)
    for _ in range(3):
        image = hostile(random)
        assert len({str(load(machine, image)) for machine in machines}) == 1
    for _ in range(40):
        ready = machines[0].enabled() or (0,)
        coroutine = random.choice((*ready, *ready, random.choice(HOSTILE)))
        choice = random.choice((Pick, Pick, Pick, Wake))(coroutine)
        rows = [machine.step(choice) for machine in machines]
        assert len(set(rows)) == 1
        assert len({observed(machine) for machine in machines}) == 1
