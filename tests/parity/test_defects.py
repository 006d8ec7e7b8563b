"""Defects of the earlier system, each shown to be right here, on both machines."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import Halt, Receive, Send, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.config import Config
from antiphon.machine.interface import POLICIES, Machine
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import UNIT
from tests.parity.machines import BUILDS

MACHINES = ("model", *BUILDS)


def silent(_: Ask) -> Answer:
    """A host that is not asked."""
    raise AssertionError


def machine_named(name: str, config: Config) -> Machine:
    """A new machine, the model or the engine in one of its builds."""
    return Model(config, silent) if name == "model" else Engine(config, silent, build=name)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("policy", POLICIES)
def test_o24_who_cannot_go_on_is_passed_over(policy: str, machine: str) -> None:
    """The most urgent coroutine waits for the least urgent one, which is picked all the same."""
    says, hears = output("B", [("a", UNIT, END)]), input_("A", [("a", UNIT, END)])
    a = RoleProgram("A", says, (Yield(), Yield(), Send(0, 1), Halt()), 2)
    b = RoleProgram("B", hears, (Receive(0, 1), Halt()), 2)
    found = machine_named(machine, Config(priorities=(("A", -9), ("B", 9))))
    found.load(Image("inverted", (a, b)))
    report = found.run(policy) if isinstance(found, Engine) else drive(found, policy)
    assert report.outcome is Outcome.DONE
