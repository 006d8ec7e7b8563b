"""``transfer`` and ``spawn`` on the model: every row, with what changes hands."""

import pytest

from antiphon.bytecode.instruction import Halt, Invoke, Send, Set, Spawn, Transfer, Yield
from antiphon.machine.ask import Position
from antiphon.machine.config import Config
from antiphon.machine.event import Ended, Halted, SessionFaulted, Spawned, Transferred
from antiphon.machine.snapshot import EndpointView
from antiphon.values.value import UNIT, Endpoint, Nat, Str, Value
from tests.unit.model.bench import HEARS, ONE, Bench, Part, part

MINE = Endpoint(0, "A")
PARENT = part(ONE, Spawn(2, (0,), 1), Halt(), Send(0, 1), Halt())


def giving(number: Value, chan: int = 0) -> Part:
    """A part that gives the endpoint in ``chan`` to a coroutine."""
    return part(ONE, Set(2, number), Transfer(chan, 2), Yield())


def test_transfer() -> None:
    """The target owns the endpoint, no register changes; who gave it may not use it."""
    bench = Bench(part(ONE, Set(2, Nat(1)), Transfer(0, 2), Send(0, 2)))
    assert bench.steps(0, 0) == "transfer.ok.commit"
    assert bench.side("A") == EndpointView("A", 0, 1, 0, 0)
    assert (bench.coroutine(0).pc, bench.coroutine(1).registers[0]) == (2, Endpoint(0, "B"))
    assert bench.last_event() == Transferred(1, 0, 0, "A", 1)
    assert bench.stops(0) == "send.channel-closed.owner"
    assert bench.session().status == "active"


def test_transfer_to_itself() -> None:
    """It is the identity, and an event."""
    bench = Bench(giving(Nat(0)))
    assert bench.steps(0, 0) == "transfer.ok.commit"
    assert bench.side("A").owner == 0
    assert bench.last_event() == Transferred(1, 0, 0, "A", 0)


@pytest.mark.parametrize("number", [Nat(2), Nat(2**70)])
def test_transfer_to_nobody(number: Nat) -> None:
    """There is no such coroutine: the endpoint stays, and its session fails with its owner."""
    bench = Bench(giving(number))
    bench.step(0)
    assert bench.stops(0) == "transfer.transfer-fault.target"
    assert bench.side("A").owner == 0
    assert bench.last_event() == SessionFaulted(1, 0, 0)


def test_transfer_to_one_that_is_done() -> None:
    """Who has ended owns nothing any more."""
    bench = Bench(giving(Nat(1)))
    bench.steps(1, 0)
    assert bench.coroutine(1).status == "done"
    assert bench.stops(0) == "transfer.transfer-fault.target"


def test_transfer_of_what_is_no_endpoint() -> None:
    """The guards for the operands, in the order of the table."""
    bench = Bench(part(ONE, Transfer(9, 1)))
    assert bench.stops(0) == "transfer.out-of-registers.operand"
    bench = Bench(part(ONE, Transfer(1, 1)))
    assert bench.stops(0) == "transfer.type-violation.endpoint"
    bench = Bench(part(ONE, Set(1, Endpoint(7, "A")), Transfer(1, 2)))
    bench.step(0)
    assert bench.stops(0) == "transfer.channel-closed.session"
    bench = Bench(part(ONE, Set(1, Endpoint(0, "B")), Transfer(1, 2)))
    bench.step(0)
    assert bench.stops(0) == "transfer.transfer-fault.owner"
    bench = Bench(giving(Str("B")))
    bench.step(0)
    assert bench.stops(0) == "transfer.type-violation.number"


def test_spawn() -> None:
    """The child has the arguments in its first registers and owns the endpoint among them."""
    bench = Bench(PARENT, HEARS)
    assert bench.step(0) == "spawn.ok.commit"
    child = bench.coroutine(2)
    assert (child.session, child.role, child.pc, child.line) == (0, "A", 2, (0,))
    assert child.registers == (MINE, UNIT, UNIT)
    parent = bench.coroutine(0)
    assert (parent.registers[1], parent.pc, parent.children) == (Nat(2), 1, 1)
    assert bench.side("A").owner == 2
    assert bench.model.enabled() == (1, 0, 2)
    assert bench.last_event() == Spawned(0, 0, 0, "A", 2)


def test_a_child_goes_on_with_the_endpoint() -> None:
    """It speaks for the role; the session ends without its parent, which has ended before."""
    bench = Bench(part(ONE, Spawn(2, (0, 2), 1), Halt(), Set(1, Nat(5)), Send(0, 1), Halt()), HEARS)
    assert bench.steps(0, 0) == "halt.ok.commit"
    assert bench.steps(2, 2, 2, 1, 1) == "halt.ok.commit"
    snapshot = bench.model.snapshot()
    assert bench.last_event() == Ended(6, 0, 1)
    assert (snapshot.sessions, snapshot.coroutines) == ((), ())
    assert snapshot.counters.coroutines_done == 3


def test_a_child_outlives_its_session() -> None:
    """Its session ends; it goes on, and leaves when it is done."""
    bench = Bench(part(ONE, Spawn(3, (), 1), Set(1, Nat(5)), Yield(), Yield(), Halt()))
    bench = Bench(Part(code=(Spawn(2, (), 1), Halt(), Yield(), Halt())))
    bench.steps(0, 0, 1)
    snapshot = bench.model.snapshot()
    assert snapshot.sessions == ()
    assert [one.id for one in snapshot.coroutines] == [2]
    assert bench.steps(2, 2) == "halt.ok.commit"
    assert bench.last_event() == Halted(4, 0, 2, "A")
    assert bench.model.snapshot().coroutines == ()


def test_a_child_asks_as_itself() -> None:
    """Its position tells it from its parent and from every other child."""
    code = (Spawn(3, (), 1), Invoke("a", (), 1), Halt(), Invoke("b", (), 1), Invoke("c", (), 1))
    bench = Bench(Part(code=code), answers=[UNIT, UNIT, UNIT])
    bench.steps(0, 0, 2, 2)
    assert [ask.position for ask in bench.asked] == [
        Position(0, "A", 0, 0),
        Position(0, "A", 0, 0, (0,)),
        Position(0, "A", 0, 1, (0,)),
    ]
    assert bench.coroutine(2).answers == 2


def test_spawn_gives_only_what_is_owned() -> None:
    """An endpoint of another, or one given twice, is not given; what has ended is a plain value."""
    for args in ((1,), (0, 1), (0, 0)):
        bench = Bench(part(ONE, Set(1, Endpoint(0, "B")), Spawn(0, args, 2)))
        bench.step(0)
        assert bench.stops(0) == "spawn.transfer-fault.owner"
        assert len(bench.model.snapshot().coroutines) == 2
    bench = Bench(part(ONE, Set(1, Endpoint(9, "B")), Spawn(0, (1, 1), 2)))
    assert bench.steps(0, 0) == "spawn.ok.commit"
    assert bench.coroutine(2).registers == (Endpoint(9, "B"), Endpoint(9, "B"), UNIT)


@pytest.mark.parametrize("args", [(9,), (1, 1, 1, 1)])
def test_spawn_with_registers_that_do_not_exist(args: tuple[int, ...]) -> None:
    """Neither this coroutine nor the child may lack one."""
    bench = Bench(part(ONE, Spawn(0, args, 2)))
    assert bench.stops(0) == "spawn.out-of-registers.operand"


def test_spawn_up_to_the_limit() -> None:
    """Those that are done do not count."""
    code = (Spawn(3, (), 1), Spawn(3, (), 1), Halt(), Halt())
    bench = Bench(Part(code=code), config=Config(max_coroutines=3))
    assert bench.step(0) == "spawn.ok.commit"
    assert bench.stops(0) == "spawn.coroutine-limit.limit"
    bench = Bench(Part(code=code), config=Config(max_coroutines=3))
    assert bench.steps(0, 2, 0) == "spawn.ok.commit"


def test_a_fault_takes_all_sessions_of_its_endpoints() -> None:
    """Who owns endpoints of two sessions takes both with it, the first one first."""
    bench = Bench(part(ONE, Set(2, Nat(3)), Transfer(0, 2), Halt()))
    second = bench.model.load(next(iter(bench.model.state.sessions.items()))[1].image)
    assert second == 1
    bench.steps(0, 0)
    bench.steps(3)
    assert bench.coroutine(3).status == "faulted"
    faults = [e for e in bench.model.events() if isinstance(e, SessionFaulted)]
    assert faults == [SessionFaulted(2, 0, 3), SessionFaulted(2, 1, 3)]
