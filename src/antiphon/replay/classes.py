"""In which class two runs are, dimension by dimension, and why, in words.

``model.envelope`` says what each class means. Events are compared by their canonical bytes. What
was done in a fork that was aborted counts only for the exact class of the scheduler.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

from antiphon.machine import event as events
from antiphon.machine.ask import Pending
from antiphon.machine.envelope import Class, Dimension, Likeness, Run
from antiphon.machine.event import (
    Aborted,
    Acquired,
    Closed,
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Halted,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    Received,
    Selected,
    Sent,
    SessionFaulted,
    Spawned,
)
from antiphon.machine.standing import standing
from antiphon.replay.normal_form import normal_form
from antiphon.replay.profiles import answers_form
from antiphon.values.canonical import Plain, encode
from antiphon.values.value import UNIT

Judged: TypeAlias = tuple[Class, str]
"""A class, and why it is no better one; nothing is said of the best."""

EFFECTS: Final = (Invoked, Selected, Acquired)
FAILURES: Final = (Faulted, SessionFaulted, Dropped, Corrupted, Closed, Halted, Ended)


def classify(base: Run, other: Run) -> Mapping[Dimension, Judged]:
    """The best class of each dimension that two runs are in; it does not depend on their order."""
    return MappingProxyType({each: judge(base, other) for each, judge in _JUDGES.items()})


def _scheduler(base: Run, other: Run) -> Judged:
    if base.images != other.images:
        return Likeness.VIOLATION, "they are runs of other images"
    whole = [_unanswered(run.course.events) for run in (base, other)]
    if _bytes(map(events.to_plain, whole[0])) == _bytes(map(events.to_plain, whole[1])):
        return Likeness.EXACT, ""
    mine, yours = (standing(run) for run in whole)
    role = _parted(mine, yours, _speaker)
    if role is not None:
        return (
            Likeness.VIOLATION,
            f"{role[1]} sends or is given other messages in session {role[0]}",
        )
    if not _normal(mine, yours):
        return Likeness.VIOLATION, _unlike(mine, yours)
    session = _parted(mine, yours, _session)
    if session is None:
        return Likeness.SESSIONS, "sessions come in another order, or at other ticks"
    return Likeness.REORDERED, f"in session {session} independent steps are in another order"


def _wave_width(base: Run, other: Run) -> Judged:
    for run in (base, other):
        most = _coroutines(run.course.events)
        if run.wave_width > most:
            words = f"a wave of {run.wave_width} picks cannot be among {most} coroutines"
            return Likeness.VIOLATION, words
    widest = max(base.wave_width, other.wave_width)
    return widest, "" if widest == 1 else f"the widest wave has {widest} picks"


def _effect_ordering(base: Run, other: Run) -> Judged:
    mine, yours = (_standing(run, EFFECTS) for run in (base, other))
    if answers_form(base.course) == answers_form(other.course):
        if _in_order(mine, yours):
            return Likeness.EXACT, ""
        if _normal(mine, yours):
            return Likeness.REORDERED, "effects of different coroutines are in another order"
    if not _normal(_unanswered(mine), _unanswered(yours)):
        return Likeness.VIOLATION, "the host did or decided something else"
    if _settled(base) != _settled(other):
        return Likeness.VIOLATION, "the host was asked something else"
    return Likeness.ANSWERED, "the host gave other answers to the same questions"


def _failure_visible(base: Run, other: Run) -> Judged:
    mine, yours = (_standing(run, FAILURES) for run in (base, other))
    if base.config.failures != other.config.failures:
        return Likeness.VIOLATION, "other failures were placed"
    if base.outcome is not other.outcome:
        words = f"one ended {base.outcome.value}, the other {other.outcome.value}"
        return Likeness.VIOLATION, words
    if not _normal(mine, yours):
        return Likeness.VIOLATION, _unlike(mine, yours)
    if _in_order(mine, yours):
        return Likeness.EXACT, ""
    return Likeness.REORDERED, "what fails or ends does so in another order"


def _output_condition(base: Run, other: Run) -> Judged:
    if base.config.outputs != other.config.outputs:
        return Likeness.VIOLATION, "they have other output conditions"
    mine, yours = (_verdicts(run) for run in (base, other))
    if mine == yours:
        return Likeness.EXACT, ""
    one = _first_unequal(_grouped(mine, _asker), _grouped(yours, _asker))
    if one is None:
        return Likeness.REORDERED, "outputs are judged in another order"
    return Likeness.VIOLATION, f"other outputs of coroutine {one[1]} in session {one[0]} may leave"


_JUDGES: Final[Mapping[Dimension, Callable[[Run, Run], Judged]]] = MappingProxyType(
    {
        Dimension.SCHEDULER: _scheduler,
        Dimension.WAVE_WIDTH: _wave_width,
        Dimension.EFFECT_ORDERING: _effect_ordering,
        Dimension.FAILURE_VISIBLE: _failure_visible,
        Dimension.OUTPUT_CONDITION: _output_condition,
    }
)

Place: TypeAlias = tuple[int, str | int]
"""A session, and a role or a coroutine in it."""
_Verdict: TypeAlias = tuple[int, int, str, str, bool]
_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)
Groups: TypeAlias = Mapping[_Key, list[_Item]]
"""What belongs to each place, in order."""


def _unanswered(run: Iterable[Event]) -> tuple[Event, ...]:
    """Events without what the host answered to what it did."""
    return tuple(replace(one, value=UNIT) if isinstance(one, Invoked) else one for one in run)


def _standing(run: Run, kinds: tuple[type[Event], ...]) -> tuple[Event, ...]:
    return tuple(event for event in standing(run.course.events) if isinstance(event, kinds))


def _row(event: Event) -> Plain:
    """An event without when it was."""
    plain = events.to_plain(event)
    assert isinstance(plain, tuple)
    kind, _, *rest = plain
    is_timed = isinstance(event, Joined | Aborted | OutputDenied)
    return (kind, *(rest[:-1] if is_timed else rest))


def _bytes(rows: Iterable[Plain]) -> bytes:
    return encode(tuple(rows))


def _in_order(mine: Sequence[Event], yours: Sequence[Event]) -> bool:
    return _bytes(map(_row, mine)) == _bytes(map(_row, yours))


def _normal(mine: Sequence[Event], yours: Sequence[Event]) -> bool:
    return encode(normal_form(mine)) == encode(normal_form(yours))


def _session(event: Event) -> int:
    return event.session


def _speaker(event: Event) -> Place | None:
    """Session and role of which the event is a message, sent or received."""
    if isinstance(event, Received):
        return event.session, event.receiver
    is_sent = isinstance(event, Sent | Dropped | Corrupted)
    return (event.session, event.sender) if is_sent else None


def _grouped(items: Iterable[_Item], key: Callable[[_Item], _Key | None]) -> Groups[_Key, _Item]:
    found: dict[_Key, list[_Item]] = defaultdict(list)
    for item in items:
        place = key(item)
        if place is not None:
            found[place].append(item)
    return found


def _first_unequal(mine: Groups[_Key, _Item], yours: Groups[_Key, _Item]) -> _Key | None:
    """The smallest place at which there is not the same, if there is one."""
    places = sorted({*mine, *yours}, key=repr)
    return next((one for one in places if mine.get(one) != yours.get(one)), None)


def _parted(
    mine: Sequence[Event], yours: Sequence[Event], key: Callable[[Event], _Key | None]
) -> _Key | None:
    one, other = (
        {place: [encode(_row(event)) for event in group] for place, group in groups.items()}
        for groups in (_grouped(mine, key), _grouped(yours, key))
    )
    return _first_unequal(one, other)


def _unlike(mine: Sequence[Event], yours: Sequence[Event]) -> str:
    """What of two runs with different normal forms differs first: the kinds of events."""
    one, other = (_grouped(run, _actor) for run in (mine, yours))
    for place in sorted({*one, *other}, key=repr):
        first, second = one.get(place, []), other.get(place, [])
        for number in range(max(len(first), len(second))):
            a, b = first[number : number + 1], second[number : number + 1]
            if not _normal(a, b):
                who = f"coroutine {place[1]} in " if isinstance(place[1], int) else ""
                return f"{who}session {place[0]}: {_kind(a)} in one, {_kind(b)} in the other"
    return "what happens at all differs"


def _kind(event: Sequence[Event]) -> str:
    return type(event[0]).__name__ if event else "nothing more"


def _actor(event: Event) -> Place:
    """The session, and the coroutine in it whose part the event is."""
    if isinstance(event, Opened | SessionFaulted | Ended):
        return event.session, ""
    return event.session, event.coroutine


def _verdicts(run: Run) -> list[_Verdict]:
    """Session, coroutine, role, predicate, and whether the output may leave."""
    found: list[_Verdict] = []
    for event in standing(run.course.events):
        if isinstance(event, Sent) and event.checked:
            found.append((event.session, event.coroutine, event.sender, event.label, True))
        elif isinstance(event, OutputDenied):
            found.append((event.session, event.coroutine, event.role, event.predicate, False))
    return found


def _asker(verdict: _Verdict) -> tuple[int, int]:
    return verdict[:2]


def _settled(run: Run) -> dict[object, int]:
    """By position, how often the host gave more than that it has no answer yet."""
    return {
        at: len([answer for answer in given if not isinstance(answer, Pending)])
        for at, given in run.course.answers.items()
    }


def _coroutines(run: Iterable[Event]) -> int:
    """How many there were: one for each role that was loaded, and the children; at least 1."""
    count = 0
    for event in run:
        if isinstance(event, Opened) and event.coroutine is None:
            count += len(event.roles)
        elif isinstance(event, Spawned):
            count += 1
    return max(count, 1)
