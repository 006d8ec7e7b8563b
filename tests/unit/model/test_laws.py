"""The laws: each holds of the states of a run, and a state made by hand breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import Choose, Halt, Jump
from antiphon.errors import Bug
from antiphon.model import laws
from antiphon.model.state import State
from antiphon.model.watch import Watch
from antiphon.parity.violations import HELD, SENT, STATES, WAITS, WANTED, with_side
from antiphon.theory.local_type import END
from tests.unit.model.bench import ONE, TWO_HEARD, Bench, part


def everything(state: State) -> None:
    """Look at all of a state."""
    Watch().everything(state, ())


@pytest.mark.parametrize("name", STATES)
def test_a_state_that_breaks_a_law(name: str) -> None:
    """The law is named, and the cell."""
    law, state = STATES[name]
    with pytest.raises(Bug, match=f"^law {law}: "):
        everything(state)


def test_each_law_has_a_violation() -> None:
    """No law is only a word; those of ``frame`` are in ``test_frame``."""
    assert {law for law, _ in STATES.values()} | {"frame"} == set(laws.LAWS)


@pytest.mark.parametrize("state", [WAITS, SENT, HELD, WANTED])
def test_states_of_runs_break_none(state: State) -> None:
    """They are what the others were made from."""
    everything(state)


def test_pc_may_be_where_code_leads() -> None:
    """Code that was not verified may lead anywhere; it faults there, no earlier."""
    bench = Bench(part(ONE, Jump(17)), part(TWO_HEARD, Choose(0, 1, (("yes", -4),))))
    bench.step(0)
    assert bench.coroutine(0).pc == 17


def test_the_one_who_halts_may_be_gone() -> None:
    """With its session, as when a session ends."""
    bench = Bench(part(END, Halt()), part(END, Halt()))
    bench.steps(0, 1)
    state = bench.model.state
    assert list(state.coroutines.items()) == []
    everything(state)


def test_what_is_lossy_or_failed_is_not_asked_to_absorb() -> None:
    """The next receive faults there, or nothing is in transit."""
    session = with_side(SENT, "B", type=END).sessions[0]
    assert laws.check_absorbs(SENT, session, "B", newest=False) == "endpoint B of session 0"
    assert laws.check_absorbs(SENT, replace(session, lossy=True), "B", newest=False) == ""
    assert laws.check_absorbs(SENT, replace(session, status="faulted"), "B", newest=False) == ""
