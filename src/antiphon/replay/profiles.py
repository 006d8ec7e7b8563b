"""The determinism profiles as normal forms: two runs are alike if theirs are equal.

``model.determinism`` says what each means; here it is what is left of one run alone, so that a
run can be kept as a digest and compared later.
"""

from __future__ import annotations

from collections.abc import Iterator

from antiphon.machine import event as events
from antiphon.machine.ask import Answer, Chosen, Pending, Position, Refused
from antiphon.machine.course import Course
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.event import Invoked
from antiphon.replay.normal_form import normal_form, without_digest
from antiphon.values import wire
from antiphon.values.canonical import Plain, digest


def profile_form(mode: DeterminismMode, course: Course) -> tuple[Plain, ...]:
    """What is left of a run under a profile."""
    match mode:
        case DeterminismMode.Full:
            return (*_as_it_was(course), answers_form(course))
        case DeterminismMode.Replay:
            return (*_as_it_was(course), _asked(course))
        case DeterminismMode.ModuloEffects:
            return tuple(_conversed(course))
        case DeterminismMode.ModuloCommutativity:
            return (normal_form(course.events), answers_form(course))


def replay_consistent(mode: DeterminismMode, base: Course, again: Course) -> bool:
    """Whether the second run is like the first, by this profile."""
    return profile_form(mode, base) == profile_form(mode, again)


def profile_digest(mode: DeterminismMode, course: Course) -> str:
    """The digest of what is left of a run, in the domain ``antiphon.profile.1``."""
    return digest("antiphon.profile.1", (mode.value, profile_form(mode, course)))


def _as_it_was(course: Course) -> tuple[Plain, ...]:
    return tuple(map(events.to_plain, course.events))


def _conversed(course: Course) -> Iterator[Plain]:
    """The events without ticks, but for those of effects."""
    for event in course.events:
        if isinstance(event, Invoked):
            continue
        plain = events.to_plain(without_digest(event))
        assert isinstance(plain, tuple)
        kind, _, *rest = plain
        is_timed = isinstance(event, events.Joined | events.Aborted)
        yield (kind, *(rest[:-1] if is_timed else rest))


def answers_form(course: Course) -> Plain:
    """Every answer of the host, in ascending order of position."""
    return tuple(
        sorted((_position(at), tuple(map(_answer, given))) for at, given in course.answers.items())
    )


def _asked(course: Course) -> Plain:
    return tuple(sorted((_position(at), len(given)) for at, given in course.answers.items()))


def _position(at: Position) -> tuple[int, str, int, int, tuple[int, ...]]:
    line = () if at.line is None else (0, *at.line)
    return (at.session, at.role, at.node, at.iteration, line)


def _answer(answer: Answer) -> tuple[Plain, ...]:
    match answer:
        case Chosen(label):
            return ("chosen", label)
        case Refused(reason):
            return ("refused", reason)
        case Pending():
            return ("pending",)
        case _:
            return ("value", wire.to_plain(answer))
