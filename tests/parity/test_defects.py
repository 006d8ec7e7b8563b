"""Defects of the earlier system, each shown to be right here, on both machines."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import (
    Choose,
    Close,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Move,
    Offer,
    Open,
    Receive,
    Select,
    Send,
    Set,
    Spawn,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.compiler.compile import compile_protocol
from antiphon.effects.host import DefaultHost, ScriptedHost
from antiphon.engine.machine import Engine
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Closed, Received, Sent
from antiphon.machine.interface import POLICIES, Machine
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.protocols import Protocol, protocol
from antiphon.scheduler.drive import drive
from antiphon.theory.global_type import GlobalType, comm, message
from antiphon.theory.global_type import rec as global_rec
from antiphon.theory.global_type import var as global_var
from antiphon.theory.local_type import END, LocalType, input_, output, var
from antiphon.values.sort import NAT, STR, UNIT, delegation
from antiphon.values.value import Nat, Str
from tests.parity.machines import BUILDS

MACHINES = ("model", *BUILDS)
EITHER = pytest.mark.parametrize("machine", MACHINES)


def machine_named(name: str, config: Config, host: Host) -> Machine:
    """A new machine, the model or the engine in one of its builds."""
    if name == "model":
        return Model(config, host, request=unadmitted())
    return Engine(config, host, build=name, request=unadmitted())


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
    return Image("duo", (RoleProgram("A", says, code, 3), RoleProgram("B", hears, other, 2)))


def rows(machine: Machine, image: Image, picks: tuple[int, ...]) -> list[str]:
    """How the steps of an image end that was not verified, with these coroutines picked."""
    machine.load(image, unverified=True)
    found = [machine.step(Pick(coroutine)) for coroutine in picks]
    return [row.id for row in found if row is not None]


INNER = Open(
    "Inner", (("X", output("Y", [("m", NAT, END)]), 1), ("Y", input_("X", [("m", NAT, END)]), 2))
)
GIVEN = delegation("Inner", "Y")


def three(*codes: tuple[Instruction, ...]) -> Image:
    """A hands an endpoint of Inner to B, which passes it on to C; each runs this code."""
    last = [("pass", GIVEN, END)]
    types = (
        output("B", [("give", GIVEN, END)]),
        input_("A", [("give", GIVEN, output("C", last))]),
        input_("B", last),
    )
    roles = zip("ABC", types, codes, strict=True)
    return Image("three", tuple(RoleProgram(*one, 4) for one in roles))


@EITHER
def test_o1_a_message_goes_by_the_role_of_its_endpoint(machine: str) -> None:
    """Whoever owns it, and whatever that coroutine is called: opened, received and passed on."""
    opens = (INNER, Send(0, 2), Set(3, Nat(7)), Send(1, 3), Halt())
    passes = (Receive(0, 1), Send(0, 1), Halt())
    uses = (Receive(0, 1), Receive(1, 2), Halt())
    subject = machine_named(machine, Config(), DefaultHost())
    subject.load(three(opens, passes, uses), unverified=True)
    assert drive(subject, "cooperative").outcome is Outcome.DONE
    inner = [one for one in subject.events() if isinstance(one, Received) and one.session == 1]
    assert [(one.sender, one.receiver, one.value) for one in inner] == [("X", "Y", Nat(7))]
    assert not subject.snapshot().sessions


@EITHER
def test_o1_a_transferred_endpoint_speaks_for_its_role(machine: str) -> None:
    """A child sends in the name of its parent's role, and the partner hears it."""
    code = (Spawn(2, (0,), 1), Halt(), Set(1, Nat(5)), Send(0, 1), Halt())
    subject = machine_named(machine, Config(), DefaultHost())
    subject.load(duo(output("B", [("n", NAT, END)]), code, input_("A", [("n", NAT, END)])))
    assert drive(subject, "cooperative").outcome is Outcome.DONE
    (heard,) = (one for one in subject.events() if isinstance(one, Received))
    assert (heard.sender, heard.receiver, heard.value) == ("A", "B", Nat(5))


@EITHER
def test_o2_no_session_takes_the_place_of_another(machine: str) -> None:
    """Sessions that are loaded and that are opened count together, and for ever."""
    subject = machine_named(machine, Config(), DefaultHost())
    assert subject.load(duo(END, (INNER, Close(1), INNER, Halt())), unverified=True) == 0
    for _ in range(3):
        subject.step(Pick(0))
    assert subject.load(duo(END, (Halt(),))) == 3
    assert [one.id for one in subject.snapshot().sessions] == [0, 2, 3]


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


@EITHER
def test_o11_who_halts_releases_what_it_owns_and_nothing_else(machine: str) -> None:
    """Neither a child without endpoints, nor a parent that has given its own away."""
    idle = (Spawn(2, (), 1), Send(0, 1), Halt())
    gone = (Spawn(2, (0,), 1), Halt(), Set(1, Nat(5)), Send(0, 1), Halt())
    for code in (idle, gone):
        subject = machine_named(machine, Config(), DefaultHost())
        says, hears = output("B", [("n", NAT, END)]), input_("A", [("n", NAT, END)])
        subject.load(duo(says, code, hears), unverified=True)
        assert drive(subject, "cooperative").outcome is Outcome.DONE
        assert not subject.snapshot().sessions


@EITHER
def test_o12_nobody_halts_in_the_middle_of_a_conversation(machine: str) -> None:
    """It is a fault, and the partner that waits is told."""
    subject = machine_named(machine, Config(), DefaultHost())
    code = (Halt(),)
    image = duo(output("B", [("n", NAT, END)]), code, input_("A", [("n", NAT, END)]))
    expected = ["receive.receive-wait.empty", "halt.type-violation.unfinished"]
    assert rows(subject, image, (1, 0)) == expected
    row = subject.step(Pick(1))
    assert row is not None
    assert row.id == "receive.channel-closed.session"


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


@EITHER
def test_o16_a_session_is_closed_once_and_for_everybody(machine: str) -> None:
    """Its messages are gone, who waits is told, and a second close is a fault."""
    says, hears = output("B", [("n", NAT, END)]), input_("A", [("n", NAT, END)])
    subject = machine_named(machine, Config(), DefaultHost())
    waits = duo(says, (Close(0), Close(0)), hears)
    expected = [
        "receive.receive-wait.empty",
        "close.ok.commit",
        "receive.channel-closed.session",
        "close.close-fault.session",
    ]
    assert rows(subject, waits, (1, 0, 1, 0)) == expected
    assert [one.epoch for one in subject.events() if isinstance(one, Closed)] == [1]
    assert not subject.snapshot().sessions


@EITHER
def test_o17_sessions_end_by_themselves(machine: str) -> None:
    """With their coroutines, so that limits count those that are there."""
    subject = machine_named(machine, Config(max_sessions=2, max_coroutines=2), DefaultHost())
    for number in range(3):
        assert subject.load(duo(END, (Halt(),))) == number
        assert drive(subject, "cooperative").outcome is Outcome.DONE
        state = subject.snapshot()
        assert (state.sessions, state.coroutines) == ((), ())


@EITHER
@pytest.mark.parametrize(
    ("config", "code"),
    [
        (Config(max_coroutines=3), "coroutine-limit"),
        (Config(max_sessions=1), "session-limit"),
    ],
    ids=["coroutines", "sessions"],
)
def test_o18_what_cannot_be_loaded_leaves_nothing_behind(
    machine: str, config: Config, code: str
) -> None:
    """The limits are looked at first."""
    subject = machine_named(machine, config, DefaultHost())
    subject.load(duo(END, (Halt(),)))
    before, events = subject.snapshot(), len(subject.events())
    with pytest.raises(Refusal) as refused:
        subject.load(duo(END, (Halt(),)))
    assert refused.value.code == code
    assert subject.snapshot() == before
    assert len(subject.events()) == events


@EITHER
def test_o18_what_cannot_be_opened_leaves_nothing_behind(machine: str) -> None:
    """A register that is not there, or a limit, is a fault before there is a session."""
    missing = Open("P", (("A", END, 1), ("B", END, 9)))
    for instruction, limit in ((missing, None), (INNER, 1)):
        subject = machine_named(machine, Config(max_sessions=limit), DefaultHost())
        (row,) = rows(subject, duo(END, (instruction, Halt())), (0,))
        assert row in ("open.out-of-registers.operand", "open.session-limit.limit")
        assert subject.snapshot().next_session == 1


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
