"""Projection: what one role has to do, out of what all do together.

*Full merge* (the default) determinises each role's view of the conversation: its states are
horizons (sets of positions that it cannot tell apart), at each of which it must be able to act
alike (``merge``). This is coinductive full merge; for directed choice it meets the Send and
Receive Validity of Li, Stutz, Wies and Zufferey, Complete Multiparty Session Type Projection with
Automata, CAV 2023, which make the projections together do exactly the runs of the global type.
See also Majumdar, Mukund, Stutz and Zufferey, CONCUR 2021; Yoshida, Denielou, Bejleri and Hu,
FoSSaCS 2010.

*Plain merge* is the inductive one of Honda, Yoshida and Carbone, POPL 2008: in a choice that does
not involve the role, all branches must have the same projection.

A role that takes no part in a loop is not in its projection; a role that never acts has ``end``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias

from antiphon.errors import Diagnostic, Refusal
from antiphon.theory import global_type, local_type
from antiphon.theory.conflict import UNMERGEABLE, Conflict, Unmergeable, find_conflict
from antiphon.theory.global_type import Comm, GlobalEnd, GlobalRec, GlobalType, GlobalVar
from antiphon.theory.horizon import TOO_LARGE, Horizon, Horizons
from antiphon.theory.local_type import END, LocalType, LocalVar
from antiphon.theory.merge import Disagreement, Merged, merge_full, merge_plain
from antiphon.theory.node import building
from antiphon.theory.positions import positions
from antiphon.theory.readback import read_back
from antiphon.theory.wellformed import require_global

Merge: TypeAlias = Literal["full", "plain"]
CONFLICTS_MAX: Final = 20
"""For how many roles it is said why they cannot play their part."""


@dataclass(frozen=True, slots=True)
class Projection:
    """What ``role`` has to do."""

    role: str
    local_type: LocalType


def project(root: GlobalType, role: str, merge: Merge = "full") -> Projection:
    """The projection onto one role; ``end`` for a role that takes no part.

    Raises ``ProgramError`` if ``root`` is not well-formed, and its child ``Unmergeable`` (code
    ``unmergeable``) with two runs that the role cannot tell apart.
    """
    return _project(root, (role,), merge)[role]


def project_all(root: GlobalType, merge: Merge = "full") -> dict[str, Projection]:
    """The projections onto all roles, in order of first appearance; raises as ``project``, with
    one problem for each role that cannot play its part, up to ``CONFLICTS_MAX`` of them.
    """
    return _project(root, global_type.roles(root), merge)


def _project(root: GlobalType, roles: tuple[str, ...], merge: Merge) -> dict[str, Projection]:
    require_global(root)
    result: dict[str, Projection] = {}
    conflicts: list[Conflict] = []
    others: list[Diagnostic] = []
    with building():
        try:
            horizons = Horizons(positions(root)) if merge == "full" else None
        except Refusal as wrong:
            raise Unmergeable((), (_too_large(f"the projection was given up: {wrong}"),)) from None
        for role in roles:
            found = _plain(root, role) if horizons is None else _full(horizons, role)
            if isinstance(found, Conflict):
                conflicts.append(found)
            elif isinstance(found, Diagnostic):
                others.append(found)
            else:
                result[role] = Projection(role, found)
            if len(conflicts) + len(others) == CONFLICTS_MAX and role != roles[-1]:
                others.append(_ENOUGH)
                break
    if conflicts or others:
        raise Unmergeable(tuple(conflicts), tuple(others))
    return result


class _Stuck(Exception):
    """The role would have to act in two ways."""


def _full(horizons: Horizons, role: str) -> LocalType | Conflict | Diagnostic:
    def action(state: Horizon) -> Merged | None:
        merged = merge_full(horizons, state, role)
        if isinstance(merged, Disagreement):
            raise _Stuck
        return merged

    name = _Names(horizons, role)
    try:
        return read_back(horizons.start(role), action, name, horizons.states_max)
    except Refusal as wrong:
        return _too_large(f"{role} would need a program far longer than the protocol: {wrong}")
    except _Stuck:
        pass
    try:
        return find_conflict(horizons, role)
    except Refusal as wrong:
        return _too_large(f"{role} cannot tell two runs apart, which cannot be shown: {wrong}")


class _Names:
    """The name of the loop that begins at a state of ``role``; None where none does."""

    def __init__(self, horizons: Horizons, role: str) -> None:
        self._horizons = horizons
        self._role = role

    def __call__(self, state: Horizon) -> str | None:
        graph = self._horizons.graph
        if isinstance(state, int) and state in graph.looping:
            return graph.names[state][0]
        return self._others.get(state)

    @cached_property
    def _others(self) -> dict[Horizon, str]:
        names: dict[Horizon, str] = {}
        for position, state in self._horizons.loops(self._role):
            names.setdefault(state, self._horizons.graph.names[position][0])
        return names


def _too_large(message: str) -> Diagnostic:
    advice = "let the roles hear which branch was taken soon after the choice"
    return Diagnostic(TOO_LARGE, message, help=advice)


_ENOUGH: Final = Diagnostic(
    UNMERGEABLE,
    f"these are {CONFLICTS_MAX} roles that cannot play their part; the others were not tried",
    help="repair the first ones and try again",
)


def _plain(root: GlobalType, role: str) -> LocalType | Diagnostic:
    done: dict[GlobalType, LocalType] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        parts = [done.get(child) for child in global_type.children(node)]
        if node in done:
            stack.pop()
        elif None in parts:
            stack.extend(child for child in global_type.children(node) if child not in done)
        else:
            found = _plain_clause(node, tuple(part for part in parts if part is not None), role)
            if isinstance(found, Diagnostic):
                return found
            done[stack.pop()] = found
    return done[root]


def _plain_clause(
    node: GlobalType, parts: tuple[LocalType, ...], role: str
) -> LocalType | Diagnostic:
    """One clause per constructor, given the projections of the immediate subterms."""
    match node:
        case GlobalEnd():
            return END
        case GlobalVar():
            return local_type.var(node.name)
        case GlobalRec():
            body = parts[0]
            if isinstance(body, LocalVar) and body.name == node.name:
                return END
            return local_type.rec(node.name, body) if node.name in body.free else body
        case Comm():
            branches = tuple(
                (label, sort, part)
                for (label, sort, _), part in zip(node.branches, parts, strict=True)
            )
            if role == node.sender:
                return local_type.output(node.receiver, branches)
            if role == node.receiver:
                return local_type.input_(node.sender, branches)
            merged = merge_plain(parts)
            if merged is not None:
                return merged
            labels = ", ".join(label for label, _, _ in node.branches)
            return Diagnostic(
                UNMERGEABLE,
                f"{role} does not go on equally in all branches of "
                f"{node.sender} -> {node.receiver} {{{labels}}}, as plain merge requires",
                help="tell the role which branch was taken, or use full merge",
            )
