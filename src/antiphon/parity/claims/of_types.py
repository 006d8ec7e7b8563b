"""Claims about projections, without any machine: what every run of a small protocol keeps to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from itertools import permutations, product
from typing import Final

from antiphon.parity.claims.claim import PROFILES, Claim, Finding, Profile
from antiphon.parity.claims.explore import Configuration, Leads, explore, folded
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.inductive import project_inductively
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import (
    SCOPES,
    finding,
    projections,
    scope_words,
    smallest,
    stuck,
    unabsorbed,
)
from antiphon.theory.global_type import END, GlobalType, comm
from antiphon.theory.local_type import Input
from antiphon.theory.notation import one_line
from antiphon.theory.unfold import head
from antiphon.values.sort import UNIT


def head_only(here: Configuration, _: Leads) -> str:
    """What the earlier system asked for: what is in transit is taken at the head of the type."""
    for role, state in here.types:
        for sender, labels in here.incoming(role):
            if not isinstance(state, Input) or state.peer != sender:
                return f"{role} does not take {labels[0]} of {sender} first"
    return ""


def after_choices() -> Iterator[GlobalType]:
    """A chooses and tells B; then come two messages, or one, of whatever label."""
    shorter, longer = list(_lines(1)), list(_lines(2))
    for first, second in product(longer, shorter):
        yield comm("A", "B", (("a", UNIT, first), ("b", UNIT, second)))


def _lines(depth: int) -> Iterator[GlobalType]:
    """Everything of at most so many messages without a choice, short ones first."""
    yield END
    if depth:
        for then in _lines(depth - 1):
            for (sender, receiver), label in product(permutations("ABC", 2), "ab"):
                yield comm(sender, receiver, ((label, UNIT, then),))


def every_branch(_: Profile, ground: Ground) -> Finding:
    """The first such type in which not every choice of a peer leads to what is in transit."""
    check = partial(unabsorbed, undecided=all)
    types = projectable = states = 0
    for root in after_choices():
        types += 1
        local = projections(root, ground)
        if local is None:
            continue
        projectable += 1
        reached = explore(local, check)
        states += reached.states
        if reached.wrong:
            return Finding(types, projectable, states, f"{one_line(root)}: {reached.wrong}")
    return Finding(types, projectable, states)


# Inductive merge: the numbers of the earlier prototype ---------------------------------------


@cache
def _inductive(scope: Scope, ground: Ground) -> tuple[dict[str, int], str]:
    """The counts of a scope, and what is wrong first."""
    words = ("types", "full merge", "plain merge", "states", "edges")
    counts: dict[str, int] = dict.fromkeys(words, 0)
    wrong = ""
    for root in scope.types():
        counts["types"] += 1
        local = project_inductively(root, scope.names)
        if local is None:
            continue
        counts["full merge"] += 1
        counts["plain merge"] += project_inductively(root, scope.names, plain=True) is not None
        reached = explore(local, _bad, scope.bound, folded)
        counts["states"] += reached.states
        counts["edges"] += reached.edges
        said = reached.wrong
        if projections(root, ground) is None:
            said = "it is not projectable by horizons"
        wrong = wrong or (said and f"{one_line(root)}: {said}")
    return counts, wrong


def _bad(here: Configuration, leads: Leads) -> str:
    unfolded = Configuration(tuple((role, head(state)) for role, state in here.types), here.queues)
    return stuck(unfolded, leads) or unabsorbed(unfolded, leads)


def inductive(profile: Profile, ground: Ground) -> Finding:
    """Whatever inductive merge projects, projection does; and it runs as well."""
    found = [(scope, *_inductive(scope, ground)) for scope in SCOPES[profile]]
    return Finding(
        sum(counts["types"] for _, counts, _ in found),
        sum(counts["full merge"] for _, counts, _ in found),
        sum(counts["states"] for _, counts, _ in found),
        next((wrong for _, _, wrong in found if wrong), ""),
        sum(scope.cardinality for scope, _, _ in found),
        tuple((f"{scope}: {word}", n) for scope, counts, _ in found for word, n in counts.items()),
    )


def _scopes(*, recursive: bool = True) -> tuple[str, ...]:
    return tuple(scope_words(profile, recursive=recursive) for profile in PROFILES)


_PROJECTABLE: Final = ("the global type is projectable, by full merge",)
_WITNESS: Final = "A -> B {a. B -> C {a}, b. B -> C {b}}: C hears of the choice from B"

CLAIMS: Final = (
    Claim(
        "full-merge-sound",
        7,
        "Full merge is sound",
        "In every run of the projections nobody finds a message that it does not expect, and none"
        " is left over.",
        "parity/claims/survey.py unexpected",
        _PROJECTABLE,
        scopes=_scopes(),
        witness=_WITNESS,
        look=partial(finding, "full-merge-sound"),
    ),
    Claim(
        "inductive-merge",
        7,
        "Projection by horizons projects whatever inductive merge does",
        "A type that every role of the scope can play by inductive full merge is projectable; no"
        " run of what that merge gives deadlocks, and all that is in transit is absorbed. States"
        " are counted as the earlier prototype did: with recursion not unfolded.",
        "parity/claims/of_types.py inductive",
        ("the global type is projectable onto every role of the scope, by inductive full merge",),
        scopes=_scopes(),
        witness=_WITNESS,
        look=inductive,
    ),
    Claim(
        "absorb",
        9,
        "Whatever is in transit is absorbed",
        "In every configuration that projections reach, nothing keeps a role from taking what is in"
        " transit to it: as long as it goes on its type takes it in turn, or speaks to others;"
        " whatever it chooses itself, for some choice of each peer that has said nothing yet.",
        "parity/claims/absorption.py absorbs",
        _PROJECTABLE,
        scopes=_scopes(),
        witness=_WITNESS,
        look=partial(finding, "absorb"),
    ),
    Claim(
        "progress",
        11,
        "A session makes progress",
        "In every configuration that projections reach, somebody can go on or all is over.",
        "parity/claims/survey.py stuck",
        _PROJECTABLE,
        scopes=_scopes(),
        witness=_WITNESS,
        look=partial(finding, "progress"),
    ),
    Claim(
        "work",
        12,
        "Work is bounded",
        "W = 2 * (sum of depths) + (messages in transit) falls by 1 at least with each send and by"
        " 3 with each receive, so that no run has more than W steps.",
        "parity/claims/survey.py unpaid",
        (*_PROJECTABLE, "the type has no recursion"),
        scopes=_scopes(recursive=False),
        witness=_WITNESS,
        look=partial(finding, "work"),
    ),
    Claim(
        "C-HEADCOH-3PARTY",
        9,
        "Refuted: coherence at the head",
        "In every configuration that projections reach, what is in transit to a role is taken by"
        " the head of its type.",
        "parity/claims/of_types.py head_only",
        _PROJECTABLE,
        scopes=_scopes(),
        witness="A -> B {a}: whoever sends first need not have heard of anybody",
        look=partial(smallest, head_only),
        is_refuted=True,
    ),
    Claim(
        "C-ABSORB-EVERY",
        9,
        "Refuted: whatever is in transit is absorbed, whoever chooses what",
        "In every configuration that projections reach, nothing keeps a role from taking what is in"
        " transit to it, whatever is chosen by peers that have said nothing yet. (They may know by"
        " then that there is one choice only; of its type alone the role cannot.)",
        "parity/claims/of_types.py every_branch",
        _PROJECTABLE,
        scopes=("A chooses between two labels for B; then at most two messages, or one",),
        witness="A -> B {a, b}: whoever is at end absorbs nothing, and is sent nothing",
        look=every_branch,
        is_refuted=True,
    ),
)
