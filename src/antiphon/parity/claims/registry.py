"""Every claim, in the order of the inventory, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from antiphon.errors import Refusal
from antiphon.parity.claims import (
    of_conversations,
    of_data,
    of_envelopes,
    of_fairness,
    of_images,
    of_parity,
    of_schedules,
    of_steps,
    of_types,
    of_vectors,
    of_waves,
    refuted,
    refuted_of_machines,
    waiting,
)
from antiphon.parity.claims.claim import Claim, Profile, Result, judge
from antiphon.parity.claims.ground import HEALTHY, Ground

UNKNOWN_CLAIM: Final = "unknown-claim"


def _order(claim: Claim) -> tuple[bool, int]:
    return claim.is_refuted, claim.number


CLAIMS: Final = tuple(
    sorted(
        (
            *of_types.CLAIMS,
            *of_conversations.CLAIMS,
            *of_steps.CLAIMS,
            *of_schedules.CLAIMS,
            *of_images.CLAIMS,
            *of_fairness.CLAIMS,
            *of_data.CLAIMS,
            *of_parity.CLAIMS,
            *of_waves.CLAIMS,
            *of_vectors.CLAIMS,
            *of_envelopes.CLAIMS,
            *refuted_of_machines.CLAIMS,
            *refuted.CLAIMS,
            *waiting.CLAIMS,
        ),
        key=_order,
    )
)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of some claims."""

    profile: Profile
    results: tuple[Result, ...]

    @property
    def is_good(self) -> bool:
        """Whether every verdict is as expected."""
        return all(result.is_good for result in self.results)

    def to_json(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "profile": self.profile,
            "is_good": self.is_good,
            "claims": [result.to_json() for result in self.results],
        }


def named(id_: str) -> Claim:
    """The claim of an id; raises ``Refusal`` (``unknown-claim``)."""
    for claim in CLAIMS:
        if claim.id == id_:
            return claim
    known = ", ".join(claim.id for claim in CLAIMS)
    raise Refusal(UNKNOWN_CLAIM, f"there is no claim {id_}; there are {known}")


def run(
    profile: Profile,
    claims: Sequence[Claim] = CLAIMS,
    progress: Callable[[int, int, str], None] | None = None,
    ground: Ground = HEALTHY,
) -> Report:
    """Look at claims. ``progress`` is called before each: with those done, all, and its id."""
    results: list[Result] = []
    for claim in claims:
        if progress is not None:
            progress(len(results), len(claims), claim.id)
        results.append(judge(claim, profile, ground))
    return Report(profile, tuple(results))
