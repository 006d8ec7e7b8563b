"""What a step may change: the stepper's, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.errors import Bug
from antiphon.model import frame
from antiphon.model.guards import Grant
from antiphon.model.level import Kept
from antiphon.model.state import EndpointState, State
from antiphon.parity.violations import (
    BOTH,
    FORK,
    HELD,
    SENT,
    STAYS,
    STEPS,
    TAKES,
    WAITS,
    WAITS_HOST,
    at_home,
    later,
    ran,
    renamed,
    with_coroutine,
    with_layers,
    with_side,
    woken,
)
from antiphon.theory.local_type import END


def test_forks_lose_what_they_had_of_sessions_that_are_gone() -> None:
    """And nothing else."""
    kept, gone = Kept(0, "B", END, ()), Kept(7, "X", END, ())
    before = with_coroutine(SENT, 1, levels=(replace(FORK, kept=(kept, gone)),))
    step(before, with_coroutine(ran(before), 1, levels=(replace(FORK, kept=(kept,)),)))
    with pytest.raises(Bug, match=r"^law frame: coroutine 1"):
        step(before, with_coroutine(ran(before), 1, levels=(FORK,)))


def step(before: State, after: State, actor: int | None = 0) -> None:
    """Look at a step."""
    coroutines = before.coroutines.differing(after.coroutines)
    sessions = before.sessions.differing(after.sessions)
    frame.check_frame(before, after, actor, coroutines, sessions)
    frame.check_queue(before, after, actor, coroutines)


def test_steps_that_are_fine() -> None:
    """Going on, and waking another."""
    before = SENT
    step(before, ran(before))
    before = WAITS
    step(before, ran(before))
    step(before, woken(before))
    step(before, renamed(ran(before), 3))
    step(before, later(ran(before), 2))
    step(TAKES, with_layers(ran(TAKES), m=Grant(0, 0)))
    step(HELD, with_layers(ran(HELD)))
    faulted = with_coroutine(replace(STAYS, ready=(1,)), 0, status="faulted", cost=7)
    step(STAYS, with_layers(faulted))
    step(before, with_coroutine(replace(before, ready=()), 0, status="blocked", block=WAITS_HOST))
    given = with_coroutine(with_coroutine(ran(SENT), 0, owned=()), 1, owned=BOTH)
    step(SENT, with_side(given, "A", owner=1))
    step(WAITS, at_home(renamed(ran(WAITS), 2), 0, 1, 2))


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_breaks_a_law(name: str) -> None:
    """The law is named."""
    law, before, after = STEPS[name]
    with pytest.raises(Bug, match=f"^law {law}: "):
        step(before, after)


def test_a_session_in_which_the_stepper_has_no_part() -> None:
    """It stays the same object."""
    before = later(SENT, 2)
    other = replace(before.sessions[2], endpoints={"A": EndpointState(END, 1)})
    before = replace(before, sessions=before.sessions.put(2, other))
    after = replace(before, sessions=before.sessions.put(2, replace(other, lossy=True)))
    with pytest.raises(Bug, match="law frame: session 2"):
        step(before, replace(ran(after)))


def test_a_layer_from_no_step() -> None:
    """Neither a load nor a wake changes who holds what."""
    with pytest.raises(Bug, match="law frame: layer m: the stepper did not acquire it"):
        step(TAKES, with_layers(TAKES, m=Grant(0, 0)), None)
    with pytest.raises(Bug, match="law frame: layer m: its holder did not give it back"):
        step(HELD, with_layers(HELD), None)
    nowhere = with_coroutine(TAKES, 0, pc=-1)
    with pytest.raises(Bug, match="law frame: layer m: the stepper did not acquire it"):
        step(nowhere, with_layers(ran(nowhere), m=Grant(0, 0)))
