"""Loading: what a session looks like before anything happened."""

import pytest

from antiphon.bytecode.instruction import Halt
from antiphon.machine.config import Config
from antiphon.machine.event import Opened
from antiphon.model.load import load
from antiphon.model.setting import setting
from antiphon.model.state import State
from antiphon.theory.local_type import END, output, rec, var
from antiphon.values.sort import UNIT
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Endpoint
from tests.unit.model.bench import HEARS, SENDS, image, part


def test_load() -> None:
    """One coroutine per role, in order, each owns its endpoint and is ready."""
    state, events = load(State(setting(Config(4)), clock=9), image(SENDS, HEARS))
    state, more = load(state, image(SENDS, HEARS))
    assert events == (Opened(9, 0, ("A", "B")),)
    assert more == (Opened(9, 1, ("A", "B")),)
    assert state.ready == (0, 1, 2, 3)
    assert (state.next_session, state.next_coroutine, state.clock) == (2, 4, 9)
    me = state.coroutines[3]
    assert (me.session, me.program.role, me.pc, me.status) == (1, "B", 0, "ready")
    assert me.registers == (Endpoint(1, "B"), NOTHING, NOTHING)
    assert state.sessions[1].members == (2, 3)
    assert state.sessions[1].endpoints["B"].owner == 3
    assert state.sessions[1].queues == {}


@pytest.mark.parametrize(
    ("count", "registers"), [(0, ()), (1, (Endpoint(0, "A"),)), (2, (Endpoint(0, "A"), NOTHING))]
)
def test_registers(count: int, registers: tuple[object, ...]) -> None:
    """The endpoint is in register 0, if there is one, and Unit in all others."""
    state, _ = load(State(setting(Config(1))), image(part(END, Halt(), registers=count), HEARS))
    assert state.coroutines[0].registers == registers


def test_type_is_unfolded() -> None:
    """The state of an endpoint is a head, never a recursion."""
    loop = rec("X", output("B", (("go", UNIT, var("X")),)))
    state, _ = load(State(setting(Config(1))), image(part(loop, Halt()), HEARS))
    assert state.sessions[0].endpoints["A"].type is output("B", (("go", UNIT, loop),))
