"""Full merge by induction on the syntax, as most papers state it: a second opinion on projection.

Branches in which a role takes no part must lead to types that merge: equal ones do; two inputs of
one sender do, label by label, and keep the labels of both; recursions of one name do, if their
bodies do. Recursion is not unfolded, so that fewer types are projectable than by horizons.
Source: Yoshida, Denielou, Bejleri and Hu, Parameterised Multiparty Session Types, FoSSaCS 2010.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from antiphon.theory import local_type
from antiphon.theory.global_type import Comm, GlobalEnd, GlobalRec, GlobalType, GlobalVar
from antiphon.theory.local_type import END, Input, LocalRec, LocalType, LocalVar, input_, output


def project_inductively(
    root: GlobalType, roles: Iterable[str], *, plain: bool = False
) -> Mapping[str, LocalType] | None:
    """What each of ``roles`` has to do, also those that take no part; None if one cannot play its
    part by this merge. ``plain``: what is merged must be equal.
    """
    found: dict[str, LocalType] = {}
    for role in roles:
        part = _project(root, role, plain)
        if part is None:
            return None
        found[role] = part
    return found


@lru_cache(maxsize=65536)
def _project(node: GlobalType, role: str, plain: bool) -> LocalType | None:
    match node:
        case GlobalEnd():
            return END
        case GlobalVar(name=name):
            return local_type.var(name)
        case GlobalRec(name=name, body=inner):
            body = _project(inner, role, plain)
            if body is None or (isinstance(body, LocalVar) and body.name == name):
                return END if body else None
            return local_type.rec(name, body) if name in body.free else body
        case Comm():
            parts = [
                (label, sort, _project(then, role, plain)) for label, sort, then in node.branches
            ]
            whole = [(label, sort, part) for label, sort, part in parts if part is not None]
            if len(whole) < len(parts):
                return None
            if role == node.sender:
                return output(node.receiver, whole)
            if role == node.receiver:
                return input_(node.sender, whole)
            return _merged([part for _, _, part in whole], plain=plain)


def _merged(parts: Iterable[LocalType], *, plain: bool) -> LocalType | None:
    first, *others = parts
    for other in others:
        merged = (first if first is other else None) if plain else _merge(first, other)
        if merged is None:
            return None
        first = merged
    return first


def _merge(one: LocalType, other: LocalType) -> LocalType | None:
    if one is other:
        return one
    if isinstance(one, Input) and isinstance(other, Input) and one.peer == other.peer:
        known = {label: (sort, then) for label, sort, then in one.branches}
        for label, sort, then in other.branches:
            had, before = known.get(label, (sort, then))
            merged = _merge(before, then) if had is sort else None
            if merged is None:
                return None
            known[label] = sort, merged
        return input_(one.peer, [(label, sort, then) for label, (sort, then) in known.items()])
    if isinstance(one, LocalRec) and isinstance(other, LocalRec) and one.name == other.name:
        body = _merge(one.body, other.body)
        return body and local_type.rec(one.name, body)
    return None
