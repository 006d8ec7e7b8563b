"""The flow policy in tables: a policy is a list of rows, evaluated from the first to the last.

A row is a test, a text and a range of earlier rows; what the last row says, the policy says. ``IN``
asks for the target among a set of names, ``ALL`` and ``ANY`` for the rows of the range; ``NAMED``
and ``GIVEN`` say what the row before them says. The last row is that of the policy itself, so that
a policy can be read back from its rows.
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
NAMED: Final = 7
GIVEN: Final = 8

POLICY: Final[dict[type[public.FlowPolicy], int]] = {
    public.AllowAll: ALL,
    public.DenyAll: ANY,
    public.AllowRoles: IN,
    public.DenyRoles: NOT_IN,
    public.Predicate: NAMED,
    public.PredicateExpr: GIVEN,
}
"""The test of each policy; that everything of nothing holds, and that nothing does."""
PREDICATE: Final[dict[type[public.FlowPredicate], int]] = {
    public.TargetRolePrefix: STARTS,
    public.FactContains: CONTAINS,
    public.EndpointRoleMatchesTarget: SAME,
    public.All: ALL,
    public.Any: ANY,
}
"""The test of each predicate."""


class Row(NamedTuple):
    """A test, and what it needs: a text, names, or ``parts`` earlier rows from ``first`` on."""

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
        self._rows: list[Row] = []
        self._add(policy, dict(predicates))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows, that of the policy last."""
        return tuple(self._rows)

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
            elif test in (NAMED, GIVEN):
                result = found[-1]
            else:
                held = sum(found[first : first + parts])
                result = held == parts if test == ALL else held > 0
            found.append(result)
        return found[-1]

    def _add(self, policy: public.FlowPolicy, named: Mapping[str, public.FlowPredicate]) -> None:
        test = POLICY[type(policy)]
        match policy:
            case public.AllowAll() | public.DenyAll():
                row = Row(test)
            case public.AllowRoles(roles) | public.DenyRoles(roles):
                row = Row(test, names=frozenset(roles))
            case public.Predicate(name):
                self._add_predicate(named[name])
                row = Row(test, name)
            case public.PredicateExpr(predicate):
                self._add_predicate(predicate)
                row = Row(test)
        self._rows.append(row)

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


def _row(predicate: public.FlowPredicate, first: int, count: int) -> Row:
    test = PREDICATE[type(predicate)]
    match predicate:
        case public.TargetRolePrefix(text) | public.FactContains(text):
            return Row(test, text)
        case _:
            return Row(test, first=first, parts=count)
