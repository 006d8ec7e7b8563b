"""How much alike two runs must be, by name; the relations are in ``model`` and ``replay``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class DeterminismMode(Enum):
    """A determinism profile: what a second run must have in common with the first."""

    Full = "full"
    ModuloEffects = "modulo_effect_trace"
    ModuloCommutativity = "modulo_commutativity"
    Replay = "replay"


class EffectDeterminismTier(Enum):
    """What a host promises of its answers: the same always, the same when they are replayed, or
    only some that the protocol allows.
    """

    StrictDeterministic = "strict_deterministic"
    ReplayDeterministic = "replay_deterministic"
    EnvelopeBoundedNondeterministic = "envelope_bounded_nondeterministic"


MODES_OF_TIER: Final[Mapping[EffectDeterminismTier, frozenset[DeterminismMode]]] = MappingProxyType(
    {
        EffectDeterminismTier.StrictDeterministic: frozenset(
            (DeterminismMode.Full, DeterminismMode.Replay)
        ),
        EffectDeterminismTier.ReplayDeterministic: frozenset(DeterminismMode)
        - {DeterminismMode.ModuloEffects},
        EffectDeterminismTier.EnvelopeBoundedNondeterministic: frozenset(DeterminismMode),
    }
)
"""The profiles that a tier admits: who promises more may not be content with less."""
