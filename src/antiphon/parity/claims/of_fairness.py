"""Claim 12, its other half: how long a run may take if every role has its turn."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Final

from antiphon.parity.claims.claim import PROFILES, Claim, Finding, Profile
from antiphon.parity.claims.explore import Configuration, start, steps
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import projections, work
from antiphon.theory.local_type import LocalType
from antiphon.theory.notation import one_line

SCOPES: Final = (
    (Scope(2, 2, 2), Scope(3, 1, 2)),
    (Scope(3, 2, 2), Scope(2, 1, 4), Scope(3, 1, 3), Scope(4, 1, 2)),
    (Scope(3, 2, 2), Scope(2, 2, 3), Scope(3, 1, 4), Scope(4, 1, 3)),
)


class Rounds:
    """The longest run of some types, if in each round each role has one turn, in any order."""

    def __init__(self, types: Mapping[str, LocalType]) -> None:
        self.first = start(types)
        self._roles = tuple(sorted(types))
        self._longest: dict[Configuration, int] = {}
        self._actions: dict[Configuration, int] = {}
        self.idle = False

    def longest(self, here: Configuration) -> int:
        """How many rounds there may be before nobody can go on; ``idle`` if nobody acts in one."""
        found = self._longest.get(here)
        if found is None:
            found = 0
            if any(True for _ in steps(here)):
                ends = {end for order in permutations(self._roles) for end in _round(here, order)}
                self.idle = self.idle or here in ends
                found = 1 + max((self.longest(end) for end in ends - {here}), default=0)
            self._longest[here] = found
        return found

    def actions(self, here: Configuration) -> int:
        """The most actions of a run."""
        found = self._actions.get(here)
        if found is None:
            found = max((1 + self.actions(there) for _, there in steps(here)), default=0)
            self._actions[here] = found
        return found


def _round(here: Configuration, order: tuple[str, ...]) -> set[Configuration]:
    """Where a round may lead; the turn of a role that cannot act is lost."""
    found = {here}
    for role in order:
        found = {
            there
            for place in found
            for there in [after for step, after in steps(place) if step.role == role] or [place]
        }
    return found


def fair(profile: Profile, ground: Ground) -> Finding:
    """The longest runs, over the types of a scope; the bound must be reached by some."""
    scopes = SCOPES[PROFILES.index(profile)]
    generated = satisfied = tight = 0
    for scope in scopes:
        for root in scope.types():
            generated += 1
            local = projections(root, ground)
            if local is None:
                continue
            satisfied += 1
            rounds = Rounds(local)
            longest, actions = rounds.longest(rounds.first), rounds.actions(rounds.first)
            tight += longest == actions > 0
            if rounds.idle or longest > actions or actions > work(rounds.first):
                words = f"{one_line(root)}: {longest} rounds for {actions} actions"
                return Finding(generated, satisfied, satisfied, words)
    wrong = "" if tight else "no type needs as many rounds as it has actions"
    cardinality = sum(scope.cardinality for scope in scopes)
    counts = (("types that reach the bound", tight),)
    return Finding(generated, satisfied, satisfied, wrong, cardinality, counts)


CLAIMS: Final = (
    Claim(
        "fair-bound",
        12,
        "A fair run is over in time",
        "If in each round each of k roles has one turn, in whatever order, somebody acts in each"
        " round, so that a run is over after as many rounds as it has actions, at most W, and after"
        " k * W turns; some types need as many rounds as they have actions.",
        "parity/claims/of_fairness.py fair",
        ("the global type is projectable, by full merge", "the type has no recursion"),
        scopes=tuple("; ".join(map(str, scopes)) for scopes in SCOPES),
        witness="A -> B {a}: if B has its turn first, two rounds",
        look=fair,
    ),
)
