"""Names on both machines: none is special, not even the empty one."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Acquire,
    Close,
    Halt,
    Instruction,
    Invoke,
    Receive,
    Send,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import ROW_NUMBER, ROWS
from antiphon.engine.machine import Engine
from antiphon.errors import ProgramError
from antiphon.machine.ask import Answer, Ask, Pending, Refused
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome, Report
from antiphon.machine.snapshot import Block
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import UNIT
from antiphon.values.value import UNIT as NOTHING
from tests.parity.machines import BUILDS

MACHINES = ("model", *BUILDS)
HEARD, SAID = input_("", (("a", UNIT, END),)), output("A", (("a", UNIT, END),))
ENDS: dict[str, tuple[Instruction, ...]] = {
    "closes": (Yield(), Yield(), Close(0), Halt()),
    "is refused": (Yield(), Yield(), Send(0, HOST), Halt()),
}


def machine(name: str, config: Config, answer: Answer = NOTHING) -> Machine:
    """A machine whose host always gives that answer."""

    def host(_: Ask) -> Answer:
        return answer

    return Model(config, host) if name == "model" else Engine(config, host, build=name)


def image(said: LocalType, *code: Instruction) -> Image:
    """A role that listens to the one without a name."""
    listens = RoleProgram("A", HEARD, (Receive(0, 1), Halt()), 2)
    return Image("p", (listens, RoleProgram("", said, code, 2)))


def run(machine: Machine) -> Report:
    """All there is to do, each in its turn."""
    return (
        machine.run("cooperative") if isinstance(machine, Engine) else drive(machine, "cooperative")
    )


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", MACHINES)
def test_faults_who_waits_for_a_role_without_a_name(name: str, end: str) -> None:
    """It is told that its session is over, as anybody would be."""
    it = machine(name, Config(), Refused("no"))
    it.load(image(SAID, *ENDS[end]))
    assert run(it).outcome is Outcome.FAULTED
    waited = it.snapshot().coroutines[0]
    assert waited.fault is not None
    assert waited.fault.row == "receive.channel-closed.session"


@pytest.mark.parametrize("name", MACHINES)
def test_who_waits_for_the_host_waits_on_when_a_role_without_a_name_crashes(name: str) -> None:
    """Only those who wait on a queue at its end are told."""
    asks = RoleProgram("A", END, (Invoke("act", (), 1), Halt()), 2)
    idles = RoleProgram("", END, (Yield(), Halt()), 2)
    it = machine(name, Config(failures=(Crash(0, "", 0),)), Pending())
    it.load(Image("p", (asks, idles)))
    it.step(Pick(0))
    assert it.step(Pick(1)) == ROWS[ROW_NUMBER["fetch.crash.crashed"]]
    assert it.enabled() == ()
    assert it.snapshot().coroutines[0].block == Block("host-wait", 0)


@pytest.mark.parametrize("name", MACHINES)
def test_a_layer_without_a_name(name: str) -> None:
    """Who waits for it waits for its holder."""
    takes = (Acquire("", 1), Receive(0, 1), Halt())
    gives = (Yield(), Acquire("", 1), Send(0, 1), Halt())
    programs = (RoleProgram("A", HEARD, takes, 2), RoleProgram("", SAID, gives, 2))
    it = machine(name, Config())
    it.load(Image("p", programs), unverified=True)
    report = run(it)
    assert report.outcome is Outcome.DEADLOCK
    waits = {edge.coroutine: (edge.layer, edge.owner) for edge in report.waiting}
    assert waits == {0: (None, 1), 1: ("", 0)}


@pytest.mark.parametrize("name", MACHINES)
def test_rejects_the_image_before_its_number(name: str) -> None:
    """An image that no machine takes is refused as that, whatever else speaks against it."""
    it = machine(name, Config(max_sessions=1))
    it.load(image(SAID, Halt()), unverified=True)
    with pytest.raises(ProgramError):
        it.load(Image("p", (RoleProgram("A", END, (Halt(),), -1),)), unverified=True)
