"""Defects of the earlier system in guards and in steps that fail, each shown to be right here."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import HOST, Acquire, Halt, Receive, Release, Send, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Faulted, Opened, OutputDenied, Received, SessionFaulted
from antiphon.machine.fault import Fault
from antiphon.machine.outcome import Outcome
from antiphon.machine.output_condition import DenyAll
from antiphon.machine.snapshot import Block
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT, UNIT
from antiphon.values.value import Nat, Unit
from tests.parity.test_defects import EITHER, machine_named, silent


@EITHER
def test_o20_guard_layers_guard(machine: str) -> None:
    """A layer has one holder, whatever it is called; another cannot give it back, and each grant
    has evidence of its own, so that it can be taken and given back again and again.
    """
    twice = (Acquire("m", 1), Yield(), Release("m", 1)) * 2
    layers = (*twice, Acquire("another", 1), Release("another", 1), Halt())
    a, b, c = (
        RoleProgram("A", END, layers, 3),
        RoleProgram("B", END, layers, 3),
        RoleProgram("C", END, (Release("m", 1), Halt()), 2),
    )
    found = machine_named(machine, Config(), lambda _: Nat(1))
    found.load(Image("guarded", (a, b, c)))
    for coroutine in (0, 1, 2):
        found.step(Pick(coroutine))
    blocked, faulted = found.snapshot().coroutines[1:]
    assert blocked.block == Block("acquire-wait", 0, layer="m")
    assert faulted.fault == Fault("release", "acquire-fault", "holder")
    report = found.run("cooperative") if isinstance(found, Engine) else drive(found, "cooperative")
    assert report.outcome is Outcome.FAULTED
    assert found.snapshot().counters.coroutines_done == 2
    assert found.snapshot().next_nonce == 6


@EITHER
@pytest.mark.parametrize(("layer", "evidence"), [("m", 2), ("m", 3), ("another", 1)])
def test_o20_guard_layers_wrong_evidence(layer: str, evidence: int, machine: str) -> None:
    """A holder gives a layer back with the evidence of its present grant only: not with that of an
    earlier one, nor of another layer, and not another layer with it.
    """
    code = (
        Acquire("m", 2),
        Release("m", 2),
        Acquire("another", 3),
        Acquire("m", 1),
        Release(layer, evidence),
        Halt(),
    )
    found = machine_named(machine, Config(), lambda _: Nat(1))
    found.load(Image("guarded", (RoleProgram("A", END, code, 4),)))
    for _ in code[:4]:
        found.step(Pick(0))
    before = found.snapshot()
    found.step(Pick(0))
    after = found.snapshot()
    assert after.coroutines[0].fault == Fault("release", "acquire-fault", "evidence")
    assert after.coroutines[0].registers == before.coroutines[0].registers


@EITHER
def test_o13_what_is_denied_has_not_happened(machine: str) -> None:
    """An output that is denied was not sent and used no answer; it is as if it had not been tried,
    but for the fault and what is told of it.
    """
    says, hears = output("B", [("a", UNIT, END)]), input_("A", [("a", UNIT, END)])
    a = RoleProgram("A", says, (Send(0, HOST), Halt()), 2)
    b = RoleProgram("B", hears, (Receive(0, 1), Halt()), 2)
    found = machine_named(machine, Config(outputs=DenyAll()), lambda _: Unit())
    found.load(Image("denied", (a, b)))
    before = found.snapshot()
    found.step(Pick(0))
    after = found.snapshot()
    assert after.sessions[0].endpoints == before.sessions[0].endpoints
    assert after.sessions[0].queues == ()
    assert after.coroutines[0].registers == before.coroutines[0].registers
    assert after.coroutines[0].fault == Fault("send", "output-condition-fault", "denied")
    assert after.counters.outputs_denied == 1
    assert [type(event) for event in found.events()] == [
        Opened,
        OutputDenied,
        Faulted,
        SessionFaulted,
    ]


@EITHER
@pytest.mark.parametrize("label", ["a", "b"])
def test_o14_a_step_that_fails_takes_nothing(label: str, machine: str) -> None:
    """A message with another label, or another sort, stays where it is until its session fails;
    the register that it was for is as it was, and the host was not asked.
    """
    says, hears = output("B", [("a", UNIT, END)]), input_("A", [(label, NAT, END)])
    a = RoleProgram("A", says, (Send(0, 1), Halt()), 2)
    b = RoleProgram("B", hears, (Receive(0, 1), Halt()), 2)
    found = machine_named(machine, Config(), silent)
    found.load(Image("mistaken", (a, b)), unverified=True)
    found.step(Pick(0))
    before = found.snapshot()
    found.step(Pick(1))
    after = found.snapshot()
    clause = ("type-violation", "message-sort") if label == "a" else ("unknown-label", "message")
    assert after.coroutines[1].fault == Fault("receive", *clause)
    assert after.coroutines[1].registers == before.coroutines[1].registers
    assert after.coroutines[1].pc == before.coroutines[1].pc
    assert after.sessions[0].endpoints[1].node == before.sessions[0].endpoints[1].node
    assert not any(isinstance(event, Received) for event in found.events())
