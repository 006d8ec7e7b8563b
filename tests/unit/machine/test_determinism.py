"""The names of the profiles."""

from __future__ import annotations

from antiphon.machine.determinism import (
    MODES_OF_TIER,
    DeterminismMode,
    EffectDeterminismTier,
)


def test_modes() -> None:
    """There are four profiles, under their names."""
    assert [mode.name for mode in DeterminismMode] == [
        "Full",
        "ModuloEffects",
        "ModuloCommutativity",
        "Replay",
    ]


def test_tiers() -> None:
    """Who promises less admits more; everybody admits Full."""
    admitted = [MODES_OF_TIER[tier] for tier in EffectDeterminismTier]
    assert [len(modes) for modes in admitted] == [2, 3, 4]
    assert admitted[0] < admitted[1] < admitted[2]
    assert DeterminismMode.Full in admitted[0]
