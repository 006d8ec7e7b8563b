"""Links on the model: up and down, and what happens to a message."""

import pytest

from antiphon.bytecode.instruction import Halt, Receive, Send, Set, Yield
from antiphon.machine.choice import Advance
from antiphon.machine.config import Config
from antiphon.machine.event import Corrupted, Dropped, Sent
from antiphon.machine.failure import Corrupt, Crash, Delay, Drop, Failure, Partition
from antiphon.machine.snapshot import Block, EdgeView, QueueView
from antiphon.model.link import corrupt
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value
from tests.unit.model.bench import Bench, part


def bench(*failures: Failure) -> Bench:
    """A sends 1 and then 2 to B, who takes both; one step each, after one to set a register."""
    says: LocalType = output("B", (("x", NAT, output("B", (("y", NAT, END),))),))
    hears: LocalType = input_("A", (("x", NAT, input_("A", (("y", NAT, END),))),))
    code = (Set(1, Nat(1)), Send(0, 1), Set(1, Nat(2)), Send(0, 1), Halt())
    heard = (Receive(0, 1), Receive(0, 1), Yield(), Halt())
    return Bench(part(says, *code), part(hears, *heard), config=Config(failures=failures))


def test_drop() -> None:
    """The message is sent, and then lost; nobody wakes for it, and the session knows."""
    b = bench(Drop(0, "A", "B", 0))
    assert b.steps(1, 0, 0) == "send.ok.commit"
    assert b.model.events()[-2:] == (
        Sent(2, 0, 0, "A", "B", "x", Nat(1)),
        Dropped(2, 0, 0, "A", "B", "x", "lost"),
    )
    assert (b.queue(), b.side("B").tokens, b.model.enabled()) == ((), 0, (0,))
    assert b.session().lossy
    assert b.session().edges == (EdgeView("A", "B", sent=1),)


def test_corrupt() -> None:
    """What was sent is told, and what arrives."""
    b = bench(Corrupt(0, "A", "B", 0))
    b.steps(0, 0)
    assert b.model.events()[-2:] == (
        Sent(1, 0, 0, "A", "B", "x", Nat(1)),
        Corrupted(1, 0, 0, "A", "B", "x", Nat(0)),
    )
    assert b.queue() == (("x", Nat(0)),)
    assert b.session().lossy


def test_delay() -> None:
    """The receiver waits until the message is there, and those behind it wait too."""
    b = bench(Delay(0, "A", "B", 0, 20))
    b.steps(0, 0, 0, 0)
    assert b.session().queues == (
        QueueView("A", "B", (("x", Nat(1)), ("y", Nat(2))), visible_at=(21, 0)),
    )
    assert b.stops(1) == "receive.receive-wait.delayed"
    assert b.coroutine(1).block == Block("receive-wait", 0, "A", "B", 21)
    b.step(0)
    assert b.model.enabled() == ()
    for tick in (20, 22):
        b.model.step(Advance(tick))
        assert b.model.snapshot().clock == 6
    b.model.step(Advance(21))
    assert (b.model.snapshot().clock, b.model.enabled()) == (21, (1,))
    assert b.steps(1, 1) == "receive.ok.commit"
    assert not b.session().lossy


def test_partition_from_the_start() -> None:
    """The link is down when the session opens, until so many ticks have passed."""
    b = bench(Partition(0, "A", "B", 0, 3))
    assert b.session().edges == (EdgeView("A", "B", up_at=3),)
    b.step(0)
    assert b.step(0) == "send.send-wait.link"
    assert b.coroutine(0).block == Block("send-wait", 0, "A", "B", 3)
    assert b.step(1) == "receive.receive-wait.empty"
    assert b.model.enabled() == (0,)
    assert b.step(0) == "send.ok.commit"


def test_partition_for_ever() -> None:
    """After the first message the link goes down; who waits for it is not woken by room."""
    b = bench(Partition(0, "A", "B", 1))
    b.steps(0, 0, 0)
    assert b.stops(0) == "send.send-wait.link"
    assert b.coroutine(0).block == Block("send-wait", 0, "A", "B")
    assert b.session().edges == (EdgeView("A", "B", sent=1, up_at=None),)
    assert b.step(1) == "receive.ok.commit"
    assert b.model.enabled() == (1,)


def test_a_crashed_receiver() -> None:
    """Nothing can be sent to one who has crashed."""
    b = bench(Crash(0, "B", 0))
    b.steps(0, 1)
    assert b.stops(0) == "send.channel-closed.crashed"


def test_a_crashed_sender() -> None:
    """What was sent before is still delivered; then its receiver fails."""
    b = bench(Crash(0, "A", 2))
    assert b.steps(0, 0, 0) == "fetch.crash.crashed"
    assert b.session().status == "active"
    assert b.side("A").owner == 0
    assert b.step(1) == "receive.ok.commit"
    assert b.step(1) == "receive.channel-closed.crashed"
    assert b.session().status == "faulted"


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (Nat(0), Nat(1)),
        (Nat(2**64 + 1), Nat(2**64)),
        (Bool(True), Bool(False)),
        (Str("ab"), Str("`b")),
        (Str("\ue000"), Str("\ue001")),
        (Str(""), UNIT),
        (UNIT, UNIT),
        (Prod(Nat(2), Str("x")), Prod(Nat(3), Str("x"))),
        (Prod(Prod(UNIT, Nat(1)), Nat(1)), Prod(Prod(UNIT, Nat(1)), Nat(1))),
        (Blob("date", b"x"), UNIT),
        (Endpoint(0, "A"), UNIT),
    ],
)
def test_what_is_left_of_a_value(value: Value, left: Value) -> None:
    """A value of the same sort where that is easy, else Unit; erased, Unit."""
    assert corrupt(value, "flip") == left
    assert corrupt(value, "erase") == UNIT
