"""Guard layers of one who fails."""

from antiphon.bytecode.instruction import Acquire, Halt
from antiphon.machine.event import Released
from antiphon.model.release import give_back, waiting_for
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT
from tests.unit.model.bench import Bench, part

WANTS = part(END, Acquire("n", 1), Acquire("m", 2), Halt())


def test_who_waits_for_a_layer() -> None:
    """And for no other."""
    bench = Bench(WANTS, part(END, Acquire("m", 1), Halt()), answers=[UNIT, UNIT])
    bench.steps(0, 0, 1)
    assert waiting_for(bench.model.state, "m") == (1,)
    assert waiting_for(bench.model.state, "n") == ()


def test_what_was_held_is_free() -> None:
    """In order of the names; whoever waits for one of them is named; nobody else is touched."""
    bench = Bench(WANTS, part(END, Acquire("m", 1), Halt()), answers=[UNIT, UNIT])
    bench.steps(0, 0, 1)
    state = bench.model.state
    ending = give_back(state, state.coroutines[0], 9)
    assert ending.events == (Released(9, 0, 0, "A", "m"), Released(9, 0, 0, "A", "n"))
    assert ending.waiting == {1}
    assert ending.state.guards.grants == {}
    assert ending.state.coroutines is state.coroutines
    assert give_back(state, state.coroutines[1], 9).state is state
