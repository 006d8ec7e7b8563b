"""Traces up to the order of independent steps."""

from collections.abc import Sequence

from antiphon.machine import event as events
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import (
    Aborted,
    Ended,
    Event,
    Forked,
    Halted,
    Joined,
    Opened,
    OutputDenied,
    Selected,
    Sent,
    SessionFaulted,
)
from antiphon.model.machine import Model
from antiphon.replay.normal_form import normal_digest, normal_form
from antiphon.scheduler.drive import drive
from antiphon.values.value import UNIT
from tests.unit.replay.runs import IMAGE, SeededHost

TRACE: tuple[Event, ...] = (
    Opened(0, 0, ("A", "B")),
    Sent(0, 0, 0, "A", "B", "x", UNIT),
    Selected(1, 0, 1, "B", "y"),
    Halted(2, 0, 0, "A"),
    Halted(3, 0, 1, "B"),
    Ended(3, 0, 1),
)


def test_the_form_is_as_written_down() -> None:
    """Sessions, their own events, and the events of their coroutines, all without ticks."""
    assert normal_form(TRACE) == (
        (
            0,
            (("Opened", ("A", "B")), ("Ended",)),
            (
                (0, (("Sent", "A", "B", "x", ("Unit",)), ("Halted", "A"))),
                (1, (("Selected", "B", "y"), ("Halted", "B"))),
            ),
        ),
    )
    assert normal_form([SessionFaulted(4, 2, 7)]) == ((2, (("SessionFaulted",),), ()),)


def test_the_digest_is_golden() -> None:
    """Version 1 of the normal form never changes."""
    assert (
        normal_digest(TRACE) == "b68798266127c31b0f14b5af24d4cfbbbc69437e80519a9fb3a464a3f765705d"
    )
    assert normal_digest(()) != normal_digest(TRACE)


def test_what_was_aborted_is_left_out() -> None:
    """The fork, what its coroutine did in it, and its end; what others did stays."""
    undone = (
        Forked(0, 0, 0, "A", 1),
        Forked(1, 0, 1, "B", 1),
        Sent(2, 0, 0, "A", "B", "x", UNIT),
        Forked(3, 0, 0, "A", 2),
        Aborted(4, 0, 0, "A", 3),
        SessionFaulted(5, 0, 2),
        Aborted(6, 0, 0, "A", 0),
        Sent(7, 0, 0, "A", "B", "x", UNIT),
        Joined(8, 0, 1, "B", 1),
    )
    forks = ("Forked", "B", 1), ("Joined", "B")
    assert normal_form(undone) == (
        (0, (("SessionFaulted",),), ((0, (("Sent", "A", "B", "x", ("Unit",)),)), (1, forks))),
    )


def test_independent_steps_may_change_places() -> None:
    """Ticks, and the order of different coroutines and sessions, do not count."""
    swapped = [TRACE[0], TRACE[2], TRACE[1], TRACE[4], TRACE[3], Ended(9, 0, 0)]
    other = Opened(0, 1, ("A",))
    assert normal_digest([*swapped, other]) == normal_digest([other, *TRACE])


def test_when_an_output_was_denied_does_not_count() -> None:
    """The digest in the event is over its tick; the role and the predicate count."""
    denied = OutputDenied(4, 0, 0, "A", "x", "0f")
    later = OutputDenied(6, 0, 0, "A", "x", "1f")
    other = OutputDenied(4, 0, 0, "A", "y", "0f")
    assert normal_digest([denied]) == normal_digest([later]) != normal_digest([other])


def test_the_order_of_one_coroutine_counts() -> None:
    """What one coroutine did first and second is part of the form."""
    swapped = [TRACE[0], TRACE[3], TRACE[1], TRACE[2], *TRACE[4:]]
    assert normal_digest(swapped) != normal_digest(TRACE)


def largest(ready: Sequence[int], last_pick: int | None) -> int:  # noqa: ARG001 (a policy)
    """A policy of our own."""
    return max(ready)


def test_schedules_of_one_protocol_are_equal() -> None:
    """Three sessions under three policies have three traces and one normal form."""
    found: set[str] = set()
    traces: set[str] = set()
    for policy in ("cooperative", "round-robin", largest):
        model = Model(Config(), SeededHost(1), request=unadmitted())
        for _ in range(3):
            model.load(IMAGE)
        drive(model, policy)
        found.add(normal_digest(model.events()))
        traces.add(repr([events.to_plain(event) for event in model.events()]))
    assert len(found) == 1
    assert len(traces) > 1
