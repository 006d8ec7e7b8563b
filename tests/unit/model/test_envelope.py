"""The relations of two runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.machine.determinism import EffectDeterminismTier
from antiphon.machine.envelope import CHAINS, Dimension, Envelope, Likeness
from antiphon.model.envelope import RELATIONS, admits, within
from antiphon.parity.claims.envelopes import runs
from antiphon.parity.claims.ground import HEALTHY

RUNS = runs(HEALTHY)
BASE = RUNS["the base"]
FREE, BOUNDED = Likeness.REORDERED, EffectDeterminismTier.EnvelopeBoundedNondeterministic


def test_each_class_has_a_relation() -> None:
    """But a violation; and each is inside the next."""
    for dimension, chain in CHAINS.items():
        assert tuple(RELATIONS[dimension]) == chain
        assert not within(dimension, Likeness.VIOLATION, BASE, BASE)
        for name, run in RUNS.items():
            held = [relation(BASE, run) for relation in RELATIONS[dimension].values()]
            assert held == sorted(held), (dimension, name)


@pytest.mark.parametrize(
    ("name", "dimension", "best"),
    [
        ("later", Dimension.SCHEDULER, Likeness.SESSIONS),
        ("steps in another order", Dimension.SCHEDULER, FREE),
        ("another value", Dimension.SCHEDULER, None),
        ("steps in another order", Dimension.EFFECT_ORDERING, FREE),
        ("another answer", Dimension.EFFECT_ORDERING, Likeness.ANSWERED),
        ("asked less", Dimension.EFFECT_ORDERING, None),
        ("ends in another order", Dimension.FAILURE_VISIBLE, FREE),
        ("failed", Dimension.FAILURE_VISIBLE, None),
        ("exhausted", Dimension.FAILURE_VISIBLE, None),
        ("outputs in another order", Dimension.OUTPUT_CONDITION, FREE),
        ("denied as another", Dimension.OUTPUT_CONDITION, None),
    ],
)
def test_the_first_that_holds(name: str, dimension: Dimension, best: Likeness | None) -> None:
    """What a run and another have in common, at best."""
    relations = RELATIONS[dimension].items()
    found = next((each for each, holds in relations if holds(BASE, RUNS[name])), None)
    assert found is best


def test_waves() -> None:
    """As wide as the bound, and no wider than there are coroutines."""
    for width, bound, is_inside in ((1, 1, True), (3, 2, False), (4, 4, True), (5, 9, False)):
        run = replace(BASE, wave_width=width)
        assert within(Dimension.WAVE_WIDTH, bound, BASE, run) is is_inside
        assert within(Dimension.WAVE_WIDTH, bound, run, BASE) is is_inside


def test_all_bounds_must_hold() -> None:
    """One is not enough."""
    wide = Envelope(BOUNDED, FREE, 4, Likeness.ANSWERED, FREE, FREE)
    assert admits(wide, BASE, RUNS["steps in another order"])
    assert not admits(replace(wide, wave_width=2), BASE, RUNS["in waves of 3"])
    assert not admits(wide, BASE, RUNS["failed"])
