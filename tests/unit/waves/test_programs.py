"""What runs where."""

from dataclasses import replace

from antiphon.bytecode.instruction import Halt, Open, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.choice import Pick
from antiphon.model.step import step
from antiphon.parity.claims.postures import answer
from antiphon.theory.local_type import END, Output
from tests.unit.waves.stage import TALK, sight_of, state_of


def test_instructions_and_states() -> None:
    """The instruction at pc, and a state of a type by its number."""
    state, programs = state_of(TALK)
    view = sight_of(state, programs).coroutine(0)
    assert view is not None
    assert isinstance(programs.instruction(view), Send)
    assert isinstance(programs.instruction(replace(view, pc=1)), Halt)
    for pc in (-1, 2):
        assert programs.instruction(replace(view, pc=pc)) is None
    assert isinstance(programs.state(0, "A", 0), Output)
    assert programs.state(0, "A", 1) is END


def test_opened() -> None:
    """The types of a session that was opened on the way are those that its opener named."""
    entries = (("X", TALK.programs[0].local_type, 1),)
    image = Image("p", (RoleProgram("A", END, (Open("q", entries), Halt()), 3),))
    state, programs = state_of(image)
    state = step(state, Pick(0), answer).state
    view = sight_of(state, programs).coroutine(0)
    assert view is not None
    programs.opened(1, view)
    assert isinstance(programs.state(1, "X", 0), Output)
