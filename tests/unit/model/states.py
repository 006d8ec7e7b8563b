"""States of a bench, and the same with something changed by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from antiphon.model.state import Session, State
from antiphon.values.value import Nat
from tests.unit.model.bench import HEARS, SENDS, Bench


def state_after(coroutine: int) -> State:
    """Where a step of A (coroutine 0) or of B (coroutine 1) leads."""
    bench = Bench(SENDS, HEARS, answers=(Nat(1),))
    bench.step(coroutine)
    return bench.model.state


WAITS = state_after(1)
"""B waits for A's message; A is ready."""
SENT = state_after(0)
"""A message is in transit to B, who is ready, and so is A."""


def with_coroutine(state: State, number: int, **changes: object) -> State:
    """The state with fields of a coroutine changed."""
    me = replace(state.coroutines[number], **changes)  # pyright: ignore[reportArgumentType]
    return replace(state, coroutines=state.coroutines.put(number, me))


def with_session(state: State, change: Callable[[Session], Session]) -> State:
    """The state with session 0 changed."""
    return replace(state, sessions=state.sessions.put(0, change(state.sessions[0])))


def with_side(state: State, role: str, **changes: object) -> State:
    """The state with fields of an endpoint changed."""

    def change(session: Session) -> Session:
        side = replace(session.endpoints[role], **changes)  # pyright: ignore[reportArgumentType]
        return session.with_endpoint(role, side)

    return with_session(state, change)


def without(state: State, number: int) -> State:
    """The state without a coroutine."""
    return replace(state, coroutines=state.coroutines.drop(number))
