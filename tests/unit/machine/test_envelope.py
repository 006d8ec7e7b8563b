"""Runs and envelopes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from antiphon.errors import Refusal
from antiphon.machine.determinism import EffectDeterminismTier
from antiphon.machine.envelope import (
    CHAINS,
    EFFECTS_OF_TIER,
    Dimension,
    Envelope,
    Likeness,
    envelope_from_json,
)
from tests.unit.replay.envelopes import RUN

EXACT, FREE = Likeness.EXACT, Likeness.REORDERED
BOUNDED = EffectDeterminismTier.EnvelopeBoundedNondeterministic
GOOD: dict[str, Any] = {
    "format": "antiphon-envelope",
    "version": 1,
    "tier": "replay_deterministic",
    "scheduler": "sessions",
    "wave_width": 4,
    "effect_ordering": "reordered",
    "failure_visible": "exact",
    "output_condition": "reordered",
}


def test_reads() -> None:
    """Each key is the bound of its dimension."""
    tier = EffectDeterminismTier.ReplayDeterministic
    found = envelope_from_json(GOOD)
    assert found == Envelope(tier, Likeness.SESSIONS, 4, FREE, EXACT, FREE)
    assert [found.bound(each) for each in Dimension] == [Likeness.SESSIONS, 4, FREE, EXACT, FREE]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("tier", "any", "tier: one of strict_deterministic"),
        ("tier", [], "tier: one of"),
        ("scheduler", "violation", "scheduler: one of exact, sessions, reordered belongs here"),
        ("scheduler", 1, "scheduler: one of"),
        ("effect_ordering", "answered", "effect_ordering: the tier replay_deterministic admits re"),
        ("failure_visible", "answered", "failure_visible: one of exact, reordered belongs"),
        ("output_condition", {}, "output_condition: one of"),
        ("wave_width", 0, "wave_width: a wave has one pick at least"),
        ("wave_width", True, "wave_width: an integer from 0"),
        ("wave_width", "exact", "wave_width: an integer from 0"),
        ("more", 1, "wrong: more"),
    ],
)
def test_refuses_with_the_key(key: str, value: object, words: str) -> None:
    """What is wrong stands at the key."""
    with pytest.raises(ValueError, match=words):
        envelope_from_json({**GOOD, key: value})


def test_refuses_another_format() -> None:
    """Of another version, or no envelope at all."""
    wrong: tuple[object, ...] = ({**GOOD, "version": 2}, {**GOOD, "format": "antiphon-image"}, None)
    for data in wrong:
        with pytest.raises(Refusal):
            envelope_from_json(data)


def test_a_tier_bounds_the_effects() -> None:
    """Who promises more may not be held to less; no bound is a violation."""
    for tier, bound in product(EffectDeterminismTier, Likeness):
        chain = CHAINS[Dimension.EFFECT_ORDERING]
        most = chain.index(EFFECTS_OF_TIER[tier])
        if bound in chain and chain.index(bound) <= most:
            assert Envelope(tier, EXACT, 1, bound, EXACT, EXACT).effect_ordering is bound
        else:
            with pytest.raises(ValueError, match="effect_ordering: the "):
                Envelope(tier, EXACT, 1, bound, EXACT, EXACT)
    with pytest.raises(ValueError, match="output_condition: the bound is one of"):
        Envelope(BOUNDED, EXACT, 1, EXACT, EXACT, Likeness.VIOLATION)


def test_a_wave_has_a_pick() -> None:
    """None has fewer."""
    with pytest.raises(ValueError, match="a wave has one pick"):
        replace(RUN, wave_width=0)
