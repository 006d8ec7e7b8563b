"""What a claim is, and what looking at it came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from antiphon.parity.claims.ground import Ground

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


Look: TypeAlias = Callable[[Profile, Ground], Finding]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about the machines or their types.

    ``number`` is its place in the inventory. ``place`` is where the statement stands as code.
    ``look`` is None for a claim that is not run, and ``reason`` says what it waits for.
    ``is_refuted``: the statement is false, and kept with a counter-example, the first of its
    scope, so that nobody makes it again. ``scopes`` names the scope of each profile; one for all
    is enough.
    ``witness`` is an object that meets the hypotheses and is not trivial.
    """

    id: str
    number: int
    title: str
    statement: str
    place: str = ""
    hypotheses: tuple[str, ...] = ()
    method: str = EXHAUSTIVE
    scopes: tuple[str, ...] = ("",)
    witness: str = ""
    look: Look | None = field(default=None, repr=False)
    is_refuted: bool = False
    reason: str = ""

    def scope(self, profile: Profile) -> str:
        """The scope of a profile."""
        return self.scopes[min(PROFILES.index(profile), len(self.scopes) - 1)]

    @property
    def kind(self) -> str:
        """``refuted``, ``not-run``, or else ``conditional`` if there is a hypothesis."""
        if self.look is None:
            return NOT_RUN
        if self.is_refuted:
            return REFUTED
        return "conditional" if self.hypotheses else "unconditional"

    @property
    def expected(self) -> str:
        """The verdict that all is well with."""
        if self.look is None:
            return NOT_RUN
        return REFUTED if self.is_refuted else HOLDS


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claim; ``finding`` is None if nobody looked."""

    claim: Claim
    profile: Profile
    finding: Finding | None

    @property
    def verdict(self) -> str:
        """``holds``, ``fails``, ``vacuous``, ``refuted`` or ``not-run``."""
        found = self.finding
        if found is None:
            return NOT_RUN
        if not found.satisfied or not found.checked:
            return VACUOUS
        if self.claim.is_refuted:
            return REFUTED if found.counterexample else FAILS
        if found.counterexample or found.cardinality not in (0, found.generated):
            return FAILS
        return HOLDS

    @property
    def is_good(self) -> bool:
        """Whether the verdict is as expected."""
        return self.verdict == self.claim.expected

    @property
    def assurance(self) -> str:
        """What the verdict rests on."""
        if self.finding is None:
            return "none"
        if self.claim.is_refuted:
            return "certificate: a counter-example that was run"
        scope = self.claim.scope(self.profile)
        kind = "exhaustive in scope" if self.claim.method == EXHAUSTIVE else "property over"
        return f"{kind} {scope}"

    def to_json(self) -> dict[str, object]:
        """The result as JSON; all claims have the same keys."""
        claim, found = self.claim, self.finding or Finding(0, 0, 0)
        return {
            "id": claim.id,
            "number": claim.number,
            "title": claim.title,
            "statement": claim.statement,
            "kind": claim.kind,
            "place": claim.place,
            "hypotheses": list(claim.hypotheses),
            "method": claim.method,
            "verdict": self.verdict,
            "expected": claim.expected,
            "assurance": self.assurance,
            "scope": claim.scope(self.profile),
            "cardinality": found.cardinality,
            "generated": found.generated,
            "satisfied": found.satisfied,
            "checked": found.checked,
            "counterexample": found.counterexample,
            "witness": claim.witness,
            "reason": claim.reason,
            "counts": dict(found.counts),
        }


def judge(claim: Claim, profile: Profile, ground: Ground) -> Result:
    """Look at a claim. What raises breaks the statement."""
    if claim.look is None:
        return Result(claim, profile, None)
    try:
        return Result(claim, profile, claim.look(profile, ground))
    except Exception as error:  # noqa: BLE001  (a fault of what the claim is about)
        if claim.is_refuted:
            return Result(claim, profile, Finding(1, 1, 1))
        words = f"raised {type(error).__name__}: {error}"
        return Result(claim, profile, Finding(1, 1, 1, words))
