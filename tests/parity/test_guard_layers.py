"""Guard layers on both machines: who waits, who is woken, and what a deadlock looks like."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import Acquire, Halt, Instruction, Release, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Acquired, Released
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome, Report, Waiting
from antiphon.machine.snapshot import GuardView
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT
from tests.parity.machines import BUILDS

MACHINES = ("model", *BUILDS)
ALONE = (Acquire("m", 1), Yield(), Yield(), Yield(), Release("m", 1), Halt())


def grants(_: Ask) -> Answer:
    """A host that lets everybody have every layer."""
    return UNIT


def machine_with(name: str, *codes: tuple[Instruction, ...]) -> Machine:
    """A machine with one session, a role for each code."""
    config = Config()
    machine = Model(config, grants) if name == "model" else Engine(config, grants, build=name)
    programs = (RoleProgram(f"R{n}", END, code, 3) for n, code in enumerate(codes))
    machine.load(Image("guarded", tuple(programs)))
    return machine


def run(machine: Machine) -> Report:
    """All there is to do, each in its turn."""
    return (
        machine.run("cooperative") if isinstance(machine, Engine) else drive(machine, "cooperative")
    )


@pytest.mark.parametrize("name", MACHINES)
def test_many_wait_and_each_has_it_once(name: str) -> None:
    """Nobody gets a layer that another holds, and in the end everybody has had it."""
    machine = machine_with(name, *(ALONE,) * 7)
    assert run(machine).outcome is Outcome.DONE
    turns = [one for one in machine.events() if isinstance(one, Acquired | Released)]
    assert [type(one) for one in turns] == [Acquired, Released] * 7
    assert all(
        one.coroutine == two.coroutine for one, two in zip(turns[::2], turns[1::2], strict=True)
    )
    assert sorted(one.coroutine for one in turns[::2]) == list(range(7))


@pytest.mark.parametrize("name", MACHINES)
def test_all_wake_in_ascending_id(name: str) -> None:
    """However they came to wait."""
    machine = machine_with(name, *(ALONE,) * 5)
    for coroutine in (2, 4, 0, 3, 1, 2, 2, 2):
        machine.step(Pick(coroutine))
    assert machine.enabled() == (2,)
    machine.step(Pick(2))
    assert machine.enabled() == (2, 0, 1, 3, 4)


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize("layer", ["n", ""])
def test_two_layers_in_either_order_are_a_deadlock(name: str, layer: str) -> None:
    """The wait-for graph names the layers, and who holds them; a name may be empty."""
    one = (Acquire("m", 1), Acquire(layer, 2), Release(layer, 2), Release("m", 1), Halt())
    other = (Acquire(layer, 1), Acquire("m", 2), Release("m", 2), Release(layer, 1), Halt())
    machine = machine_with(name, one, other)
    assert run(machine) == Report(
        4,
        Outcome.DEADLOCK,
        (Waiting(0, "R0", 0, "", "", 1, layer=layer), Waiting(1, "R1", 0, "", "", 0, layer="m")),
    )
    assert machine.snapshot().guards == tuple(
        sorted((GuardView("m", 0, 0), GuardView(layer, 1, 1)), key=lambda one: one.layer)
    )


@pytest.mark.parametrize("name", MACHINES)
def test_sessions_share_the_layers(name: str) -> None:
    """A layer is one for the whole machine, whichever image names it first."""
    machine = machine_with(name, (Acquire("z", 1), Acquire("m", 2), Halt()))
    machine.load(Image("other", (RoleProgram("A", END, (Acquire("m", 1), Halt()), 2),)))
    for coroutine in (0, 0, 1):
        machine.step(Pick(coroutine))
    assert machine.enabled() == (0,)
    machine.step(Pick(0))
    assert machine.enabled() == (1,)
    assert machine.snapshot().guards == ()
    machine.step(Pick(1))
    assert machine.snapshot().guards == (GuardView("m", 1, 2),)
