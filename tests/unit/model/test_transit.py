"""What buffers do with a message that finds their queue full, on the model."""

from antiphon.bytecode.instruction import Halt, Receive, Send, Set
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.event import Dropped, Sent
from antiphon.machine.snapshot import EdgeView
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import Nat
from tests.unit.model.bench import Bench, part


def stream(labels: str) -> LocalType:
    """The type that sends these labels one after the other."""
    local_type: LocalType = END
    for label in reversed(labels):
        local_type = output("B", ((label, NAT, local_type),))
    return local_type


def bench(buffer: Buffer, labels: str = "xyzw") -> Bench:
    """A sends numbers from 1 on to B, who takes one; each send after setting register 1."""
    code = [each for n in range(len(labels)) for each in (Set(1, Nat(n + 1)), Send(0, 1))]
    hears = part(input_("A", ((labels[0], NAT, END),)), Receive(0, 1), Halt())
    config = Config(buffers=(("A", "B", buffer),))
    return Bench(part(stream(labels), *code, Halt()), hears, config=config)


def test_drop() -> None:
    """A message that finds no room is sent, and then lost; the type goes on, the session knows."""
    b = bench(Buffer(full="drop", capacity=1))
    assert b.steps(0, 0, 0, 0) == "send.ok.commit"
    assert b.queue() == (("x", Nat(1)),)
    assert (b.side("A").node, b.side("B").tokens) == (2, 1)
    assert b.model.events()[-2:] == (
        Sent(3, 0, 0, "A", "B", "y", Nat(2)),
        Dropped(3, 0, 0, "A", "B", "y", "full"),
    )
    assert b.session().lossy


def test_error() -> None:
    """A message that finds no room is a fault, before anything changes."""
    b = bench(Buffer(full="error", capacity=1))
    b.steps(0, 0, 0)
    assert b.stops(0) == "send.buffer-full.overflow"
    assert b.session().status == "faulted"
    assert not b.session().lossy


def test_resize() -> None:
    """The capacity doubles up to its maximum; then the sender waits until there is room."""
    b = bench(Buffer(full="resize", capacity=1, maximum=3))
    b.steps(0, 0)
    assert b.session().edges == ()
    assert b.steps(0, 0) == "send.ok.commit"
    assert b.session().edges == (EdgeView("A", "B", 2),)
    assert b.steps(0, 0) == "send.ok.commit"
    assert b.session().edges == (EdgeView("A", "B", 3),)
    b.step(0)
    assert b.stops(0) == "send.send-wait.room"
    assert b.step(1) == "receive.ok.commit"
    assert b.step(0) == "send.ok.commit"
    assert [label for label, _ in b.session().queues[0].messages] == ["y", "z", "w"]
    assert not b.session().lossy


def test_latest() -> None:
    """The newest message takes the place of the one before, and its token."""
    b = bench(Buffer("latest"))
    b.steps(0, 0)
    assert not b.session().lossy
    assert b.steps(0, 0) == "send.ok.commit"
    assert b.queue() == (("y", Nat(2)),)
    assert b.side("B").tokens == 1
    assert b.model.events()[-2:] == (
        Sent(3, 0, 0, "A", "B", "y", Nat(2)),
        Dropped(3, 0, 0, "A", "B", "x", "overwritten"),
    )
    assert b.session().lossy
