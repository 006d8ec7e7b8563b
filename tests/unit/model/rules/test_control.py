"""``set``, ``move``, ``jump``, ``yield`` and ``halt`` on the model, every row."""

import pytest

from antiphon.bytecode.instruction import Halt, Jump, Move, Set, Yield
from antiphon.machine.event import Ended, Halted, Opened
from antiphon.machine.snapshot import Counters
from antiphon.values.value import UNIT, Endpoint, Nat, Prod, Str
from tests.unit.model.bench import HEARS, ONE, SENDS, Bench, Part, part


def test_set() -> None:
    """The register holds the constant, the others what they held."""
    value = Prod(Nat(2**63), Str("ü"))
    bench = Bench(part(ONE, Set(2, value)))
    assert bench.step(0) == "set.ok.commit"
    assert bench.coroutine(0).registers == (Endpoint(0, "A"), UNIT, value)
    assert bench.coroutine(0).pc == 1


def test_move() -> None:
    """Both registers hold the same value, an endpoint too."""
    bench = Bench(part(ONE, Move(2, 0)))
    assert bench.step(0) == "move.ok.commit"
    assert bench.coroutine(0).registers == (Endpoint(0, "A"), UNIT, Endpoint(0, "A"))
    assert bench.coroutine(0).pc == 1


def test_jump() -> None:
    """Pc is the target, and nothing else changes."""
    bench = Bench(part(ONE, Jump(5)))
    assert bench.step(0) == "jump.ok.commit"
    assert bench.coroutine(0).pc == 5
    assert list(bench.model.events()) == [Opened(0, 0, ("A", "B"))]


def test_yield() -> None:
    """The coroutine goes to the back of the ready queue."""
    bench = Bench(part(ONE, Yield()))
    assert bench.step(0) == "yield.ok.commit"
    assert bench.coroutine(0).pc == 1
    assert bench.model.enabled() == (1, 0)


def test_halt() -> None:
    """The endpoint is released, the coroutine is done and pc stays."""
    bench = Bench(Part(), HEARS)
    assert bench.step(0) == "halt.ok.commit"
    done = bench.coroutine(0)
    assert (done.status, done.pc, done.cost) == ("done", 0, 1)
    assert bench.side("A").owner is None
    assert bench.model.enabled() == (1,)
    assert bench.last_event() == Halted(0, 0, 0, "A")
    assert bench.model.snapshot().counters == Counters(0, 0, 1, 0)


def test_halt_ends_the_session() -> None:
    """With the last endpoint the session ends: it and its coroutines leave the state."""
    bench = Bench(SENDS, HEARS, answers=[Nat(1)])
    assert bench.steps(0, 0, 1, 1) == "halt.ok.commit"
    assert list(bench.model.events()[-2:]) == [Halted(3, 0, 1, "B"), Ended(3, 0, 1)]
    seen = bench.model.snapshot()
    assert (seen.sessions, seen.coroutines, seen.ready) == ((), (), ())
    assert seen.counters == Counters(1, 0, 2, 0)
    assert (seen.next_session, seen.next_coroutine, seen.last_pick) == (1, 2, 1)


def test_halt_with_messages_left() -> None:
    """A session that ends takes what nobody received with it."""
    bench = Bench(SENDS, Part(), answers=[Nat(1)])
    assert bench.steps(1, 0, 0) == "halt.ok.commit"
    assert bench.last_event() == Ended(2, 0, 0)


def test_halt_in_a_session_that_failed() -> None:
    """A role at its end may still halt; the failed session does not end."""
    bench = Bench(Part(), part(ONE, Halt()))
    bench.stops(1)
    assert bench.step(0) == "halt.ok.commit"
    assert bench.session().status == "faulted"
    assert bench.model.snapshot().counters == Counters(0, 1, 1, 1)


def test_faults_on_an_unfinished_endpoint() -> None:
    """Halting before the end of one's type is a fault, and fails the session."""
    bench = Bench(part(ONE, Halt()), HEARS)
    assert bench.stops(0) == "halt.type-violation.unfinished"
    assert bench.session().status == "faulted"


@pytest.mark.parametrize(
    ("row", "instruction"),
    [
        ("set.out-of-registers.operand", Set(3, UNIT)),
        ("set.out-of-registers.operand", Set(-1, UNIT)),
        ("move.out-of-registers.operand", Move(3, 0)),
        ("move.out-of-registers.operand", Move(0, -1)),
    ],
)
def test_faults_on_operands(row: str, instruction: Set | Move) -> None:
    """Every register must exist, and ``@host`` is none."""
    assert Bench(part(ONE, instruction)).stops(0) == row
