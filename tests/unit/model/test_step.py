"""One step of the model: what every dispatch does, and what is no step."""

import pytest

from antiphon.bytecode.instruction import Halt, Jump, Yield
from antiphon.bytecode.table import ROWS
from antiphon.machine.ask import Pending
from antiphon.machine.choice import Advance, Choice, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.event import Faulted, SessionFaulted
from antiphon.machine.failure import Pause
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block
from antiphon.model.setting import setting
from antiphon.model.state import State
from antiphon.model.step import RULES, Step, step
from antiphon.values.value import UNIT
from tests.unit.model.bench import HEARS, ONE, SENDS, Bench, part


def test_every_dispatch_counts() -> None:
    """Waits and faults cost a tick as well, and become the last pick (S10)."""
    bench = Bench(part(ONE, Halt()), HEARS)
    bench.steps(1, 0)
    seen = bench.model.snapshot()
    assert (seen.clock, seen.last_pick) == (2, 0)
    assert [bench.coroutine(number).cost for number in (0, 1)] == [1, 1]


@pytest.mark.parametrize("target", [-1, 1, 10**6])
def test_faults_where_there_is_no_instruction(target: int) -> None:
    """Before the first and after the last instruction there is none."""
    bench = Bench(part(ONE, Jump(target)))
    assert bench.steps(0) == "jump.ok.commit"
    assert bench.stops(0) == "fetch.pc-out-of-range.address"
    assert bench.coroutine(0).pc == target
    fault = Fault("fetch", "pc-out-of-range", "address")
    assert list(bench.model.events()[-2:]) == [
        Faulted(1, 0, 0, "A", fault),
        SessionFaulted(1, 0, 0),
    ]


def test_faults_without_code() -> None:
    """An empty program has no first instruction."""
    assert Bench(part(ONE)).stops(0) == "fetch.pc-out-of-range.address"


@pytest.mark.parametrize("choice", [Pick(1), Pick(2), Pick(-1), Wake(0), Wake(1), Wake(7)])
def test_what_is_no_step(choice: Choice) -> None:
    """Picking who is not ready, and waking who does not wait for the host, change nothing."""
    bench = Bench(part(ONE, Yield()), HEARS)
    bench.stops(1)
    before = bench.model.state
    assert bench.model.step(choice) is None
    assert bench.model.state is before


def test_wake_is_no_step() -> None:
    """A wake puts the coroutine at the back of the ready queue, and the clock stays."""
    bench = Bench(SENDS, HEARS, answers=[Pending()])
    bench.stops(0)
    before = bench.model.snapshot()
    bench.wake(0)
    after = bench.model.snapshot()
    assert (after.clock, after.last_pick) == (before.clock, before.last_pick)
    assert after.ready == (1, 0)
    assert bench.coroutine(0).block is None


def test_wake_outlives_the_session() -> None:
    """Containment leaves those who wait for the host alone; a wake lets them fault."""
    bench = Bench(SENDS, part(ONE, Halt()), answers=[Pending()])
    bench.stops(0)
    bench.stops(1)
    assert bench.model.enabled() == ()
    bench.wake(0)
    assert bench.stops(0) == "send.channel-closed.session"


def test_every_instruction_has_a_rule() -> None:
    """The rules cover the instructions of the table, each once."""
    assert len(set(RULES.values())) == len(RULES) == len({row.instruction for row in ROWS}) - 1


def test_step_is_pure() -> None:
    """The state before stays as it was."""
    bench = Bench(part(ONE, Yield()))
    state = bench.model.state
    first = step(state, Pick(0), lambda _: UNIT)
    again = step(state, Pick(0), lambda _: UNIT)
    assert first.state.clock == again.state.clock == state.clock + 1 == 1


def test_no_step_in_an_empty_state() -> None:
    """A machine with nothing loaded has nobody to pick."""
    empty = State(setting(Config(1)))
    assert step(empty, Pick(0), lambda _: UNIT) == Step(empty)


def test_who_has_no_step_left_pays_nothing() -> None:
    """But the tick is taken."""
    bench = Bench(part(ONE, Yield(), Yield()), config=Config(budget=1))
    assert bench.steps(0, 0) == "fetch.out-of-credits.budget"
    assert bench.coroutine(0).cost == 1
    assert bench.model.snapshot().clock == 2


def test_a_pause() -> None:
    """Time passes until it is over, and then the step is made."""
    bench = Bench(SENDS, answers=[UNIT], config=Config(failures=(Pause(0, "A", 0, 3),)))
    assert bench.steps(1, 0) == "fetch.pause-wait.paused"
    assert bench.coroutine(0).block == Block("pause-wait", 0, until=4)
    assert bench.model.snapshot().deadline == 4
    assert bench.model.step(Advance(3)) is None
    assert bench.model.enabled() == ()
    assert bench.model.step(Advance(4)) is None
    assert bench.model.enabled() == (0,)
    assert bench.model.snapshot().clock == 4
