"""``fork``, ``join`` and ``abort`` on the model: every row, with what it leaves."""

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Receive,
    Select,
    Send,
    Set,
    Spawn,
    Transfer,
    Yield,
)
from antiphon.bytecode.table import LEVELS_MAX
from antiphon.machine.ask import Chosen
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.event import Aborted, Dropped, Forked, Joined, Received, Sent
from antiphon.machine.snapshot import ApartView, Block, KeptView, LevelView
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import UNIT, Endpoint, Nat, Str
from tests.unit.model.bench import HEARS, ONE, TWO, Bench, part

FORK = (Set(1, Nat(7)), Fork(1))
SAYS_TWO = output("B", (("x", NAT, output("B", (("y", NAT, END),))),))
HEARS_TWO = input_("A", (("x", NAT, input_("A", (("y", NAT, END),))),))
BEFORE = (Endpoint(0, "A"), Nat(7), UNIT)


def forking(local_type: LocalType, *code: Instruction, capacity: int = 64) -> Bench:
    """A, in a fork with the number 7; B hears one message or two."""
    hears = (
        HEARS if local_type in (ONE, END, TWO) else part(HEARS_TWO, Receive(0, 1), Receive(0, 2))
    )
    bench = Bench(part(local_type, *FORK, *code), hears, capacity=capacity)
    assert bench.steps(0, 0) == "fork.ok.commit"
    return bench


def test_fork() -> None:
    """One more level is there, with the registers as they are."""
    bench = forking(END, Yield())
    assert bench.coroutine(0).levels == (LevelView(7, 1, BEFORE),)
    assert bench.coroutine(0).status == "ready"
    assert bench.last_event() == Forked(1, 0, 0, "A", 7)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ((Fork(9),), "fork.out-of-registers.operand"),
        ((Fork(0),), "fork.type-violation.ghost"),
        ((Set(1, Str("7")), Fork(1)), "fork.type-violation.ghost"),
        ((Set(1, Nat(0)), *(Fork(1),) * (LEVELS_MAX + 1)), "fork.speculation-fault.depth"),
        ((Join(),), "join.speculation-fault.none"),
        ((Abort(),), "abort.speculation-fault.none"),
        ((*FORK, Join(), Join()), "join.speculation-fault.none"),
        ((*FORK, Abort(), Abort()), "abort.speculation-fault.none"),
        ((*FORK, Halt()), "halt.speculation-fault.forbidden"),
        ((*FORK, Transfer(0, 1)), "transfer.speculation-fault.forbidden"),
        ((*FORK, Spawn(0, (), 1)), "spawn.speculation-fault.forbidden"),
        ((*FORK, Invoke("act", (), 1)), "invoke.speculation-fault.forbidden"),
    ],
)
def test_faults(code: tuple[Instruction, ...], row: str) -> None:
    """Each fault changes nothing but the status; the forks are gone with the coroutine."""
    bench = Bench(part(END, *code))
    assert bench.steps(*(0,) * len(code)) == row
    assert bench.coroutine(0).levels == ()
    assert bench.asked == []


def test_what_is_sent_is_staged() -> None:
    """It is not queued, brings no token and wakes nobody; the type goes on, the event is seen."""
    bench = Bench(part(ONE, *FORK, Send(0, 1), Join(), Halt()), HEARS)
    assert bench.stops(1) == "receive.receive-wait.empty"
    assert bench.steps(0, 0, 0) == "send.ok.commit"
    assert (bench.queue(), bench.side("B").tokens, bench.side("A").node) == ((), 0, 1)
    assert bench.model.enabled() == (0,)
    assert bench.last_event() == Sent(3, 0, 0, "A", "B", "hi", Nat(7))
    (level,) = bench.coroutine(0).levels
    assert level.kept == (KeptView(0, "A", 0),)
    assert level.staged == (ApartView(0, "A", "B", "hi", Nat(7)),)


def test_join_queues_in_order_and_wakes() -> None:
    """After the outermost join it is as if there had been no fork, but for the ticks."""
    bench = Bench(
        part(SAYS_TWO, *FORK, Send(0, 1), Set(1, Nat(8)), Send(0, 1), Join()),
        part(HEARS_TWO, Receive(0, 1)),
    )
    bench.step(1)
    assert bench.steps(0, 0, 0, 0, 0, 0) == "join.ok.commit"
    assert bench.queue() == (("x", Nat(7)), ("y", Nat(8)))
    assert bench.side("B").tokens == 2
    assert bench.model.enabled() == (0, 1)
    assert bench.coroutine(0).levels == ()
    assert bench.last_event() == Joined(6, 0, 0, "A", 2)


def test_abort_of_what_was_sent() -> None:
    """Registers and types are as they were; cost, clock, answers and events stay."""
    bench = Bench(
        part(ONE, *FORK, Set(2, Nat(1)), Send(0, HOST), Abort(), Send(0, HOST)),
        HEARS,
        answers=[Nat(5), Nat(6)],
    )
    assert bench.steps(0, 0, 0, 0, 0) == "abort.ok.commit"
    me = bench.coroutine(0)
    assert (me.registers, me.levels, me.pc, me.cost) == (BEFORE, (), 5, 5)
    assert (bench.side("A").node, bench.side("A").answers, bench.queue()) == (0, 1, ())
    assert bench.last_event() == Aborted(4, 0, 0, "A", 1)
    assert len(bench.model.events()) == 4
    assert bench.step(0) == "send.ok.commit"
    assert [asked.position.iteration for asked in bench.asked] == [0, 1]
    assert bench.queue() == (("hi", Nat(6)),)


def hearing(*code: Instruction, capacity: int) -> Bench:
    """A has sent as much as there is room for; B is in a fork with the number 7."""
    says = part(SAYS_TWO, Set(1, Nat(1)), Send(0, 1), Set(1, Nat(2)), Send(0, 1), Yield())
    bench = Bench(says, part(HEARS_TWO, *FORK, *code), capacity=capacity)
    bench.steps(0, 0, 0, 0, 1, 1)
    return bench


def test_what_is_received_keeps_its_place() -> None:
    """The token is spent, but the sender has no room before the join."""
    bench = hearing(Receive(0, 2), Yield(), Join(), capacity=1)
    assert bench.coroutine(0).block == Block("send-wait", 0, "A", "B")
    assert bench.steps(1, 1) == "yield.ok.commit"
    assert (bench.queue(), bench.side("B").tokens) == ((), 0)
    assert bench.model.enabled() == (1,)
    (level,) = bench.coroutine(1).levels
    assert level.taken == (ApartView(0, "A", "B", "x", Nat(1)),)
    assert bench.step(1) == "join.ok.commit"
    assert bench.model.enabled() == (1, 0)
    assert bench.step(0) == "send.ok.commit"


def test_abort_of_what_was_received() -> None:
    """Messages return to the head of their queue in order, with their tokens; nobody wakes."""
    bench = hearing(Receive(0, 1), Receive(0, 2), Abort(), Receive(0, 2), capacity=2)
    assert bench.steps(1, 1) == "receive.ok.commit"
    assert (bench.queue(), bench.side("B").tokens) == ((), 0)
    assert bench.step(1) == "abort.ok.commit"
    assert bench.queue() == (("x", Nat(1)), ("y", Nat(2)))
    assert (bench.side("B").tokens, bench.side("B").node) == (2, 0)
    assert bench.coroutine(1).registers == (Endpoint(0, "B"), Nat(7), UNIT)
    assert bench.step(1) == "receive.ok.commit"
    received = [event for event in bench.model.events() if isinstance(event, Received)]
    assert [event.label for event in received] == ["x", "y", "x"]


def test_places_of_staged_messages() -> None:
    """A queue of one message has no room for a second one that is staged."""
    bench = forking(SAYS_TWO, Send(0, 1), Send(0, 1), capacity=1)
    bench.step(0)
    assert bench.stops(0) == "send.send-wait.room"


def test_a_fork_in_a_fork_is_joined() -> None:
    """What it did is part of the one around, which goes back to its own beginning."""
    bench = forking(SAYS_TWO, Send(0, 1), Fork(1), Send(0, 1), Join(), Abort())
    assert bench.steps(0, 0, 0) == "send.ok.commit"
    outer, inner = bench.coroutine(0).levels
    assert (outer.kept, inner.kept) == ((KeptView(0, "A", 0),), (KeptView(0, "A", 1),))
    assert bench.step(0) == "join.ok.commit"
    (level,) = bench.coroutine(0).levels
    assert (level.kept, len(level.staged), level.since) == ((KeptView(0, "A", 0),), 2, 1)
    assert bench.step(0) == "abort.ok.commit"
    assert bench.side("A").node == 0


def test_a_fork_in_a_fork_is_aborted() -> None:
    """The one around is as it was when the inner one began."""
    bench = forking(SAYS_TWO, Send(0, 1), Fork(1), Set(1, Nat(9)), Send(0, 1), Abort(), Join())
    assert bench.steps(0, 0, 0, 0, 0) == "abort.ok.commit"
    assert (bench.side("A").node, bench.coroutine(0).registers) == (1, BEFORE)
    assert bench.step(0) == "join.ok.commit"
    assert bench.queue() == (("x", Nat(7)),)


def test_select_in_a_fork() -> None:
    """The choice is undone, the answer is used."""
    table = (("yes", 3), ("no", 3))
    bench = Bench(part(TWO, *FORK, Select(0, table), Abort()), answers=[Chosen("yes")])
    assert bench.steps(0, 0, 0, 0) == "abort.ok.commit"
    assert (bench.side("A").node, bench.side("A").answers) == (0, 1)


def test_pure_actions() -> None:
    """What is declared pure may be done in a fork; its answer goes with the registers."""
    config = Config(pure_actions=("peek",))
    bench = Bench(
        part(END, *FORK, Invoke("peek", (), 2), Abort(), Halt()), answers=[Nat(3)], config=config
    )
    assert bench.steps(0, 0, 0) == "invoke.ok.commit"
    assert bench.steps(0, 0) == "halt.ok.commit"
    assert len(bench.asked) == 1


def test_a_fault_in_a_fork() -> None:
    """It contains as usual; nothing of the fork is left."""
    bench = forking(ONE, Send(0, 1), Fork(9))
    assert bench.steps(0, 0) == "fork.out-of-registers.operand"
    assert (bench.coroutine(0).levels, bench.session().status) == ((), "faulted")


def test_a_session_fails_under_a_fork() -> None:
    """What the fork has of it is dropped; the fork itself goes on."""
    bench = Bench(
        part(SAYS_TWO, *FORK, Send(0, 1), Fork(1), Send(0, 1), Abort(), Join(), Yield()),
        part(HEARS_TWO, Yield(), Send(0, 0)),
    )
    bench.steps(0, 0, 0, 0, 0, 1)
    assert bench.step(1) == "send.type-violation.head"
    levels = bench.coroutine(0).levels
    assert [(one.kept, one.staged, one.taken) for one in levels] == [((), (), ())] * 2
    assert bench.steps(0, 0) == "join.ok.commit"
    assert bench.side("A").node == 2


def test_latest_queues() -> None:
    """A message that was taken does not come back where there is a newer one."""
    says = part(SAYS_TWO, Set(1, Nat(1)), Send(0, 1), Send(0, 1))
    hears = part(HEARS_TWO, *FORK, Receive(0, 2), Abort())
    bench = Bench(says, hears, config=Config(buffers=(("A", "B", Buffer("latest")),)))
    bench.steps(0, 0, 1, 1, 1, 0)
    assert (bench.queue(), bench.session().lossy) == ((("y", Nat(1)),), False)
    assert bench.step(1) == "abort.ok.commit"
    assert (bench.queue(), bench.session().lossy) == ((("y", Nat(1)),), True)
    assert bench.last_event() == Dropped(6, 0, 1, "A", "B", "x", "overwritten")
