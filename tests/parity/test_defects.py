"""Defects of the earlier system, each shown to be right here, on both machines."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import (
    Abort,
    Choose,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.compiler.compile import compile_protocol
from antiphon.effects.host import DefaultHost, ScriptedHost
from antiphon.engine.machine import Engine
from antiphon.errors import ProgramError
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Received, Sent
from antiphon.machine.interface import POLICIES, Machine
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.protocols import Protocol, protocol
from antiphon.scheduler.drive import drive
from antiphon.theory.global_type import GlobalType, comm, message
from antiphon.theory.global_type import rec as global_rec
from antiphon.theory.global_type import var as global_var
from antiphon.theory.local_type import END, LocalType, input_, output, var
from antiphon.values.sort import NAT, STR, UNIT
from antiphon.values.value import Nat, Str
from tests.parity.machines import BUILDS

MACHINES = ("model", *BUILDS)
EITHER = pytest.mark.parametrize("machine", MACHINES)


def machine_named(name: str, config: Config, host: Host) -> Machine:
    """A new machine, the model or the engine in one of its builds."""
    return Model(config, host) if name == "model" else Engine(config, host, build=name)


def labels(found: Protocol, machine: str, choices: list[str], steps: int) -> list[str]:
    """What is sent in a run in which the roles decide so; all of it is received, and in order."""
    subject = machine_named(machine, Config(1), ScriptedHost(choices))
    subject.load(found.image)
    assert drive(subject, "cooperative", steps).outcome in (Outcome.DONE, Outcome.EXHAUSTED)
    sent = [event.label for event in subject.events() if isinstance(event, Sent)]
    received = [event.label for event in subject.events() if isinstance(event, Received)]
    assert sent[: len(received)] == received
    return sent


def duo(says: LocalType, code: tuple[Instruction, ...], hears: LocalType = END) -> Image:
    """Role A with this type and code; role B receives one message, if its type does."""
    other = (Halt(),) if hears is END else (Receive(0, 1), Halt())
    return Image("duo", (RoleProgram("A", says, code, 2), RoleProgram("B", hears, other, 2)))


def rows(machine: Machine, image: Image, picks: tuple[int, ...]) -> list[str]:
    """How the steps of an image end that was not verified, with these coroutines picked."""
    machine.load(image, unverified=True)
    found = [machine.step(Pick(coroutine)) for coroutine in picks]
    return [row.id for row in found if row is not None]


@EITHER
def test_o5_a_continue_goes_to_the_recursion_that_it_names(machine: str) -> None:
    """From the inside of the inner recursion back to the start of the outer one, and on."""
    nested = protocol(
        """global protocol Nested(role A, role B) {
            rec Outer {
                first() from A to B;
                rec Inner {
                    second() from B to A;
                    choice at A { in() from A to B; continue Inner; }
                    or { out() from A to B; continue Outer; }
                    or { stop() from A to B; }
                }
            }
        }"""
    )
    found = labels(nested, machine, ["in", "out", "in", "out", "stop"], 200)
    assert found == [
        *("first", "second", "in", "second", "out"),
        *("first", "second", "in", "second", "out", "first", "second", "stop"),
    ]


def shadowed() -> GlobalType:
    """A recursion inside another of the same name, and beside it a way back to the outer one."""
    inner = global_rec("t", message("B", "A", "inner", global_var("t")))
    return global_rec("t", comm("A", "B", [("l", UNIT, inner), ("r", UNIT, global_var("t"))]))


@EITHER
def test_o6_names_of_recursions_are_known_where_they_are_bound(machine: str) -> None:
    """The branch beside the inner recursion comes back to the outer one."""
    found = labels(Protocol.from_global_type("S", shadowed()), machine, ["r", "r", "l"], 40)
    assert found[:3] == ["r", "r", "l"]
    assert set(found[3:]) == {"inner"}
    assert len(found) > 5


@EITHER
def test_o6_a_name_that_nothing_binds_is_rejected(machine: str) -> None:
    """By the compiler, and by a machine that is asked not to verify."""
    unbound = output("B", [("l", UNIT, var("u"))])
    with pytest.raises(ProgramError) as caught:
        compile_protocol("P", {"A": unbound, "B": END})
    assert [one.code for one in caught.value.diagnostics] == ["open-type"]
    subject = machine_named(machine, Config(), DefaultHost())
    with pytest.raises(ProgramError) as caught:
        subject.load(duo(unbound, (Send(0, 1), Jump(0))), unverified=True)
    assert [one.code for one in caught.value.diagnostics] == ["open-type"]


@EITHER
@pytest.mark.parametrize("choice", ["one", "two", "three"])
def test_o7_every_branch_of_a_choice_can_be_chosen(machine: str, choice: str) -> None:
    """The host decides, and both roles go on with the branch that was decided on."""
    choosing = protocol(
        """global protocol Choosing(role A, role B) {
            choice at A { one(nat) from A to B; after_one(string) from B to A; }
            or { two(string) from A to B; after_two() from A to B; }
            or { three() from A to B; }
        }"""
    )
    after = {"one": ["after_one"], "two": ["after_two"], "three": []}
    assert labels(choosing, machine, [choice], 100) == [choice, *after[choice]]


@EITHER
def test_o7_a_payload_chooses_nothing(machine: str) -> None:
    """A text that names another label travels as the payload of its own."""
    says, hears = [("a", STR, END), ("b", STR, END)], [("a", STR, END), ("b", STR, END)]
    a = RoleProgram("A", output("B", says), (Set(1, Str("b")), Offer(0, "a", 1), Halt()), 2)
    listen = (Choose(0, 1, (("a", 1), ("b", 2))), Halt(), Halt())
    b = RoleProgram("B", input_("A", hears), listen, 2)
    subject = machine_named(machine, Config(), DefaultHost())
    subject.load(Image("relabel", (a, b)))
    assert drive(subject, "cooperative").outcome is Outcome.DONE
    assert [one.label for one in subject.events() if isinstance(one, Received)] == ["a"]


@EITHER
def test_o9_payloads_have_the_sort_that_is_declared(machine: str) -> None:
    """At the sender, of a value from a register or from the host, and at the receiver."""
    says, hears = output("B", [("n", NAT, END)]), input_("A", [("n", STR, END)])
    held = duo(says, (Set(1, Str("no number")), Send(0, 1), Halt()))
    subject = machine_named(machine, Config(), DefaultHost())
    assert rows(subject, held, (0, 0)) == ["set.ok.commit", "send.type-violation.sort"]
    asked = duo(says, (Send(0, -1), Halt()))
    subject = machine_named(machine, Config(), lambda _: Str("no number"))
    assert rows(subject, asked, (0,)) == ["send.invoke-fault.answer"]
    heard = duo(says, (Set(1, Nat(3)), Send(0, 1), Halt()), hears)
    subject = machine_named(machine, Config(), DefaultHost())
    expected = ["set.ok.commit", "send.ok.commit", "receive.type-violation.message-sort"]
    assert rows(subject, heard, (0, 0, 1)) == expected


ABSENT: dict[str, Instruction] = {
    "send from": Send(0, 7),
    "send on": Send(7, 1),
    "offer from": Offer(0, "n", 7),
    "receive to": Receive(0, 7),
    "choose to": Choose(0, 7, ()),
    "select on": Select(7, ()),
    "invoke with": Invoke("f", (7,), 1),
    "invoke to": Invoke("f", (), 7),
    "set": Set(7, Nat(0)),
    "move to": Move(7, 0),
    "move from": Move(0, 7),
}


@EITHER
@pytest.mark.parametrize("case", ABSENT)
def test_o15_a_register_that_is_not_there_is_a_fault(machine: str, case: str) -> None:
    """The step changes nothing but the status, and the machine goes on."""
    image = duo(output("B", [("n", NAT, END)]), (ABSENT[case], Halt()))
    subject = machine_named(machine, Config(), DefaultHost())
    (row,) = rows(subject, image, (0,))
    assert row.endswith(".out-of-registers.operand")
    one, other = subject.snapshot().coroutines
    assert (one.status, one.pc, other.status) == ("faulted", 0, "ready")
    assert not any(isinstance(event, Sent) for event in subject.events())
    assert drive(subject, "cooperative").outcome is Outcome.FAULTED


REFUSED: dict[str, tuple[LocalType, tuple[Instruction, ...]]] = {
    "register-out-of-range": (END, (Set(7, Nat(0)), Halt())),
    "address-out-of-range": (END, (Jump(7),)),
    "unknown-label": (output("B", [("n", NAT, END)]), (Offer(0, "m", 1), Halt())),
    "missing-label": (input_("B", [("n", NAT, END)]), (Choose(0, 1, ()),)),
    "wrong-sort": (output("B", [("n", STR, END)]), (Set(1, Nat(0)), Send(0, 1), Halt())),
    "unfinished": (output("B", [("n", NAT, END)]), (Halt(),)),
    "code-runs-out": (END, ()),
}


@EITHER
@pytest.mark.parametrize("code", REFUSED)
def test_o19_images_are_verified_before_they_are_loaded(machine: str, code: str) -> None:
    """Types, labels, addresses and registers; what is refused opens no session."""
    subject = machine_named(machine, Config(), DefaultHost())
    before = subject.snapshot()
    with pytest.raises(ProgramError) as caught:
        subject.load(duo(*REFUSED[code]))
    assert [one.code for one in caught.value.diagnostics] == [code]
    assert subject.snapshot() == before


def silent(_: Ask) -> Answer:
    """A host that is not asked."""
    raise AssertionError


@EITHER
@pytest.mark.parametrize("policy", POLICIES)
def test_o24_who_cannot_go_on_is_passed_over(policy: str, machine: str) -> None:
    """The most urgent coroutine waits for the least urgent one, which is picked all the same."""
    says, hears = output("B", [("a", UNIT, END)]), input_("A", [("a", UNIT, END)])
    a = RoleProgram("A", says, (Yield(), Yield(), Send(0, 1), Halt()), 2)
    b = RoleProgram("B", hears, (Receive(0, 1), Halt()), 2)
    found = machine_named(machine, Config(priorities=(("A", -9), ("B", 9))), silent)
    found.load(Image("inverted", (a, b)))
    report = found.run(policy) if isinstance(found, Engine) else drive(found, policy)
    assert report.outcome is Outcome.DONE


@EITHER
def test_o21_speculation_undoes_what_it_did(machine: str) -> None:
    """A fork in a fork is joined, the outer one aborted: the peer and the type know nothing of it,
    and the message that is sent after all is the only one.
    """
    says = output("B", [("hi", NAT, END)])
    code = (Set(1, Nat(7)), Fork(1), Set(1, Nat(8)), Fork(1), Send(0, 1), Join())
    after = (Abort(), Send(0, 1), Halt())
    subject = machine_named(machine, Config(1), DefaultHost())
    image = duo(says, (*code, *after), input_("A", [("hi", NAT, END)]))
    assert rows(subject, image, (0,) * len(code))[-1] == "join.ok.commit"
    before = subject.snapshot()
    assert (before.sessions[0].queues, before.sessions[0].endpoints[0].node) == ((), 1)
    assert [level.ghost for level in before.coroutines[0].levels] == [7]
    subject.step(Pick(0))
    undone = subject.snapshot()
    assert undone.sessions[0].endpoints[0].node == 0
    assert undone.coroutines[0].registers[1] == Nat(7)
    assert drive(subject, "cooperative", 100).outcome is Outcome.DONE
    received = [event.value for event in subject.events() if isinstance(event, Received)]
    assert received == [Nat(7)]
