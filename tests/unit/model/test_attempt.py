"""What a rule may ask of its attempt: guards that stop, and whom to wake."""

import pytest

from antiphon.bytecode.instruction import HOST
from antiphon.model.attempt import Attempt, Stop
from antiphon.values.value import UNIT
from tests.unit.model.bench import HEARS, SENDS, Bench


def attempt(bench: Bench, coroutine: int = 0) -> Attempt:
    """An attempt of a coroutine in the state of a bench."""
    state = bench.model.state
    return Attempt(state, state.coroutines[coroutine], state.clock, lambda _: UNIT)


@pytest.mark.parametrize("registers", [(3,), (0, -1), (0, 1, 2, 3)])
def test_operands_must_exist(registers: tuple[int, ...]) -> None:
    """One register that does not exist is enough."""
    with pytest.raises(Stop) as stop:
        attempt(Bench(SENDS)).operands(*registers)
    assert (stop.value.kind, stop.value.clause) == ("fault", "operand")


def test_only_a_source_may_be_the_host() -> None:
    """``@host`` is a source and no register; -2 is neither."""
    at = attempt(Bench(SENDS))
    at.operands(0, 2, source=HOST)
    at.operands(source=2)
    with pytest.raises(Stop):
        at.operands(0, source=-2)


def test_a_guard_that_holds() -> None:
    """Only a guard that fails stops."""
    at = attempt(Bench(SENDS))
    at.require(True, "type-violation", "head")
    with pytest.raises(Stop) as stop:
        at.require(False, "type-violation", "head")
    assert (stop.value.code, stop.value.clause) == ("type-violation", "head")


def test_channel() -> None:
    """One's own endpoint: the session, the role, its side."""
    channel = attempt(Bench(SENDS), 1).channel(0)
    assert (channel.session.id, channel.role, channel.side.owner) == (0, "B", 1)


def test_waiter() -> None:
    """Only the owner that waits on exactly this edge for exactly this reason is woken."""
    bench = Bench(SENDS, HEARS)
    bench.stops(1)
    at = attempt(bench)
    session = bench.model.state.sessions[0]
    edge = ("A", "B")
    assert at.waiter(session, "B", "receive-wait", edge) == (1,)
    assert at.waiter(session, "B", "send-wait", edge) == ()
    assert at.waiter(session, "B", "receive-wait", ("C", "B")) == ()
    assert at.waiter(session, "A", "receive-wait", edge) == ()
    assert at.waiter(session, "Z", "receive-wait", edge) == ()
