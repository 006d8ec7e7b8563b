"""The flow policy in the model, variant by variant."""

import pytest

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
    Predicate,
    PredicateExpr,
    TargetRolePrefix,
)
from antiphon.model.knowledge import Flow, allows, holds

SAME = EndpointRoleMatchesTarget()


@pytest.mark.parametrize(
    ("policy", "to_a", "to_b"),
    [
        (AllowAll(), True, True),
        (DenyAll(), False, False),
        (AllowRoles(("A",)), True, False),
        (DenyRoles(("A",)), False, True),
        (Predicate("own"), True, False),
        (PredicateExpr(TargetRolePrefix("B")), False, True),
    ],
)
def test_policies(policy: FlowPolicy, *, to_a: bool, to_b: bool) -> None:
    """Each variant, for a fact at the endpoint of A."""
    flow = Flow(policy, {"own": SAME})
    assert allows(flow, "A", "fact", "A") is to_a
    assert allows(flow, "A", "fact", "B") is to_b


def test_predicates() -> None:
    """A prefix is one of the target, a part is one of the fact; nothing is part of everything."""
    assert holds(TargetRolePrefix("Obs"), "A", "x", "Observer")
    assert not holds(TargetRolePrefix("Obs"), "Obs", "Obs", "obs")
    assert not holds(TargetRolePrefix("Observer"), "A", "x", "Obs")
    assert holds(FactContains("bc"), "A", "abcd", "B")
    assert not holds(FactContains("bc"), "bc", "cb", "bc")
    assert holds(FactContains(""), "A", "", "B")


def test_all_and_any() -> None:
    """Of nothing, all hold and none does."""
    yes, no = FactContains(""), FactContains("zz")
    assert holds(All(()), "A", "", "A")
    assert not holds(Any(()), "A", "", "A")
    assert holds(Any((no, yes)), "A", "", "A")
    assert not holds(All((yes, no)), "A", "", "A")
    assert holds(All((yes, Any((no, All((SAME,)))))), "A", "", "A")
