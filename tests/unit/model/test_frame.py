"""What a step may change: the stepper's, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.errors import Bug
from antiphon.model import frame
from antiphon.model.state import EndpointState, Message, State
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Endpoint, Nat
from tests.unit.model.states import (
    SENT,
    WAITS,
    with_coroutine,
    with_session,
    with_side,
    without,
)


def step(before: State, after: State, actor: int | None = 0) -> None:
    """Look at a step."""
    coroutines = before.coroutines.differing(after.coroutines)
    sessions = before.sessions.differing(after.sessions)
    frame.check_frame(before, after, actor, coroutines, sessions)
    frame.check_queue(before, after, actor, coroutines)


def ran(state: State) -> State:
    """The state after coroutine 0 went on by one instruction."""
    stay = tuple(number for number in state.ready if number)
    return with_coroutine(replace(state, ready=(*stay, 0)), 0, pc=1)


def touched(state: State) -> State:
    """The state with the stepper's endpoint of session 0 changed as well."""
    return with_side(state, "A", answers=9)


def woken(state: State, **changes: object) -> State:
    """That, and coroutine 1 was woken."""
    changed = with_coroutine(ran(state), 1, status="ready", block=None, **changes)
    return replace(changed, ready=(0, 1))


def at_home(state: State, *members: int) -> State:
    """The state in which those are at home in session 0."""
    return with_session(state, lambda session: replace(session, members=members))


def renamed(state: State, number: int) -> State:
    """The state with a coroutine more, and one id more given."""
    me = replace(state.coroutines[1], id=number, status="ready", block=None)
    put = state.coroutines.put(number, me)
    return replace(state, coroutines=put, next_coroutine=4, ready=(*state.ready, number))


def later(state: State, number: int) -> State:
    """The state with another session, and one id more given."""
    copied = replace(state.sessions[0], id=number)
    return replace(state, sessions=state.sessions.put(number, copied), next_session=3)


GIVEN = replace(WAITS, next_coroutine=4, next_session=3)
BOTH = (Endpoint(0, "A"), Endpoint(0, "B"))
FOREIGN = {**SENT.sessions[0].queues, ("B", "C"): (Message("hi", Nat(1)),)}
STEPS: dict[str, tuple[str, State, State]] = {
    "another's register": ("frame", SENT, with_coroutine(ran(SENT), 1, registers=(UNIT,) * 3)),
    "another's register, woken": ("frame", WAITS, woken(WAITS, registers=(UNIT,) * 3)),
    "another is gone": ("frame", WAITS, without(ran(WAITS), 1)),
    "another is ready though it was not": (
        "frame",
        WAITS,
        with_coroutine(ran(WAITS), 1, status="done"),
    ),
    "another owns less": ("frame", SENT, with_coroutine(ran(SENT), 1, owned=())),
    "a session is failed with its messages": (
        "frame",
        SENT,
        with_session(ran(SENT), lambda session: replace(session, status="faulted")),
    ),
    "another owns more": ("frame", SENT, with_coroutine(ran(SENT), 1, owned=BOTH)),
    "others at home": (
        "frame",
        SENT,
        with_session(ran(SENT), lambda one: replace(one, members=(0,))),
    ),
    "another's endpoint": ("frame", SENT, with_side(touched(ran(SENT)), "B", type=END)),
    "a queue between others": (
        "frame",
        SENT,
        with_session(touched(ran(SENT)), lambda one: replace(one, queues=FOREIGN)),
    ),
    "ids go down": ("ids", SENT, replace(ran(SENT), next_session=0)),
    "a coroutine's id given again": ("ids", GIVEN, renamed(ran(GIVEN), 2)),
    "a session's id given again": ("ids", GIVEN, later(ran(GIVEN), 1)),
    "another's place in the queue": ("partition", SENT, replace(ran(SENT), ready=(0, 1))),
    "a newcomer twice": ("partition", WAITS, replace(woken(WAITS), ready=(0, 1, 1))),
    "a newcomer who is not ready": ("partition", WAITS, replace(ran(WAITS), ready=(0, 1))),
    "woken and not in the queue": ("partition", WAITS, replace(woken(WAITS), ready=(0,))),
    "gone, and in the queue": ("partition", WAITS, without(ran(WAITS), 0)),
}


def test_steps_that_are_fine() -> None:
    """Going on, and waking another."""
    before = SENT
    step(before, ran(before))
    before = WAITS
    step(before, ran(before))
    step(before, woken(before))
    step(before, renamed(ran(before), 3))
    step(before, later(ran(before), 2))
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
