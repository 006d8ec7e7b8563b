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
from typing import Literal, TypeAlias

from antiphon.errors import Diagnostic, Refusal
from antiphon.theory import global_type, local_type
from antiphon.theory.conflict import UNMERGEABLE, Conflict, Unmergeable, find_conflict
from antiphon.theory.global_type import Comm, GlobalEnd, GlobalRec, GlobalType, GlobalVar
from antiphon.theory.horizon import Horizon, Horizons
from antiphon.theory.local_type import END, LocalType, LocalVar
from antiphon.theory.merge import Disagreement, Merged, merge_full, merge_plain
from antiphon.theory.node import building
from antiphon.theory.positions import positions
from antiphon.theory.readback import read_back
from antiphon.theory.wellformed import require_global

Merge: TypeAlias = Literal["full", "plain"]


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
    one problem for each role that cannot play its part.
    """
    return _project(root, global_type.roles(root), merge)


def _project(root: GlobalType, roles: tuple[str, ...], merge: Merge) -> dict[str, Projection]:
    require_global(root)
    result: dict[str, Projection] = {}
    conflicts: list[Conflict] = []
    others: list[Diagnostic] = []
    with building():
        horizons = Horizons(positions(root)) if merge == "full" else None
        for role in roles:
            found = _plain(root, role) if horizons is None else _full(horizons, role)
            if isinstance(found, Conflict):
                conflicts.append(found)
            elif isinstance(found, Diagnostic):
                others.append(found)
            else:
                result[role] = Projection(role, found)
    if conflicts or others:
        raise Unmergeable(tuple(conflicts), tuple(others))
    return result


def _full(horizons: Horizons, role: str) -> LocalType | Conflict | Diagnostic:
    def action(state: Horizon) -> Merged | None:
        merged = merge_full(horizons, state, role)
        if isinstance(merged, Disagreement):
            raise Unmergeable((find_conflict(horizons, role),))
        return merged

    names: dict[Horizon, str] = {}
    for position, state in horizons.loops(role):
        name = horizons.graph.names[position][0]
        if state == position:
            names[state] = name
        else:
            names.setdefault(state, name)
    try:
        return read_back(horizons.start(role), action, names, horizons.states_max)
    except Unmergeable as wrong:
        return wrong.conflicts[0]
    except Refusal as wrong:
        return Diagnostic(
            wrong.code,
            f"{role} would need a program far longer than the protocol: {wrong}",
            help="let the role hear which branch was taken soon after the choice",
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
