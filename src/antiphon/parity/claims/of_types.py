"""Claims about projections, without any machine: what every run of a small protocol keeps to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Final, TypeAlias

from antiphon.errors import ProgramError
from antiphon.model.absorb import expected
from antiphon.parity.claims.claim import Claim, Finding, Profile
from antiphon.parity.claims.explore import Check, Configuration, Leads, explore
from antiphon.parity.claims.scope import Scope
from antiphon.theory.global_type import GlobalType
from antiphon.theory.local_type import Input, LocalType, Output, children
from antiphon.theory.notation import one_line
from antiphon.theory.projection import Merge, project_all

Project: TypeAlias = Callable[[GlobalType], Mapping[str, LocalType] | None]

_FULL: Final = (
    Scope(2, 2, 3),
    Scope(3, 1, 5),
    Scope(3, 2, 2),
    Scope(3, 2, 2, is_recursive=True, bound=2),
    Scope(3, 1, 3, is_recursive=True, bound=3),
    Scope(4, 1, 3),
    Scope(4, 2, 2),
)
SCOPES: Final[Mapping[Profile, tuple[Scope, ...]]] = {
    "quick": (Scope(3, 2, 2), Scope(2, 1, 3), Scope(3, 1, 2, is_recursive=True, bound=2)),
    "full": _FULL,
    "deep": (*_FULL, Scope(3, 3, 2)),
}


def projections(root: GlobalType, merge: Merge = "full") -> Mapping[str, LocalType] | None:
    """What each role has to do; None if some role cannot play its part."""
    try:
        return {role: found.local_type for role, found in project_all(root, merge).items()}
    except ProgramError:
        return None


# What every configuration keeps to -----------------------------------------------------------


def stuck(here: Configuration, leads: Leads) -> str:
    """Claim 11: somebody can go on, or all is over."""
    return "" if leads or here.is_over else "nobody can go on"


def unexpected(here: Configuration, _: Leads) -> str:
    """Claim 7: nobody finds a message that it does not expect, and none is left over."""
    for role, state in here.types:
        transit = dict(here.incoming(role))
        if isinstance(state, Input):
            queue = transit.get(state.peer)
            if queue and queue[0] not in [label for label, _, _ in state.branches]:
                return f"{role} does not expect {queue[0]}"
        elif transit and not isinstance(state, Output):
            return f"{role} is at end and is sent a message"
    return ""


def unabsorbed(here: Configuration, _: Leads) -> str:
    """Claim 9: ``absorb``, as the model looks at it after every step."""
    for role, state in here.types:
        transit = here.incoming(role)
        if transit and expected(state, transit) is None:
            return f"{role} does not absorb what is in transit to it"
    return ""


def unpaid(here: Configuration, leads: Leads) -> str:
    """Claim 12: each send lowers W by 1 at least, each receive by 3; W is 2 depths + messages."""
    for step, there in leads:
        if work(here) - work(there) < (1 if step.is_send else 3):
            return f"W does not fall enough when {step.role} goes on with {step.label}"
    return ""


def work(here: Configuration) -> int:
    """W: twice the depths of all types, and the messages in transit."""
    depths = sum(depth(state) for _, state in here.types)
    return 2 * depths + sum(len(labels) for _, labels in here.queues)


@lru_cache(maxsize=65536)
def depth(state: LocalType) -> int:
    """The most actions on a path of a type without recursion."""
    return max((1 + depth(part) for part in children(state)), default=0)


def head_only(here: Configuration, _: Leads) -> str:
    """What the earlier system asked for: what is in transit is taken at the head of the type."""
    for role, state in here.types:
        for sender, labels in here.incoming(role):
            if not isinstance(state, Input) or state.peer != sender:
                return f"{role} does not take {labels[0]} of {sender} first"
    return ""


CHECKS: Final[Mapping[str, Check]] = {
    "absorb": unabsorbed,
    "full-merge-sound": unexpected,
    "progress": stuck,
    "work": unpaid,
}


# Going through scopes ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Survey:
    """What going through one scope came to. ``wrong`` has what breaks each of ``CHECKS`` first."""

    types: int
    projectable: int
    plain: int
    states: int
    edges: int
    wrong: Mapping[str, str]


@cache
def survey(scope: Scope, project: Project = projections) -> Survey:
    """Everything that can happen in every projectable type of a scope."""
    types = projectable = plain = states = edges = 0
    wrong: dict[str, str] = {}
    for root in scope.types():
        types += 1
        local = project(root)
        if local is None:
            continue
        projectable += 1
        plain += projections(root, "plain") is not None
        checks = {
            name: check
            for name, check in CHECKS.items()
            if name not in wrong and not (name == "work" and scope.is_recursive)
        }
        found: dict[str, str] = {}
        reached = explore(local, partial(_all, checks, found), scope.bound)
        states += reached.states
        edges += reached.edges
        wrong.update({name: f"{one_line(root)}: {words}" for name, words in found.items()})
    return Survey(types, projectable, plain, states, edges, wrong)


def _all(
    checks: Mapping[str, Check], found: dict[str, str], here: Configuration, leads: Leads
) -> str:
    for name, check in checks.items():
        if name not in found:
            wrong = check(here, leads)
            if wrong:
                found[name] = wrong
    return ""


def finding(name: str, profile: Profile, project: Project = projections) -> Finding:
    """What the scopes of a profile say about one of ``CHECKS``."""
    scopes = [one for one in SCOPES[profile] if not (name == "work" and one.is_recursive)]
    found = [survey(scope, project) for scope in scopes]
    counts = {
        f"{scope}: {word}": number
        for scope, one in zip(scopes, found, strict=True)
        for word, number in (
            ("types", one.types),
            ("projectable, full merge", one.projectable),
            ("projectable, plain merge", one.plain),
            ("states", one.states),
            ("edges", one.edges),
        )
    }
    return Finding(
        sum(one.types for one in found),
        sum(one.projectable for one in found),
        sum(one.edges if name == "work" else one.states for one in found),
        next((one.wrong[name] for one in found if name in one.wrong), ""),
        sum(scope.cardinality for scope in scopes),
        tuple(counts.items()),
    )


def smallest(check: Check, profile: Profile) -> Finding:
    """The first type of small scopes in which a refuted statement does not hold."""
    types = projectable = states = 0
    for scope in (Scope(2, 2, 2), Scope(3, 1, 2), *SCOPES[profile]):
        for root in scope.types():
            types += 1
            local = projections(root)
            if local is None:
                continue
            projectable += 1
            reached = explore(local, check, scope.bound)
            states += reached.states
            if reached.wrong:
                return Finding(types, projectable, states, f"{one_line(root)}: {reached.wrong}")
    return Finding(types, projectable, states)


def _scopes(*, recursive: bool = True) -> tuple[str, str, str]:
    def words(profile: Profile) -> str:
        return "; ".join(str(s) for s in SCOPES[profile] if recursive or not s.is_recursive)

    return words("quick"), words("full"), words("deep")


_PROJECTABLE: Final = ("the global type is projectable, by full merge",)
_WITNESS: Final = "A -> B {a. B -> C {a}, b. B -> C {b}}: C hears of the choice from B"

CLAIMS: Final = (
    Claim(
        "full-merge-sound",
        7,
        "Full merge is sound",
        "In every run of the projections nobody finds a message that it does not expect, and none"
        " is left over.",
        "parity/claims/of_types.py unexpected",
        _PROJECTABLE,
        scopes=_scopes(),
        witness=_WITNESS,
        look=partial(finding, "full-merge-sound"),
    ),
    Claim(
        "absorb",
        9,
        "Whatever is in transit is absorbed",
        "In every configuration that projections reach, each role will take all that is in transit"
        " to it, whatever anybody chooses.",
        "model/absorb.py expected",
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
        "parity/claims/of_types.py stuck",
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
        "parity/claims/of_types.py unpaid",
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
        witness="A -> B {a. C -> B {a}}: C may send before B has heard of A",
        look=partial(smallest, head_only),
        is_refuted=True,
    ),
)
