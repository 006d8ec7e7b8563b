"""Sessions that programs open and close, and endpoints that they send, on all machines alike."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import (
    Close,
    Halt,
    Instruction,
    Jump,
    Open,
    Receive,
    Send,
    Set,
    Spawn,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask, Refused
from antiphon.machine.buffer import DROP, LATEST, Buffer
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Closed, Dropped, Ended, Faulted, Opened, SessionFaulted
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT, Sort, delegation
from antiphon.values.value import Endpoint, Nat
from tests.parity.machines import BUILDS

EITHER = pytest.mark.parametrize("machine", ["model", *BUILDS])
QX, QY = delegation("q", "X"), delegation("q", "Y")


def refuses(_: Ask) -> Answer:
    """Nobody asks this host."""
    return Refused("nobody asks")


def machine_named(name: str, config: Config) -> Machine:
    """A new machine, the model or the engine in one of its builds."""
    return Model(config, refuses) if name == "model" else Engine(config, refuses, build=name)


def sends(peer: str, *sorts: Sort) -> LocalType:
    """The type that sends one message after the other."""
    then: LocalType = END
    for sort in reversed(sorts):
        then = output(peer, [("m", sort, then)])
    return then


def receives(peer: str, *sorts: Sort) -> LocalType:
    """The type that receives one message after the other."""
    then: LocalType = END
    for sort in reversed(sorts):
        then = input_(peer, [("m", sort, then)])
    return then


def pair(sort: Sort, x: int, y: int) -> Open:
    """A session of X, which sends one thing, and Y, which receives it, in these registers."""
    return Open("q", (("X", sends("Y", sort), x), ("Y", receives("X", sort), y)))


def duo(
    first: LocalType, code: tuple[Instruction, ...], other: tuple[Instruction, ...], *sorts: Sort
) -> Image:
    """A, and B who receives these sorts from it."""
    programs = (
        RoleProgram("A", first, code, 6),
        RoleProgram("B", receives("A", *sorts), other, 6),
    )
    return Image("p", programs, (("q", "X", sends("Y", NAT)),))


def ran(machine: str, image: Image, config: Config | None = None) -> tuple[Machine, Outcome]:
    """A machine that has run an image, unverified, and how that ended."""
    subject = machine_named(machine, config or Config())
    subject.load(image, unverified=True)
    return subject, drive(subject, "cooperative", 1000).outcome


@EITHER
def test_an_endpoint_is_sent_and_used(machine: str) -> None:
    """B sends on the endpoint that it was sent; A receives on the other one; both sessions end."""
    code = (pair(NAT, 1, 2), Send(0, 1), Receive(2, 3), Halt())
    image = duo(sends("B", QX), code, (Receive(0, 1), Set(2, Nat(7)), Send(1, 2), Halt()), QX)
    subject = machine_named(machine, Config())
    subject.load(image)
    for _ in range(2):
        subject.step(Pick(0))
    before = subject.snapshot()
    assert [(e.owner, e.in_flight) for e in before.sessions[1].endpoints] == [
        (None, True),
        (0, False),
    ]
    assert before.sessions[0].queues[0].messages == (("m", Endpoint(1, "X")),)
    subject.step(Pick(1))
    after = subject.snapshot()
    assert [(e.owner, e.in_flight) for e in after.sessions[1].endpoints] == [(1, False), (0, False)]
    assert drive(subject, "cooperative", 100).outcome == Outcome.DONE
    end = subject.snapshot()
    assert (end.sessions, end.coroutines, end.counters.sessions_ended) == ((), (), 2)
    assert Opened(0, 1, ("X", "Y"), 0) in subject.events()


@EITHER
def test_what_may_not_be_sent(machine: str) -> None:
    """Not the channel itself, not what another owns, not what has done something already."""
    own = delegation("p", "A")
    for code, local, row in (
        ((Send(0, 0), Halt()), sends("B", own), "send.transfer-fault.carried"),
        (
            (pair(NAT, 1, 2), Spawn(4, (1,), 3), Send(0, 1), Halt(), Yield(), Halt()),
            sends("B", QX),
            "send.transfer-fault.carried",
        ),
        (
            (pair(NAT, 1, 2), Set(3, Nat(1)), Send(1, 3), Send(0, 1), Halt()),
            sends("B", QX),
            "send.type-violation.sort",
        ),
        ((pair(NAT, 1, 2), Send(0, 1), Halt()), sends("B", QY), "send.type-violation.sort"),
    ):
        subject, outcome = ran(machine, duo(local, code, (Receive(0, 1), Halt()), QX))
        assert outcome == Outcome.FAULTED
        assert next(e.fault.row for e in subject.events() if isinstance(e, Faulted)) == row


@EITHER
def test_what_is_lost_takes_its_session_along(machine: str) -> None:
    """The first session holds an endpoint of the second, which holds one of the third, on which
    somebody waits.
    """
    code = (
        pair(QX, 1, 2),
        pair(NAT, 3, 4),
        Spawn(8, (4,), 5),
        Yield(),
        Send(1, 3),
        Send(0, 2),
        Yield(),
        Send(0, 0),
        Receive(0, 1),
        Halt(),
    )
    image = duo(sends("B", QY, NAT), code, (Jump(0),), QY)
    subject, _ = ran(machine, image)
    failed = [e.session for e in subject.events() if isinstance(e, SessionFaulted)]
    assert failed == [0, 1, 2]
    end = subject.snapshot()
    assert [view.status for view in end.sessions] == ["faulted"] * 3
    assert all(not side.in_flight for view in end.sessions for side in view.endpoints)
    child = end.coroutines[2]
    assert child.fault is not None
    assert child.fault.row == "receive.channel-closed.session"


@EITHER
def test_close_wakes_who_waits(machine: str) -> None:
    """A closed session is gone at once, with what it was about; a second close is a fault."""
    code = (
        pair(NAT, 1, 2),
        Spawn(7, (2,), 3),
        Yield(),
        Close(1),
        Yield(),
        Close(1),
        Halt(),
        Receive(0, 1),
        Halt(),
    )
    subject, _ = ran(machine, duo(END, code, (Halt(),)))
    events = list(subject.events())
    assert [e for e in events if isinstance(e, Closed)] == [Closed(5, 1, 0, 1)]
    assert [e.fault.row for e in events if isinstance(e, Faulted)] == [
        "receive.channel-closed.session",
        "close.close-fault.session",
    ]
    assert subject.snapshot().counters.sessions_closed == 1


@EITHER
def test_close_loses_what_is_on_its_way(machine: str) -> None:
    """An endpoint in a message of a closed session takes its own session with it."""
    code = (pair(NAT, 1, 2), pair(QX, 3, 4), Send(3, 1), Close(4), Halt())
    subject, outcome = ran(machine, duo(END, code, (Halt(),)))
    events = [e for e in subject.events() if isinstance(e, Closed | SessionFaulted)]
    assert events[:2] == [Closed(4, 2, 0, 1), SessionFaulted(4, 1, 0)]
    assert outcome == Outcome.FAULTED


@EITHER
@pytest.mark.parametrize("buffer", [Buffer(full=DROP, capacity=1), Buffer(LATEST)])
def test_buffers_lose_endpoints(machine: str, buffer: Buffer) -> None:
    """A message that is dropped or overwritten with an endpoint in it: its session fails."""
    code = (pair(NAT, 1, 2), pair(NAT, 3, 4), Send(0, 1), Send(0, 3), Jump(0))
    image = duo(sends("B", QX, QX), code, (Yield(),) * 20, QX, QX)
    subject = machine_named(machine, Config(buffers=(("A", "B", buffer),)))
    subject.load(image, unverified=True)
    for _ in range(4):
        subject.step(Pick(0))
    lost = 1 if buffer.mode == LATEST else 2
    events = [e for e in subject.events() if isinstance(e, Dropped | SessionFaulted)]
    assert isinstance(events[0], Dropped)
    assert events[1:] == [SessionFaulted(3, lost, 0)]
    views = subject.snapshot().sessions
    assert [view.status for view in views].index("faulted") == lost
    assert not views[lost].endpoints[0].in_flight


@EITHER
def test_what_is_gone_is_received_but_not_owned(machine: str) -> None:
    """The endpoint of a session that was closed meanwhile arrives, and is of no use."""
    code = (pair(NAT, 1, 2), Send(0, 1), Close(2), Halt())
    other = (Yield(), Yield(), Yield(), Receive(0, 1), Send(1, 1), Halt())
    subject, _ = ran(machine, duo(sends("B", QX), code, other, QX))
    (fault,) = [e.fault.row for e in subject.events() if isinstance(e, Faulted)]
    assert fault == "send.channel-closed.session"
    assert subject.snapshot().coroutines[-1].registers[1] == Endpoint(1, "X")


@EITHER
def test_sessions_are_limited(machine: str) -> None:
    """Neither ``open`` nor a load goes beyond; closed and ended sessions do not count."""
    code = (Open("q", (("X", END, 1),)), Close(1), Open("q", (("X", END, 1),)), Halt())
    subject, outcome = ran(machine, duo(END, code, (Halt(),)), Config(max_sessions=2))
    assert outcome == Outcome.DONE
    assert sum(isinstance(e, Ended) for e in subject.events()) == 2
    twice = (Open("q", (("X", END, 1),)), Open("q", (("X", END, 1),)))
    subject, outcome = ran(machine, duo(END, twice, (Halt(),)), Config(max_sessions=2))
    (fault,) = [e.fault.row for e in subject.events() if isinstance(e, Faulted)]
    assert fault == "open.session-limit.limit"
    subject = machine_named(machine, Config(max_sessions=1))
    image = duo(END, (Halt(),), (Halt(),))
    subject.load(image)
    with pytest.raises(Refusal) as refused:
        subject.load(image)
    assert refused.value.code == "session-limit"
