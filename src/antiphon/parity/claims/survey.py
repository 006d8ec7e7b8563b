"""Going through every type of a scope: what is projectable, and everything that can happen then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Final

from antiphon.errors import ProgramError
from antiphon.parity.claims.absorption import Needed, absorbs
from antiphon.parity.claims.claim import Finding, Profile
from antiphon.parity.claims.explore import Check, Configuration, Leads, explore
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.scope import Scope
from antiphon.theory.global_type import GlobalType, roles
from antiphon.theory.local_type import Input, LocalType, Output, children
from antiphon.theory.notation import one_line

_FULL: Final = (
    Scope(2, 2, 3),
    Scope(3, 1, 5),
    Scope(3, 2, 2),
    Scope(3, 2, 2, is_recursive=True, bound=2),
    Scope(3, 1, 3, is_recursive=True, bound=3),
    Scope(4, 1, 3),
)
SCOPES: Final[Mapping[Profile, tuple[Scope, ...]]] = {
    "quick": (Scope(3, 2, 2), Scope(2, 1, 3), Scope(3, 1, 2, is_recursive=True, bound=2)),
    "full": _FULL,
    "deep": (*_FULL, Scope(4, 2, 2), Scope(3, 3, 2)),
}


def projections(root: GlobalType, ground: Ground) -> Mapping[str, LocalType] | None:
    """What each role has to do, by full merge; None if some role cannot play its part.

    What cannot be merged is seen first, at the horizons: to find out why takes much longer.
    """
    if not _merges(root, ground):
        return None
    try:
        found = ground.module("theory.projection").project_all(root)
    except ProgramError:
        return None
    return {role: one.local_type for role, one in found.items()}


def _merges(root: GlobalType, ground: Ground) -> bool:
    """Whether every role can act alike at all positions that it cannot tell apart."""
    merge, horizon = ground.module("theory.merge"), ground.module("theory.horizon")
    horizons = horizon.Horizons(ground.module("theory.positions").positions(root))
    for role in roles(root):
        first = horizons.start(role)
        seen, waiting = {first}, [first]
        while waiting:
            merged = merge.merge_full(horizons, waiting.pop(), role)
            if isinstance(merged, merge.Disagreement):
                return False
            for _, _, there in merged.branches if merged else ():
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
    return True


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


def unabsorbed(here: Configuration, _: Leads, undecided: Needed = any) -> str:
    """Claim 9: ``absorb``, straight from its definition."""
    for role, state in here.types:
        transit = here.incoming(role)
        if transit and not absorbs(state, dict(transit), undecided):
            return f"{role} does not absorb what is in transit to it"
    return ""


def unpaid(here: Configuration, leads: Leads) -> str:
    """Claim 12: each send lowers W by 1 at least, each receive by 3; W is 2 depths + messages."""
    for step, there in leads:
        if work(here) - work(there) < (1 if step.is_send else 3):
            return f"W does not fall enough when {step}"
    return ""


def work(here: Configuration) -> int:
    """W: twice the depths of all types, and the messages in transit."""
    depths = sum(depth(state) for _, state in here.types)
    return 2 * depths + sum(len(labels) for _, labels in here.queues)


@lru_cache(maxsize=65536)
def depth(state: LocalType) -> int:
    """The most actions on a path of a type without recursion."""
    return max((1 + depth(part) for part in children(state)), default=0)


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
    states: int
    edges: int
    wrong: Mapping[str, str]


@cache
def survey(scope: Scope, ground: Ground) -> Survey:
    """Everything that can happen in every projectable type of a scope."""
    types = projectable = states = edges = 0
    wrong: dict[str, str] = {}
    for root in scope.types():
        types += 1
        local = projections(root, ground)
        if local is None:
            continue
        projectable += 1
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
    return Survey(types, projectable, states, edges, wrong)


def _all(
    checks: Mapping[str, Check], found: dict[str, str], here: Configuration, leads: Leads
) -> str:
    for name, check in checks.items():
        if name not in found:
            wrong = check(here, leads)
            if wrong:
                found[name] = wrong
    return ""


def finding(name: str, profile: Profile, ground: Ground) -> Finding:
    """What the scopes of a profile say about one of ``CHECKS``."""
    scopes = [one for one in SCOPES[profile] if not (name == "work" and one.is_recursive)]
    found = [survey(scope, ground) for scope in scopes]
    counts = {
        f"{scope}: {word}": number
        for scope, one in zip(scopes, found, strict=True)
        for word, number in (
            ("types", one.types),
            ("projectable", one.projectable),
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


def scope_words(profile: Profile, *, recursive: bool = True) -> str:
    """The scopes of a profile, in words."""
    return "; ".join(str(s) for s in SCOPES[profile] if recursive or not s.is_recursive)


def smallest(check: Check, profile: Profile, ground: Ground) -> Finding:
    """The first type of small scopes in which a refuted statement does not hold."""
    types = projectable = states = 0
    for scope in (Scope(2, 2, 2), Scope(3, 1, 2), *SCOPES[profile]):
        for root in scope.types():
            types += 1
            local = projections(root, ground)
            if local is None:
                continue
            projectable += 1
            reached = explore(local, check, scope.bound)
            states += reached.states
            if reached.wrong:
                return Finding(types, projectable, states, f"{one_line(root)}: {reached.wrong}")
    return Finding(types, projectable, states)
