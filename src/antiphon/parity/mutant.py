"""What a seeded fault is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GOVERNED: Final[tuple[str, ...]] = ("parity/ledger/", "parity/matrix/", "parity/surfaces/")
"""The folders of what parity is governed by."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """``old`` stands exactly once in ``file`` and becomes ``new``; ``breaks`` says what is lost.

    ``file`` is the place in the package, such as ``model/step.py``. ``claim`` names the claim that
    must not hold any more; without one the mutant is a machine that lockstep must catch, or what
    parity is governed by, which ``bites`` must catch, or a fault of ``composition``, whose lane
    must.
    """

    id: str
    breaks: str
    file: str
    old: str
    new: str
    claim: str = ""
    trial: str = ""
    """The trial (``trials``) that must fail, of what is no machine."""

    @property
    def lane(self) -> str:
        """By what it is to be caught."""
        if self.trial:
            return "trials"
        if self.file.startswith(GOVERNED):
            return "governance"
        if self.file.startswith("composition/"):
            return "composition"
        return "claims" if self.claim else "lockstep"

    @property
    def is_of_model(self) -> bool:
        """Whether it breaks the model; else it breaks the engine."""
        return self.file.startswith("model/")
