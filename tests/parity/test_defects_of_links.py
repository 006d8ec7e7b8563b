"""Defects of the earlier system in failures, links and buffers, shown to be right here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import (
    Halt,
    Offer,
    Receive,
    Send,
    Set,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.buffer import Buffer
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Corrupted, Dropped, Faulted, Received, Sent
from antiphon.machine.failure import (
    Corrupt,
    Crash,
    Delay,
    Drop,
    Failure,
    Partition,
    Pause,
)
from antiphon.machine.interface import Machine
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import Nat
from tests.parity.machines import BUILDS

MACHINES = ("model", *BUILDS)
EITHER = pytest.mark.parametrize("machine", MACHINES)


def machine_named(name: str, config: Config, host: Host) -> Machine:
    """A new machine, the model or the engine in one of its builds."""
    return Model(config, host) if name == "model" else Engine(config, host, build=name)


STREAM = output("B", (("x", NAT, output("B", (("y", NAT, END),))),))
HEARD = input_("A", (("x", NAT, input_("A", (("y", NAT, END),))),))
STREAMS = Image(
    "stream",
    (
        RoleProgram("A", STREAM, (Set(1, Nat(4)), Send(0, 1), Send(0, 1), Halt()), 2),
        RoleProgram("B", HEARD, (Receive(0, 1), Receive(0, 1), Halt()), 2),
    ),
)
OFFERS = replace(
    STREAMS,
    programs=(
        replace(
            STREAMS.programs[0],
            code=(Set(1, Nat(4)), Offer(0, "x", 1), Offer(0, "y", 1), Halt()),
        ),
        STREAMS.programs[1],
    ),
)


def ran(machine: str, config: Config, image: Image = STREAMS, sessions: int = 1) -> Machine:
    """A machine on which these sessions came to their end, under a driver."""
    subject = machine_named(machine, config, DefaultHost())
    for _ in range(sessions):
        subject.load(image, unverified=True)
    drive(subject, "cooperative", 1000)
    return subject


def faults(machine: Machine) -> list[str]:
    """The rows of the faults, in order."""
    return [event.fault.row for event in machine.events() if isinstance(event, Faulted)]


@EITHER
def test_o3_whoever_waits_is_woken(machine: str) -> None:
    """A sender wakes when there is room, and when its link is up again, and the run goes on."""
    full = ran(machine, Config(1))
    assert full.snapshot().counters.sessions_ended == 1
    cut = ran(machine, Config(failures=(Partition(0, "A", "B", 1, 50),)))
    assert cut.snapshot().counters.sessions_ended == 1
    assert cut.snapshot().clock > 50


@EITHER
def test_o4_only_the_awaited_edge_wakes(machine: str) -> None:
    """A message from one role does not wake who waits for another; that costs nothing."""
    third = RoleProgram("C", output("B", (("z", NAT, END),)), (Set(1, Nat(1)), Send(0, 1)), 2)
    image = replace(STREAMS, programs=(*STREAMS.programs, third))
    subject = machine_named(machine, Config(), DefaultHost())
    subject.load(image, unverified=True)
    for number in (1, 2, 2):
        subject.step(Pick(number))
    waiting = subject.snapshot().coroutines[1]
    assert (waiting.status, waiting.cost) == ("blocked", 1)
    assert 1 not in subject.enabled()


@EITHER
def test_o8_a_message_carries_its_label(machine: str) -> None:
    """A receiver that missed a message notices by the label of the next one."""
    subject = ran(machine, Config(failures=(Drop(0, "A", "B", 0),)))
    assert faults(subject)[0] == "receive.unknown-label.message"


@EITHER
@pytest.mark.parametrize(
    ("config", "reason"),
    [
        (Config(failures=(Drop(0, "A", "B", 1),)), "lost"),
        (Config(buffers=(("A", "B", Buffer(full="drop", capacity=1)),)), "full"),
        (Config(buffers=(("A", "B", Buffer("latest")),)), "overwritten"),
    ],
)
def test_o10_a_message_that_is_lost_is_seen_to_be(
    machine: str, config: Config, reason: str
) -> None:
    """Every loss has an event, and its session is known to have had one."""
    subject = machine_named(machine, config, DefaultHost())
    subject.load(STREAMS, unverified=True)
    for _ in range(3):
        subject.step(Pick(0))
    lost = [event.reason for event in subject.events() if isinstance(event, Dropped)]
    assert lost == [reason]
    assert subject.snapshot().sessions[0].lossy


@EITHER
@pytest.mark.parametrize(
    "failure",
    [
        Partition(0, "A", "B", 1, 40),
        Crash(0, "B", 0),
        Pause(0, "A", 1, 30),
        Corrupt(0, "A", "B", 0),
        Drop(0, "A", "B", 0),
        Delay(0, "A", "B", 0, 30),
    ],
)
def test_o22_offer_fails_as_send_does(machine: str, failure: Failure) -> None:
    """Whatever happens to a send happens to an offer at the same place."""
    sent, offered = (ran(machine, Config(failures=(failure,)), one) for one in (STREAMS, OFFERS))
    assert [type(event) for event in sent.events()] == [type(event) for event in offered.events()]
    assert sent.snapshot().clock == offered.snapshot().clock


@EITHER
def test_o23_the_link_corrupts_not_the_sender(machine: str) -> None:
    """What was sent stays on record beside what arrives."""
    subject = ran(machine, Config(failures=(Corrupt(0, "A", "B", 0),)))
    values = [event.value for event in subject.events() if isinstance(event, Sent | Corrupted)]
    assert values == [Nat(4), Nat(5), Nat(4)]
    received = [event.value for event in subject.events() if isinstance(event, Received)]
    assert received == [Nat(5), Nat(4)]


@EITHER
def test_o25_peers_of_one_who_crashed_are_told(machine: str) -> None:
    """In its session, and in no other, not even in one that is opened later."""
    subject = ran(machine, Config(failures=(Crash(0, "A", 2),)), sessions=2)
    assert faults(subject) == ["fetch.crash.crashed", "receive.channel-closed.crashed"]
    received = [event for event in subject.events() if isinstance(event, Received)]
    assert len([event for event in received if event.session == 0]) == 1
    subject.load(STREAMS, unverified=True)
    drive(subject, "cooperative", 1000)
    assert subject.snapshot().counters.sessions_ended == 2
