"""How far a run may be from another: a relation for each class of each dimension.

Each class is inside the next one of its dimension (``machine.envelope.CHAINS``), and all relations
are equivalences but those of waves, which say no more than how wide they are. What was done in a
fork that was aborted counts only for ``same_events``. ``replay.classes`` computes the classes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from antiphon.machine import event as events
from antiphon.machine.ask import Pending
from antiphon.machine.envelope import Class, Dimension, Envelope, Likeness, Run
from antiphon.machine.event import Corrupted, Dropped, Event, Invoked, OutputDenied, Received, Sent
from antiphon.machine.standing import standing
from antiphon.model.determinism import place, timeless, untimed
from antiphon.values.value import UNIT

_EFFECTS: Final = (Invoked, events.Selected, events.Acquired)
_FAILURES: Final = (
    *(events.Faulted, events.SessionFaulted, Dropped, Corrupted),
    *(events.Closed, events.Halted, events.Ended),
)


def admits(envelope: Envelope, base: Run, other: Run) -> bool:
    """Whether two runs are as alike as was declared, in each dimension."""
    return all(within(each, envelope.bound(each), base, other) for each in Dimension)


def within(dimension: Dimension, bound: Class, base: Run, other: Run) -> bool:
    """Whether two runs are alike by this class; nothing is by ``VIOLATION``."""
    if isinstance(bound, int):
        return all(run.wave_width <= min(bound, _coroutines(run)) for run in (base, other))
    relation = RELATIONS[dimension].get(bound)
    return relation is not None and relation(base, other)


def same_events(base: Run, other: Run) -> bool:
    """Runs of the same images, with the same events at the same ticks, whatever the host gave."""
    mine, yours = base.course.events, other.course.events
    return base.images == other.images and _unanswered(mine) == _unanswered(yours)


def same_in_sessions(base: Run, other: Run) -> bool:
    """The same happened in each session, in the same order."""
    mine, yours = _said(base), _said(other)
    return same_in_coroutines(base, other) and all(
        [untimed(event) for event in mine if event.session == session]
        == [untimed(event) for event in yours if event.session == session]
        for session in {event.session for event in (*mine, *yours)}
    )


def same_in_coroutines(base: Run, other: Run) -> bool:
    """Runs of the same images: each coroutine did the same in each session, in the same order, and
    each role sent and was given the same.
    """
    mine, yours = _said(base), _said(other)
    return (
        base.images == other.images
        and _alike(mine, yours)
        and all(
            [untimed(event) for event in mine if _speaker(event) == role]
            == [untimed(event) for event in yours if _speaker(event) == role]
            for role in {_speaker(event) for event in (*mine, *yours)} - {None}
        )
    )


def same_effects(base: Run, other: Run) -> bool:
    """The host did and decided the same in the same order, and answered the same everywhere."""
    mine, yours = _effects(base), _effects(other)
    return base.course.answers == other.course.answers and (
        [untimed(event) for event in mine] == [untimed(event) for event in yours]
    )


def same_effects_of_each(base: Run, other: Run) -> bool:
    """The host did and decided the same for each coroutine, and answered the same everywhere."""
    return base.course.answers == other.course.answers and _alike(_effects(base), _effects(other))


def same_questions(base: Run, other: Run) -> bool:
    """The host was asked the same by each coroutine, and answered as often, late or not."""
    mine, yours = _unanswered(_effects(base)), _unanswered(_effects(other))
    return _settled(base) == _settled(other) and _alike(mine, yours)


def same_failures(base: Run, other: Run) -> bool:
    """The same failures were placed; the same failed, was lost and ended in the same order, and the
    runs ended in the same way.
    """
    mine, yours = _failures(base), _failures(other)
    return same_failures_of_each(base, other) and (
        [untimed(event) for event in mine] == [untimed(event) for event in yours]
    )


def same_failures_of_each(base: Run, other: Run) -> bool:
    """The same, in the same order for each coroutine and each session."""
    return (
        base.config.failures == other.config.failures
        and base.outcome is other.outcome
        and _alike(_failures(base), _failures(other))
    )


def same_outputs(base: Run, other: Run) -> bool:
    """The same condition, and what it said of outputs, in the same order."""
    return base.config.outputs == other.config.outputs and _verdicts(base) == _verdicts(other)


def same_outputs_of_each(base: Run, other: Run) -> bool:
    """The same condition, and what it said to each coroutine, in the same order."""
    mine, yours = _verdicts(base), _verdicts(other)
    return base.config.outputs == other.config.outputs and all(
        [verdict for verdict in mine if verdict[:2] == one]
        == [verdict for verdict in yours if verdict[:2] == one]
        for one in {verdict[:2] for verdict in (*mine, *yours)}
    )


_Relation = Callable[[Run, Run], bool]
RELATIONS: Final[Mapping[Dimension, Mapping[Likeness, _Relation]]] = MappingProxyType(
    {
        Dimension.SCHEDULER: {
            Likeness.EXACT: same_events,
            Likeness.SESSIONS: same_in_sessions,
            Likeness.REORDERED: same_in_coroutines,
        },
        Dimension.WAVE_WIDTH: {},
        Dimension.EFFECT_ORDERING: {
            Likeness.EXACT: same_effects,
            Likeness.REORDERED: same_effects_of_each,
            Likeness.ANSWERED: same_questions,
        },
        Dimension.FAILURE_VISIBLE: {
            Likeness.EXACT: same_failures,
            Likeness.REORDERED: same_failures_of_each,
        },
        Dimension.OUTPUT_CONDITION: {
            Likeness.EXACT: same_outputs,
            Likeness.REORDERED: same_outputs_of_each,
        },
    }
)


def _alike(mine: tuple[Event, ...], yours: tuple[Event, ...]) -> bool:
    return all(
        [timeless(event) for event in mine if place(event) == one]
        == [timeless(event) for event in yours if place(event) == one]
        for one in {place(event) for event in (*mine, *yours)}
    )


def _unanswered(seen: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(replace(each, value=UNIT) if isinstance(each, Invoked) else each for each in seen)


def _said(run: Run) -> tuple[Event, ...]:
    return _unanswered(standing(run.course.events))


def _effects(run: Run) -> tuple[Event, ...]:
    return tuple(event for event in standing(run.course.events) if isinstance(event, _EFFECTS))


def _failures(run: Run) -> tuple[Event, ...]:
    return tuple(event for event in standing(run.course.events) if isinstance(event, _FAILURES))


def _verdicts(run: Run) -> list[tuple[int, int, str, str, bool]]:
    """Session, coroutine, role, predicate, and whether the output may leave."""
    return [
        (event.session, event.coroutine, event.sender, event.label, True)
        if isinstance(event, Sent)
        else (event.session, event.coroutine, event.role, event.predicate, False)
        for event in standing(run.course.events)
        if isinstance(event, OutputDenied) or (isinstance(event, Sent) and event.checked)
    ]


def _speaker(event: Event) -> tuple[int, str] | None:
    """Session and role of which the event is a message, sent or received."""
    match event:
        case Sent() | Dropped() | Corrupted():
            return event.session, event.sender
        case Received():
            return event.session, event.receiver
        case _:
            return None


def _settled(run: Run) -> dict[object, int]:
    """By position, how often the host gave more than that it has no answer yet."""
    return {
        at: sum(not isinstance(answer, Pending) for answer in given)
        for at, given in run.course.answers.items()
    }


def _coroutines(run: Run) -> int:
    """How many there were: one for each role that was loaded, and the children."""
    seen = run.course.events
    loaded = [one for one in seen if isinstance(one, events.Opened) and one.coroutine is None]
    children = sum(isinstance(event, events.Spawned) for event in seen)
    return max(1, sum(len(one.roles) for one in loaded) + children)
