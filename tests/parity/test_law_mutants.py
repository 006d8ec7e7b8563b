"""Seeded faults of the laws: one that does not see what it should is noticed.

A law that is too strict stops the healthy model, which every test sees. One that is too lax is
caught by a state made by hand that it lets pass.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType

import pytest

from antiphon.errors import Bug
from antiphon.model.state import State
from antiphon.parity.mutants_load import load_patched, source_of
from tests.unit.model.test_frame import STEPS
from tests.unit.model.test_laws import VIOLATIONS

LAWS, FRAME, ABSORB = "model/laws.py", "model/frame.py", "model/absorb.py"

LAX = {
    "owner-may-be-done": (LAWS, ' or owner.status == "done":', ":"),
    "owner-need-not-know": (LAWS, "if not any(one.role", "if False and any(one.role"),
    "owned-by-others": (LAWS, ".owner != me.id:", ".owner is None:"),
    "released-anywhere": (LAWS, "if side.type is not END and", "if side.type is None and"),
    "tokens-at-most": (LAWS, "side.tokens != queued", "side.tokens > queued"),
    "tokens-at-least": (LAWS, "side.tokens != queued", "side.tokens < queued"),
    "ids-of-coroutines": (LAWS, "me.id < state.next_coroutine", "me.id"),
    "ids-of-sessions": (LAWS, "session.id < state.next_session", "session.id"),
    "pc-too-far": (LAWS, "<= len(me.program.code) and", "and"),
    "any-reason": (LAWS, "(name, reason.code) not in _WAITS", "not _WAITS"),
    "message-that-came": (LAWS, "and bool(session.queue(*edge))", "and reason.code == SEND_WAIT"),
    "room-that-came": (LAWS, "waits or len(session.queue(*edge)) < room", "waits"),
    "ready-in-any-number": (LAWS, "sorted(state.ready) != ready", "set(state.ready) != {*ready}"),
    "absorb-never": (ABSORB, "        if answer is False:\n            return None\n", ""),
    "others-may-change": (
        FRAME,
        "if kept != was or",
        "if",
    ),
    "others-may-go": (FRAME, 'if was.status != "done":', "if was.fault:"),
    "others-endpoints": (FRAME, "and role not in own and", "and role in own and"),
    "others-queues": (FRAME, "and own.isdisjoint(edge)", "and not own"),
    "ids-again": (FRAME, "if number < before.next_session:", "if number < 0:"),
    "places-may-change": (FRAME, "if kept != stay:", "if len(kept) != len(stay):"),
    "ready-twice": (FRAME, "if len(set(come)) < len(come):", "if None in come:"),
    "steals": (FRAME, " or not lost <= {*now.owned}:", ":"),
    "flights": (LAWS, "count != side.in_flight", "count < side.in_flight"),
    "on-its-way-and-owned": (LAWS, "    if side.in_flight:\n", "    if side is None:\n"),
    "deadlines": (LAWS, "if state.deadlines != tuple(waits):", "if state.deadlines is None:"),
    "tick-that-came": (LAWS, "reason.until <= state.clock", "reason.until < state.clock"),
    "home-for-all": (FRAME, "if kept != was.members:", "if not kept:"),
    "gifts-from-nowhere": (FRAME, "if not {*now.owned} - {*was.owned} <= given or", "if"),
}


def complaints(patches: dict[str, str]) -> dict[str, str]:
    """What the patched laws say of the states and steps made by hand."""
    watch = load_patched("antiphon.model", "antiphon.model.watch", patches)
    frame = load_patched("antiphon.model", "antiphon.model.frame", patches)
    said = {
        name: complaint(partial(watch.Watch().everything, state, ()))
        for name, (_, state) in VIOLATIONS.items()
    }
    for name, (_, before, after) in STEPS.items():
        coroutines = before.coroutines.differing(after.coroutines)
        sessions = before.sessions.differing(after.sessions)
        said[name] = complaint(partial(look, frame, before, after, coroutines, sessions))
    return said


def look(frame: ModuleType, before: State, after: State, *changed: list[int]) -> None:
    """Look at a step of coroutine 0."""
    frame.check_frame(before, after, 0, *changed)
    frame.check_queue(before, after, 0, changed[0])


def complaint(check: Callable[[], object]) -> str:
    """What is said to be wrong."""
    try:
        check()
    except Bug as bug:
        return str(bug)
    return ""


HEALTHY = complaints({})


@pytest.mark.parametrize("name", LAX)
def test_is_noticed(name: str) -> None:
    """A lax law says nothing of a state that it should name, or leaves it to another law."""
    file, old, new = LAX[name]
    text = source_of(file)
    assert text.count(old) == 1
    assert complaints({file: text.replace(old, new)}) != HEALTHY


def test_the_laws_as_they_are() -> None:
    """They let nothing pass."""
    assert all(HEALTHY.values())
