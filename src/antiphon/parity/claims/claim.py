"""What a claim is, and what looking at it came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Profile: TypeAlias = Literal["quick", "full", "deep"]
PROFILES: Final[tuple[Profile, ...]] = ("quick", "full", "deep")

EXHAUSTIVE: Final = "exhaustive"
"""Every object of the scope was looked at."""
PROPERTY: Final = "property"
"""Objects drawn by numbers from a seed were looked at."""

HOLDS: Final = "holds"
FAILS: Final = "fails"
VACUOUS: Final = "vacuous"
REFUTED: Final = "refuted"
NOT_RUN: Final = "not-run"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at.

    ``generated`` objects came from the scope, whose size is ``cardinality`` (0 if nobody counted
    it beforehand); ``satisfied`` of them met the hypotheses; ``checked`` things were checked of
    those. ``counterexample`` is the first and smallest that breaks the statement, or nothing.
    """

    generated: int
    satisfied: int
    checked: int
    counterexample: str = ""
    cardinality: int = 0
    counts: tuple[tuple[str, int], ...] = ()


Look: TypeAlias = Callable[[Profile], Finding]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about the machines or their types.

    ``place`` is where the statement stands as code. ``look`` is None for a claim that is not run,
    and ``reason`` says why. ``is_refuted``: the statement is false, and kept with its smallest
    counter-example, so that nobody makes it again. ``scopes`` names the scope of each profile.
    ``witness`` is an object that meets the hypotheses and is not trivial.
    """

    id: str
    number: int
    title: str
    statement: str
    place: str
    hypotheses: tuple[str, ...] = ()
    method: str = EXHAUSTIVE
    scopes: tuple[str, str, str] = ("", "", "")
    witness: str = ""
    look: Look | None = field(default=None, repr=False)
    is_refuted: bool = False
    reason: str = ""

    def scope(self, profile: Profile) -> str:
        """The scope of a profile."""
        return self.scopes[PROFILES.index(profile)]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claim: ``holds``, ``fails``, ``vacuous``, ``refuted`` or ``not-run``."""

    claim: Claim
    profile: Profile
    finding: Finding | None

    @property
    def verdict(self) -> str:
        """In a word."""
        found = self.finding
        if found is None:
            return NOT_RUN
        if self.claim.is_refuted:
            return REFUTED if found.counterexample else FAILS
        if found.counterexample:
            return FAILS
        if not found.satisfied or not found.checked:
            return VACUOUS
        if found.cardinality and found.generated != found.cardinality:
            return FAILS
        return HOLDS

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return self.verdict in (HOLDS, REFUTED, NOT_RUN)

    def to_json(self) -> dict[str, object]:
        """The result as JSON."""
        claim, found = self.claim, self.finding
        words: dict[str, object] = {
            "id": claim.id,
            "number": claim.number,
            "title": claim.title,
            "statement": claim.statement,
            "place": claim.place,
            "hypotheses": list(claim.hypotheses),
            "verdict": self.verdict,
            "assurance": _assurance(self),
        }
        if found is None:
            return words | {"reason": claim.reason}
        return words | {
            "scope": claim.scope(self.profile),
            "cardinality": found.cardinality,
            "generated": found.generated,
            "satisfied": found.satisfied,
            "checked": found.checked,
            "counterexample": found.counterexample,
            "witness": claim.witness,
            "counts": dict(found.counts),
        }


def _assurance(result: Result) -> str:
    """What the verdict rests on."""
    claim = result.claim
    if result.finding is None:
        return "none"
    if claim.is_refuted:
        return "counter-example"
    scope = claim.scope(result.profile)
    return f"exhaustive in {scope}" if claim.method == EXHAUSTIVE else f"property over {scope}"


def judge(claim: Claim, profile: Profile) -> Result:
    """Look at a claim."""
    return Result(claim, profile, None if claim.look is None else claim.look(profile))
