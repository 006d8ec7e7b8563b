"""The contracts that come with the package: what its evidence is good for, on what runs here.

The file is ``evidence.json`` beside this one, or that which ``ANTIPHON_EVIDENCE`` names.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from antiphon.errors import Refusal
from antiphon.evidence.file import SIZE_MAX, decode_evidence
from antiphon.evidence.sources import sources_digest
from antiphon.machine.capability import CLAIM_OF, SWITCHES
from antiphon.machine.contracts import (
    PLAIN,
    DeterminismArtifacts,
    Evidence,
    RuntimeContracts,
    RuntimeRequest,
)

PACKAGED: Final = Path(__file__).with_name("evidence.json")
"""The file that comes with the package."""


def evidence_path() -> Path:
    """Where the evidence is."""
    named = os.environ.get("ANTIPHON_EVIDENCE", "")
    return Path(named) if named else PACKAGED


def contracts_for(request: RuntimeRequest) -> RuntimeContracts | None:
    """The contracts of the package, if the request asks for anything; None where there is no
    evidence. Raises ``Refusal`` (``damaged-evidence``).
    """
    return None if request == PLAIN else shipped_contracts()


def shipped_contracts() -> RuntimeContracts | None:
    """The contracts of the package, looked at once per process; None where there is no evidence.

    Raises ``Refusal`` (``damaged-evidence``).
    """
    return _contracts_in(evidence_path())


@cache
def _contracts_in(path: Path) -> RuntimeContracts | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_MAX + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refusal("damaged-evidence", f"the evidence cannot be read: {error}") from error
    return contracts_from(decode_evidence(data), sources_digest())


def contracts_from(pieces: Sequence[Evidence], sources: str) -> RuntimeContracts:
    """Contracts that allow what there is evidence for; ``sources`` is what runs here.

    The inventory says of each capability whether its evidence is of those sources.
    """
    of_claim = {each.claim: each for each in pieces}
    shown = {name: of_claim[claim] for name, claim in CLAIM_OF.items() if claim in of_claim}
    fresh = {name for name, each in shown.items() if each.sources == sources}
    return RuntimeContracts(
        DeterminismArtifacts(
            "determinism_full" in shown,
            "determinism_modulo_effect_trace" in shown,
            "determinism_modulo_commutativity" in shown,
            "determinism_replay" in shown,
        ),
        "mixed_determinism_profiles" in shown,
        "live_migration" in shown,
        "autoscale_repartition" in shown,
        "placement_refinement" in shown,
        "relaxed_reordering" in shown,
        tuple((name, name in fresh) for name in CLAIM_OF if name not in SWITCHES),
        sources,
        tuple(pieces),
    )
