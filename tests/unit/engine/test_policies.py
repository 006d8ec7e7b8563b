"""The flow policy in tables."""

import pytest

from antiphon.engine.policies import FlowTable
from antiphon.machine.flow_policy import (
    All,
    AllowAll,
    AllowRoles,
    Any,
    DenyAll,
    DenyRoles,
    EndpointRoleMatchesTarget,
    FactContains,
    FlowPolicy,
    FlowPredicate,
    Predicate,
    PredicateExpr,
    TargetRolePrefix,
)

SAME = EndpointRoleMatchesTarget()


@pytest.mark.parametrize(
    ("policy", "to_a", "to_b"),
    [
        (AllowAll(), True, True),
        (DenyAll(), False, False),
        (AllowRoles(("A", "C")), True, False),
        (DenyRoles(("A", "C")), False, True),
        (Predicate("own"), True, False),
        (PredicateExpr(TargetRolePrefix("B")), False, True),
        (PredicateExpr(FactContains("ac")), True, True),
        (PredicateExpr(All(())), True, True),
        (PredicateExpr(Any(())), False, False),
        (PredicateExpr(All((FactContains("f"), SAME))), True, False),
        (PredicateExpr(Any((TargetRolePrefix("B"), All((SAME, FactContains("x")))))), False, True),
    ],
)
def test_policies(policy: FlowPolicy, *, to_a: bool, to_b: bool) -> None:
    """Each variant, for a fact at the endpoint of A."""
    table = FlowTable(policy, (("own", SAME),))
    assert table.allows("A", "fact", "A") is to_a
    assert table.allows("A", "fact", "B") is to_b


def test_a_predicate_as_deep_as_may_be() -> None:
    """Depth costs no recursion."""
    predicate: FlowPredicate = SAME
    for _ in range(3000):
        predicate = All((predicate, Any((predicate,)))) if _ < 3 else Any((predicate,))
    table = FlowTable(PredicateExpr(predicate))
    assert table.allows("A", "", "A")
    assert not table.allows("A", "", "B")
