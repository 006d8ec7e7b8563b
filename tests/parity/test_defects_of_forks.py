"""A defect of the earlier system in forks, shown to be right here, and what forks have to do with
the rest of the machine, on both machines.
"""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Check,
    Close,
    Fork,
    Halt,
    Instruction,
    Join,
    Open,
    Receive,
    Send,
    Set,
    Tag,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.effects.host import DefaultHost
from antiphon.machine.buffer import LATEST, Buffer
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import (
    Aborted,
    Checked,
    Corrupted,
    Dropped,
    Event,
    Joined,
    OutputDenied,
    Received,
    Sent,
    SessionFaulted,
)
from antiphon.machine.failure import Corrupt, Crash, Delay, Drop, Failure, Partition
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome
from antiphon.machine.output_condition import AllowAll, DenyAll
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT, delegation
from antiphon.values.value import Bool, Nat, Str
from tests.parity.test_defects import EITHER, duo, machine_named, rows

FORK: tuple[Instruction, ...] = (Set(1, Nat(7)), Fork(1))
SAYS = output("B", [("hi", NAT, END)])
HEARS = input_("A", [("hi", NAT, END)])
EDGE = (0, "A", "B", 0)


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


def sent_in_a_fork(machine: str, *failures: Failure, end: Instruction, picks: int = 4) -> Machine:
    """A sends a number in a fork and ends it."""
    subject = machine_named(machine, Config(1, failures=failures), DefaultHost())
    image = duo(SAYS, (*FORK, Send(0, 1), end, Halt()), HEARS)
    rows(subject, image, (0,) * picks)
    return subject


@EITHER
def test_a_link_does_what_it_does_when_a_message_is_staged(machine: str) -> None:
    """It is lost, changed, or late from then on; joining neither waits nor fails."""
    lost = sent_in_a_fork(machine, Drop(*EDGE), end=Join())
    assert [type(event) for event in lost.events()[2:]] == [Sent, Dropped, Joined]
    assert (lost.snapshot().sessions[0].queues, lost.snapshot().sessions[0].lossy) == ((), True)
    changed = sent_in_a_fork(machine, Corrupt(*EDGE), end=Join())
    assert [type(event) for event in changed.events()[2:]] == [Sent, Corrupted, Joined]
    assert changed.snapshot().sessions[0].queues[0].messages == (("hi", Nat(6)),)
    late = sent_in_a_fork(machine, Delay(*EDGE, ticks=9), end=Join(), picks=3)
    assert late.snapshot().coroutines[0].levels[0].staged[0].visible_at == 2 + 9
    late.step(Pick(0))
    assert late.snapshot().sessions[0].queues[0].visible_at == (2 + 9,)


@EITHER
def test_a_link_that_goes_down_keeps_no_join_waiting(machine: str) -> None:
    """It goes down when the message before is staged; what was staged arrives, and an abort does
    not mend it.
    """
    cut = Partition(0, "A", "B", 1)
    joined = sent_in_a_fork(machine, cut, end=Join())
    assert joined.snapshot().sessions[0].queues[0].messages == (("hi", Nat(7)),)
    aborted = sent_in_a_fork(machine, cut, end=Abort())
    assert aborted.snapshot().sessions[0].edges[0].up_at is None
    assert aborted.snapshot().sessions[0].endpoints[0].node == 0


@EITHER
def test_a_crash_in_a_fork(machine: str) -> None:
    """The fork is gone with what it had; who waits for the message faults."""
    subject = machine_named(machine, Config(1, failures=(Crash(0, "A", 3),)), DefaultHost())
    image = duo(SAYS, (*FORK, Send(0, 1), Join(), Halt()), HEARS)
    assert rows(subject, image, (1, 0, 0, 0, 0, 1))[-2:] == [
        "fetch.crash.crashed",
        "receive.channel-closed.crashed",
    ]
    assert subject.snapshot().coroutines[0].levels == ()


@EITHER
def test_facts_in_a_fork(machine: str) -> None:
    """What was noted is not known after an abort, and is after a join."""
    fact: tuple[Instruction, ...] = (Set(1, Str("f")), Set(2, Str("B")))
    note = (Tag(0, 1, 2), Set(2, Str("B")))
    code = (*FORK, *fact, *note, Check(0, 1, 2, 2), Abort(), *fact, Check(0, 1, 2, 2))
    kept = (Set(1, Nat(7)), Fork(1), *fact, *note, Fork(1))
    subject = machine_named(machine, Config(), DefaultHost())
    rows(subject, duo(END, code), (0,) * len(code))
    assert subject.snapshot().sessions[0].endpoints[0].facts == ()
    asked = [event.permitted for event in subject.events() if isinstance(event, Checked)]
    assert asked == [True, False]
    assert subject.snapshot().coroutines[0].registers[2] == Bool(False)
    subject = machine_named(machine, Config(), DefaultHost())
    rows(subject, duo(END, (*kept[:-1], Join(), Yield())), (0,) * len(kept))
    assert subject.snapshot().sessions[0].endpoints[0].facts == ("f",)


@EITHER
@pytest.mark.parametrize("end", [Join(), Abort()], ids=["join", "abort"])
def test_a_session_is_closed_under_a_fork(machine: str, end: Instruction) -> None:
    """What the fork has of it is dropped; it ends like any other."""
    subject = machine_named(machine, Config(1), DefaultHost())
    says = RoleProgram("A", SAYS, (*FORK, Send(0, 1), end, Halt()), 3)
    closes = RoleProgram("B", HEARS, (Close(0), Halt()), 2)
    found = rows(subject, Image("duo", (says, closes)), (0, 0, 0, 1, 0, 0))
    assert found[-2:] == [f"{type(end).__name__.lower()}.ok.commit", "halt.ok.commit"]
    assert subject.snapshot().sessions == ()


@EITHER
def test_the_output_condition_is_asked_when_a_message_is_staged(machine: str) -> None:
    """It is checked then, or denied, which is a fault like any other."""
    image = duo(SAYS, (*FORK, Send(0, 1), Abort(), Halt()), HEARS)
    passes = machine_named(machine, Config(1, outputs=AllowAll()), DefaultHost())
    rows(passes, image, (0,) * 4)
    sent = [event for event in passes.events() if isinstance(event, Sent)]
    assert (sent[0].checked, passes.snapshot().counters.outputs_passed) == (True, 1)
    denies = machine_named(machine, Config(1, outputs=DenyAll()), DefaultHost())
    assert rows(denies, image, (0,) * 3)[-1] == "send.output-condition-fault.denied"
    assert any(isinstance(event, OutputDenied) for event in denies.events())
    assert denies.snapshot().coroutines[0].levels == ()


@EITHER
def test_endpoints_do_not_change_hands_in_a_fork(machine: str) -> None:
    """Neither from a register nor from the host, nor to be received; nothing has changed then."""
    guest = delegation("q", "X")
    give: tuple[Instruction, ...] = (Open("q", (("X", END, 2),)), Set(1, Nat(7)), Fork(1))
    says, hears = output("B", [("x", guest, END)]), input_("A", [("x", guest, END)])
    for source in (2, HOST):
        subject = machine_named(machine, Config(1), DefaultHost())
        found = rows(subject, duo(says, (*give, Send(0, source))), (0,) * 4)
        assert found[-1] == "send.speculation-fault.forbidden"
        assert not any(isinstance(event, Sent) for event in subject.events())
    subject = machine_named(machine, Config(1), DefaultHost())
    a = RoleProgram("A", says, (give[0], Send(0, 2), Halt()), 3)
    b = RoleProgram("B", hears, (*FORK, Receive(0, 1)), 3)
    found = rows(subject, Image("duo", (a, b)), (0, 0, 1, 1, 1))
    assert found[-1] == "receive.speculation-fault.forbidden"
    failed = [event.session for event in subject.events() if isinstance(event, SessionFaulted)]
    assert failed == [0, 1]


@EITHER
def test_a_join_overwrites_an_endpoint(machine: str) -> None:
    """Its session fails with it, in the step of the join."""
    guest = delegation("q", "X")
    types = output("B", [("x", guest, output("B", [("y", NAT, END)]))])
    code = (Open("q", (("X", END, 2),)), Send(0, 2), *FORK, Send(0, 1), Join(), Yield())
    hears = input_("A", [("x", guest, input_("A", [("y", NAT, END)]))])
    config = Config(buffers=(("A", "B", Buffer(LATEST)),))
    subject = machine_named(machine, config, DefaultHost())
    assert rows(subject, duo(types, code, hears), (0,) * 6)[-1] == "join.ok.commit"
    kinds: list[type[Event]] = [type(event) for event in subject.events()[-3:]]
    assert kinds == [Joined, Dropped, SessionFaulted]
    assert subject.snapshot().sessions[0].queues[0].messages == (("y", Nat(7)),)


@EITHER
def test_aborting_waits_for_nobody(machine: str) -> None:
    """A message that comes back is as late as it was."""
    config = Config(1, failures=(Delay(*EDGE, ticks=2),))
    subject = machine_named(machine, config, DefaultHost())
    a = RoleProgram("A", SAYS, (Set(1, Nat(7)), Send(0, 1), Halt()), 3)
    b = RoleProgram("B", HEARS, (*FORK, Receive(0, 1), Abort(), Receive(0, 1), Halt()), 3)
    rows(subject, Image("duo", (a, b)), (0, 0, 1, 1, 1, 1))
    assert subject.snapshot().sessions[0].queues[0].visible_at == (3,)
    assert any(isinstance(event, Aborted) for event in subject.events())
    assert drive(subject, "cooperative", 100).outcome is Outcome.DONE
