"""When a second run is like the first: a relation for each profile, stated on two courses.

``full`` is inside each of the others, and ``replay`` inside ``modulo_effect_trace``. All are
equivalences. ``replay.profiles`` has the same as normal forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from antiphon.machine.course import Course
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.event import (
    Aborted,
    Ended,
    Event,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    SessionFaulted,
)
from antiphon.machine.standing import standing


def full(base: Course, again: Course) -> bool:
    """The same events at the same ticks, and the same answers to the same questions."""
    return base.events == again.events and base.answers == again.answers


def replay(base: Course, again: Course) -> bool:
    """The same events at the same ticks, and as many questions at the same positions."""
    return base.events == again.events and _asked(base) == _asked(again)


def modulo_effect_trace(base: Course, again: Course) -> bool:
    """The same events in the same order, but for what the host did beside the conversation, and for
    when it was.
    """
    return _conversed(base) == _conversed(again)


def modulo_commutativity(base: Course, again: Course) -> bool:
    """The same happened to each session, and to each coroutine in it, in the same order, whatever
    stands between; and the same answers to the same questions.
    """
    mine, yours = standing(base.events), standing(again.events)
    places = {place(event) for event in (*mine, *yours)}
    return base.answers == again.answers and all(
        [timeless(event) for event in mine if place(event) == one]
        == [timeless(event) for event in yours if place(event) == one]
        for one in places
    )


RELATIONS: Final[Mapping[DeterminismMode, Callable[[Course, Course], bool]]] = MappingProxyType(
    {
        DeterminismMode.Full: full,
        DeterminismMode.ModuloEffects: modulo_effect_trace,
        DeterminismMode.ModuloCommutativity: modulo_commutativity,
        DeterminismMode.Replay: replay,
    }
)


def replay_consistent(mode: DeterminismMode, base: Course, again: Course) -> bool:
    """Whether the second run is like the first, by this profile."""
    return RELATIONS[mode](base, again)


def _asked(course: Course) -> dict[object, int]:
    return {position: len(answers) for position, answers in course.answers.items()}


def _conversed(course: Course) -> list[Event]:
    return [untimed(event) for event in course.events if not isinstance(event, Invoked)]


def place(event: Event) -> tuple[int, int | None]:
    """The session, and the coroutine in it whose part the event is; None for the session's own."""
    is_own = isinstance(event, Opened | SessionFaulted | Ended)
    return event.session, None if is_own else event.coroutine


def timeless(event: Event) -> Event:
    """An event without when it was, and without who ended or failed its session."""
    if isinstance(event, SessionFaulted | Ended):
        return replace(event, tick=0, coroutine=0)
    return untimed(event)


def untimed(event: Event) -> Event:
    """An event without when it was."""
    if isinstance(event, Joined | Aborted):
        return replace(event, tick=0, since=0)
    if isinstance(event, OutputDenied):
        return replace(event, tick=0, digest="")
    return replace(event, tick=0)
