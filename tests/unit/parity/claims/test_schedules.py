"""Every schedule of a program."""

from antiphon.bytecode.instruction import Halt, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.compiler.compile import compile_protocol
from antiphon.machine.config import Config
from antiphon.model.snapshot import snapshot
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.schedules import loaded, picked, schedules, stripped
from antiphon.theory.local_type import END
from tests.unit.parity.claims.test_explore import CHOICE, LOOP, PAIR, STUCK


def test_counts() -> None:
    """Two coroutines of two steps each: each of nine places, two ways through each."""
    code = (Yield(), Halt())
    image = Image("p", tuple(RoleProgram(role, END, code, 1) for role in "AB"))
    explored = schedules((image,), Config(), HEALTHY)
    assert (explored.states, explored.steps, explored.outcomes) == (9, 12, ("Done",))


def test_answers() -> None:
    """A choice is gone through with each answer."""
    state = loaded((compile_protocol("p", CHOICE),), Config(), HEALTHY)
    assert len([*picked(state, 0, HEALTHY)]) == 2
    assert len([*picked(state, 1, HEALTHY)]) == 1


def test_loops_come_back() -> None:
    """What only grows does not make a state another."""
    image = compile_protocol("p", LOOP)
    assert schedules((image,), Config(1), HEALTHY).states < 50
    state = loaded((image,), Config(1), HEALTHY)
    assert stripped(snapshot(state)) == stripped(snapshot(state))


def test_outcomes_and_stops() -> None:
    """A deadlock is an outcome; what is wrong stops it."""
    image = compile_protocol("p", STUCK)
    assert schedules((image,), Config(), HEALTHY).outcomes == ("Deadlock",)
    assert schedules((image,), Config(), HEALTHY, still=lambda _: "no").wrong == "no"
    image = compile_protocol("p", PAIR)
    stopped = schedules((image,), Config(), HEALTHY, lambda moment: moment.row.id)
    assert (stopped.steps, stopped.wrong) == (1, "send.ok.commit: send.ok.commit")
