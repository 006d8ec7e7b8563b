"""One case with waves, held against a machine without."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from antiphon.machine.choice import Pick
from antiphon.parity.ensemble import Differs
from antiphon.parity.generate import case, first_draws
from antiphon.parity.source import Source
from antiphon.parity.wave_lane import HEALTHY
from antiphon.parity.wave_trial import (
    Shape,
    WaveCounts,
    WaveTrial,
    compare_with_default,
    ended,
    unordered,
)
from antiphon.waves.machine import WaveMachine
from tests.unit.waves.stage import TALK, machine

WIDE = Shape(3, 2, widening=True)


class Forgetful(WaveMachine):
    """A machine that forgets the last pick of a wave of several."""

    def take_round(self, first: int, most: int | None = None) -> tuple[int, ...]:
        """One pick fewer than was taken."""
        taken = super().take_round(first, most)
        return taken[:-1] if len(taken) > 1 else taken


class Late(WaveMachine):
    """A machine that takes one step too many at the end of a run."""

    def step(self, choice: object) -> object:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A step, and for the first coroutine another one."""
        row = super().step(choice)  # pyright: ignore[reportArgumentType]
        if choice == Pick(0):
            super().step(Pick(0))
        return row


def trial(number: int, shape: Shape, made: object = WaveMachine) -> WaveTrial:
    """A case of seed 1 in a shape."""
    source = Source(first_draws(number), key=f"1.{number}")
    machines = SimpleNamespace(machine=made, model=HEALTHY.model, law=HEALTHY.law)
    return WaveTrial(case(source), source, shape, machines)


@pytest.mark.parametrize("shape", [Shape(1, 2, widening=False), WIDE])
def test_good(shape: Shape) -> None:
    """A machine as it should be; certificates are audited where there are waves of several."""
    one = trial(4, shape)
    one.run("cooperative")
    assert one.found.counts["cases"] == 1
    assert one.found.counts["steps"] == one.waves.snapshot().clock > 0
    assert (one.found.counts["audits"] > 0) is (shape.width > 1)


@pytest.mark.parametrize(
    ("made", "shape"), [(Forgetful, WIDE), (Late, Shape(1, 1, widening=False))]
)
def test_bad(made: object, shape: Shape) -> None:
    """Machines that are not as they should be are found out."""
    with pytest.raises(Differs):
        _run_all(made, shape)


def _run_all(made: object, shape: Shape) -> None:
    for number in range(12):
        trial(number, shape, made).run("cooperative")


def test_default() -> None:
    """Runs of what is schedule-independent are compared to their end; others are counted."""
    found = WaveCounts()
    for number in range(1, 60):
        source = Source(first_draws(number), key=f"1.{number}")
        compare_with_default(case(source), WIDE, WaveMachine, found)
    assert found.counts["schedule-independent, alike"] > 2
    assert found.counts["schedule-dependent"] == found.reasons.total() > 2


def test_what_is_left_out() -> None:
    """What a schedule decides is no part of the end."""
    waves, _ = machine(TALK, TALK, width=1)
    other, _ = machine(TALK, TALK, width=1)
    waves.run("cooperative", 3)
    for number in (2, 1, 0):
        other.step(Pick(number))
    assert waves.snapshot() != other.snapshot()
    assert unordered(waves.snapshot()) != other.snapshot()
    one, two = waves.snapshot(), replace(waves.snapshot(), clock=99, last_pick=None)
    assert ended(one) == ended(two)
    assert ended(one) != ended(replace(one, sessions=()))


def test_counts_add_up() -> None:
    """The numbers of two cases."""
    one, two = WaveCounts(), WaveCounts()
    for each in (one, two):
        each.counts["cases"] += 1
        each.widths[2] += 3
        each.reasons["none"] += 1
    one.add(two)
    assert (one.counts["cases"], one.widths[2], one.reasons["none"]) == (2, 6, 2)
