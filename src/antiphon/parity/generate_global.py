"""Random global types that are projectable by construction.

Whoever acts knows the branch it is in. After a choice every role that goes on is told, by a role
that knows, under a label of the branch; or all branches go on alike; or the branches are a loop
between two roles, and the others are told when it ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from antiphon.parity.source import Source
from antiphon.theory.global_type import END, Comm, GlobalType, comm, message, rec, var
from antiphon.values.sort import BOOL, NAT, STR, UNIT, Sort, named, product

ROLES = ("A", "B", "C", "D", "E")
_LABELS = ("a", "b", "c", "ok", "1", "")
USER_SORTS = (named("int"), named("float"))
_ATOMS = (UNIT, NAT, BOOL, STR, *USER_SORTS)
_LOOPS = ("X", "Y", "Z")


@dataclass(frozen=True, slots=True)
class _Scope:
    """Who knows the branch; each enclosing recursion, with those who must know to go back to it."""

    roles: tuple[str, ...]
    loops: tuple[tuple[str, frozenset[str]], ...] = ()

    def entering(self, name: str) -> _Scope:
        outer = tuple(loop for loop in self.loops if loop[0] != name)
        return replace(self, loops=(*outer, (name, frozenset(self.roles))))

    def narrowed(self, roles: tuple[str, ...]) -> _Scope:
        return replace(self, roles=roles)


def global_type(source: Source) -> GlobalType:
    """A closed, projectable global type with at least one communication."""
    scope = _Scope(ROLES[: 2 + source.pick((0, 1, 1, 2, 3))])
    fuel = 1 + source.below(8)
    if source.chance(30):
        return _recursion(source, scope, fuel)
    return _action(source, scope, fuel)


def sort(source: Source, depth: int = 2) -> Sort:
    """A payload sort."""
    if depth and source.chance(15):
        return product(sort(source, depth - 1), sort(source, depth - 1))
    return source.pick(_ATOMS)


def _type(source: Source, scope: _Scope, fuel: int) -> GlobalType:
    if fuel <= 0:
        return _leaf(source, scope)
    match source.below(8):
        case 0:
            return _leaf(source, scope)
        case 6 | 7:
            return _recursion(source, scope, fuel)
        case _:
            return _action(source, scope, fuel)


def _leaf(source: Source, scope: _Scope) -> GlobalType:
    back = [name for name, roles in scope.loops if roles <= frozenset(scope.roles)]
    return source.pick((END, *map(var, back)))


def _recursion(source: Source, scope: _Scope, fuel: int) -> GlobalType:
    name = source.pick(_LOOPS)
    if len(scope.roles) > 2 and source.chance(20):
        scope = scope.narrowed(_some(source, scope.roles, 2))
    inner = scope.entering(name)
    body = _private(source, inner, fuel, name) if source.chance(30) else None
    return rec(name, body or _action(source, inner, fuel))


def _action(source: Source, scope: _Scope, fuel: int) -> Comm:
    sender, receiver = _some(source, scope.roles, 2)[:2]
    match source.below(6):
        case 4:
            return _told(source, scope, fuel, (sender, receiver))
        case 5:
            return _joined(source, scope, fuel, (sender, receiver))
        case _:
            then = _type(source, scope, fuel - 1)
            return message(sender, receiver, source.pick(_LABELS), then, sort(source))


def _told(source: Source, scope: _Scope, fuel: int, pair: tuple[str, str]) -> Comm:
    """A choice after which every role that goes on is told the label."""
    others = tuple(role for role in scope.roles if role not in pair)
    if source.chance(20):
        others = others[: source.below(len(others) + 1)]
    tellers = _tellers(source, pair, others)
    inner = scope.narrowed((*pair, *others))
    labels = _labels(source)
    share = (fuel - 1) // len(labels)
    return comm(
        *pair,
        [
            (label, sort(source), _tell(source, tellers, label, _type(source, inner, share)))
            for label in labels
        ],
    )


def _joined(source: Source, scope: _Scope, fuel: int, pair: tuple[str, str]) -> Comm:
    """A choice that only the two know of: after a few messages between them, all goes on alike."""
    then = _type(source, scope, fuel - 2)
    return comm(
        *pair,
        [(label, sort(source), _between(source, pair, then)) for label in _labels(source)],
    )


def _private(source: Source, scope: _Scope, fuel: int, name: str) -> Comm:
    """The body of a loop between two roles; the others are told when it ends."""
    roles = _some(source, scope.roles, 2)
    pair, others = (
        (roles[0], roles[1]),
        tuple(role for role in scope.roles if role not in roles[:2]),
    )
    done = _tell(source, _tellers(source, pair, others), "done", _type(source, scope, fuel - 2))
    more = _between(source, pair, var(name))
    return comm(*pair, (("more", sort(source), more), ("done", sort(source), done)))


def _between(source: Source, pair: tuple[str, str], then: GlobalType) -> GlobalType:
    for _ in range(source.below(3)):
        sender, receiver = source.pick((pair, pair[::-1]))
        then = message(sender, receiver, source.pick(_LABELS), then, sort(source))
    return then


def _tellers(
    source: Source, pair: tuple[str, str], others: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """For each other role, in the order of telling, who tells it: one who knows by then."""
    known = list(pair)
    found: list[tuple[str, str]] = []
    for role in others:
        found.append((source.pick(known), role))
        known.append(role)
    return tuple(found)


def _tell(
    source: Source, tellers: tuple[tuple[str, str], ...], label: str, then: GlobalType
) -> GlobalType:
    for teller, role in reversed(tellers):
        then = message(teller, role, label, then, sort(source))
    return then


def _labels(source: Source) -> tuple[str, ...]:
    start, count = source.below(len(_LABELS)), 2 + source.chance(30)
    return tuple(_LABELS[(start + step) % len(_LABELS)] for step in range(count))


def _some(source: Source, roles: tuple[str, ...], least: int) -> tuple[str, ...]:
    """At least ``least`` different roles, in any order."""
    rest = list(roles)
    count = least + source.below(len(roles) - least + 1)
    return tuple(rest.pop(source.below(len(rest))) for _ in range(count))
