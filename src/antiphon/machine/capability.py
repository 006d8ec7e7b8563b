"""What can be asked of a machine beyond one step at a time in turn, and what each of it rests on.

Every name stands here once. A capability rests on one claim; a claim is shown by evidence
(``machine.contracts``), which a lane of parity makes. Some are not claimed by any lane yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CLAIM_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "scheduler.round-robin": "lockstep.round-robin",
        "scheduler.priority": "lockstep.priority",
        "scheduler.aging": "lockstep.aging",
        "scheduler.token-weighted": "lockstep.token-weighted",
        "scheduler.progress-aware": "lockstep.progress-aware",
        "speculation": "lockstep.speculation",
        "waves": "waves.envelope",
        "wave_widening": "waves.widening",
        "live_migration": "envelope.live-migration",
        "autoscale_repartition": "envelope.autoscale-repartition",
        "placement_refinement": "envelope.placement-refinement",
        "relaxed_reordering": "envelope.relaxed-reordering",
        "determinism_full": "profiles.full",
        "determinism_modulo_effect_trace": "profiles.modulo-effect-trace",
        "determinism_modulo_commutativity": "profiles.modulo-commutativity",
        "determinism_replay": "profiles.replay",
        "mixed_determinism_profiles": "profiles.mixed",
    }
)
"""The capabilities, in the order in which they are listed, and the claim of each."""

CAPABILITIES: Final = tuple(CLAIM_OF)
CLAIMS: Final = tuple(CLAIM_OF.values())

SWITCHES: Final = (
    "live_migration",
    "autoscale_repartition",
    "placement_refinement",
    "relaxed_reordering",
)
"""Those that contracts have to allow as well, whatever has been shown."""
