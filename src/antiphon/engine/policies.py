"""The flow policy in tables: a policy is a list of rows, evaluated from the first to the last.

A row is a test, a text and a range of earlier rows; what the last row says, the policy says. ``IN``
asks for the target among a set of names, ``ALL`` and ``ANY`` for the rows of the range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from antiphon.machine import flow_policy as public

IN: Final = 0
NOT_IN: Final = 1
STARTS: Final = 2
CONTAINS: Final = 3
SAME: Final = 4
ALL: Final = 5
ANY: Final = 6


class _Row(NamedTuple):
    test: int
    text: str = ""
    names: frozenset[str] = frozenset()
    first: int = 0
    parts: int = 0


class FlowTable:
    """What may go where."""

    def __init__(
        self,
        policy: public.FlowPolicy,
        predicates: Iterable[tuple[str, public.FlowPredicate]] = (),
    ) -> None:
        self._rows: list[_Row] = []
        self._add(policy, dict(predicates))

    def allows(self, role: str, fact: str, target: str) -> bool:
        """Whether a fact known at the endpoint of ``role`` may go to ``target``."""
        found: list[bool] = []
        for test, text, names, first, parts in self._rows:
            if test == IN:
                result = target in names
            elif test == NOT_IN:
                result = target not in names
            elif test == STARTS:
                result = target[: len(text)] == text
            elif test == CONTAINS:
                result = fact.find(text) >= 0
            elif test == SAME:
                result = role == target
            else:
                held = sum(found[first : first + parts])
                result = held == parts if test == ALL else held > 0
            found.append(result)
        return found[-1]

    def _add(self, policy: public.FlowPolicy, named: Mapping[str, public.FlowPredicate]) -> None:
        match policy:
            case public.AllowAll():
                self._rows.append(_Row(ALL))
            case public.DenyAll():
                self._rows.append(_Row(ANY))
            case public.AllowRoles(roles):
                self._rows.append(_Row(IN, names=frozenset(roles)))
            case public.DenyRoles(roles):
                self._rows.append(_Row(NOT_IN, names=frozenset(roles)))
            case public.Predicate(name):
                self._add_predicate(named[name])
            case public.PredicateExpr(predicate):
                self._add_predicate(predicate)

    def _add_predicate(self, root: public.FlowPredicate) -> None:
        """Level by level from the root, then turned round: parts stand before the whole, and the
        parts of one whole side by side.
        """
        order, at = [root], 0
        firsts: list[tuple[int, int]] = []
        while at < len(order):
            one = order[at]
            parts = one.parts if isinstance(one, public.All | public.Any) else ()
            firsts.append((len(order), len(parts)))
            order += parts
            at += 1
        size = len(order)
        for place in reversed(range(size)):
            first, count = firsts[place]
            self._rows.append(_row(order[place], size - first - count, count))


def _row(predicate: public.FlowPredicate, first: int, count: int) -> _Row:
    match predicate:
        case public.TargetRolePrefix(prefix):
            return _Row(STARTS, prefix)
        case public.FactContains(text):
            return _Row(CONTAINS, text)
        case public.EndpointRoleMatchesTarget():
            return _Row(SAME)
        case public.All():
            return _Row(ALL, first=first, parts=count)
        case public.Any():
            return _Row(ANY, first=first, parts=count)
