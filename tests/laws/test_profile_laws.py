"""The laws of the determinism profiles, on courses of any kind and on runs."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from antiphon.machine.ask import Answer, Pending, Position
from antiphon.machine.course import Course
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.event import (
    Aborted,
    Ended,
    Event,
    Forked,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    Sent,
    SessionFaulted,
)
from antiphon.model import determinism as model
from antiphon.replay import profiles
from antiphon.values.value import Nat

FULL, EFFECTS, COMMUTATIVITY, REPLAY = DeterminismMode
INSIDE = ((FULL, EFFECTS), (FULL, COMMUTATIVITY), (FULL, REPLAY), (REPLAY, EFFECTS))
small = st.integers(0, 1)


@st.composite
def event(draw: st.DrawFn, tick: int) -> Event:
    """An event of few sessions, coroutines and values."""
    session, me, value = draw(small), draw(small), Nat(draw(small))
    return draw(
        st.sampled_from(
            (
                Opened(tick, session, ("A", "B")),
                Sent(tick, session, me, "A", "B", "x", value),
                Invoked(tick, session, me, "A", "log", value),
                SessionFaulted(tick, session, me),
                Ended(tick, session, me),
                OutputDenied(tick, session, me, "A", "x", str(tick)),
                Forked(tick, session, me, "A", 0),
                Joined(tick, session, me, "A", tick // 2),
                Aborted(tick, session, me, "A", tick // 2),
            )
        )
    )


@st.composite
def course(draw: st.DrawFn) -> Course:
    """A course."""
    events = tuple(draw(event(tick)) for tick in range(draw(st.integers(0, 5))))
    given: dict[Position, tuple[Answer, ...]] = {
        Position(0, "A", 0, place): draw(
            st.sampled_from(((Nat(0),), (Nat(1),), (Pending(), Nat(0))))
        )
        for place in range(draw(small))
    }
    return Course(events, given)


@st.composite
def edited(draw: st.DrawFn, base: Course) -> Course:
    """A course that is like another in some way, or nearly."""
    events = list(base.events)
    if not events:
        return base
    place = draw(st.integers(0, len(events) - 1))
    match draw(st.integers(0, 5)):
        case 0:
            events[place - 1], events[place] = events[place], events[place - 1]
        case 1:
            events = [replace(each, tick=each.tick + 1) for each in events]
        case 2:
            events = [each for each in events if not isinstance(each, Invoked)]
        case 3:
            del events[place]
        case 4:
            return replace(base, answers={})
        case _:
            pass
    return replace(base, events=tuple(events))


@given(st.data())
def test_equivalences(data: st.DataObject) -> None:
    """Each relation is reflexive, symmetric and transitive, and its normal form says the same."""
    one = data.draw(course())
    two = data.draw(edited(one))
    three = data.draw(edited(two))
    for mode in DeterminismMode:
        assert model.replay_consistent(mode, one, one)
        for base, again in ((one, two), (two, three), (one, three)):
            found = model.replay_consistent(mode, base, again)
            assert found is model.replay_consistent(mode, again, base)
            assert found is profiles.replay_consistent(mode, base, again)
        if model.replay_consistent(mode, one, two) and model.replay_consistent(mode, two, three):
            assert model.replay_consistent(mode, one, three)


@given(st.data())
def test_inclusions(data: st.DataObject) -> None:
    """Who is alike by a profile is alike by those that it is inside of."""
    one = data.draw(course())
    two = data.draw(edited(one))
    for inner, outer in INSIDE:
        if model.replay_consistent(inner, one, two):
            assert model.replay_consistent(outer, one, two)
