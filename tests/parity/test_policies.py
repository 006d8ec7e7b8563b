"""Flow and output policies of both machines say the same, on all small inputs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from antiphon.engine.kernel import GATE_ALL, GATE_LISTED, GATE_OFF
from antiphon.engine.load import label_number
from antiphon.engine.output_condition import gate
from antiphon.engine.policies import FlowTable
from antiphon.machine import flow_policy, output_condition
from antiphon.machine.flow_policy import FlowPolicy, FlowPredicate
from antiphon.machine.output_condition import OutputConditionPolicy
from antiphon.model import knowledge
from antiphon.model.output_condition import passes

ROLES = ("", "A", "AB", "B")
FACTS = ("", "a", "ab", "ba")


def leaves() -> Iterator[FlowPredicate]:
    """The predicates that have no parts."""
    yield flow_policy.EndpointRoleMatchesTarget()
    yield from map(flow_policy.TargetRolePrefix, ("", "A", "B"))
    yield from map(flow_policy.FactContains, ("", "a", "b"))


def predicates(depth: int) -> Iterator[FlowPredicate]:
    """All predicates that nest at most so deep, with at most two parts each."""
    yield from leaves()
    if depth:
        inner = [*leaves()] if depth > 1 else [*leaves()][::2]
        parts = [(), *((one,) for one in inner), *product(inner, repeat=2)]
        for combine in (flow_policy.All, flow_policy.Any):
            yield from map(combine, parts)
            if depth > 1:
                for other in (flow_policy.All, flow_policy.Any):
                    yield from (combine((other(some), inner[0])) for some in parts)
                    yield from (combine((inner[-1], other(some))) for some in parts)


def policies() -> Iterator[FlowPolicy]:
    """Every variant, with every predicate."""
    yield flow_policy.AllowAll()
    yield flow_policy.DenyAll()
    for roles in ((), ("A",), ("A", "B"), ("",)):
        yield flow_policy.AllowRoles(roles)
        yield flow_policy.DenyRoles(roles)
    yield flow_policy.Predicate("named")
    yield from map(flow_policy.PredicateExpr, predicates(2))


def test_flow_policies_agree() -> None:
    """Whatever the endpoint, the fact and the target."""
    named = flow_policy.Any((flow_policy.FactContains("ab"), flow_policy.TargetRolePrefix("B")))
    compared = 0
    for policy in policies():
        model, engine = (
            knowledge.Flow(policy, {"named": named}),
            FlowTable(policy, (("named", named),)),
        )
        for role, fact, target in product(ROLES, FACTS, ROLES):
            expected = knowledge.allows(model, role, fact, target)
            assert engine.allows(role, fact, target) is expected, (policy, role, fact, target)
            compared += 1
    assert compared > 20_000


def test_output_conditions_agree() -> None:
    """Whatever the label; what the engine has in numbers is what the model reads as names."""
    found: tuple[OutputConditionPolicy, ...] = (
        output_condition.Disabled(),
        output_condition.AllowAll(),
        output_condition.DenyAll(),
        *(output_condition.PredicateAllowList(names) for names in ((), ("a",), ("a", "ab"), ("",))),
    )
    for policy, label in product(found, ("", "a", "ab", "b")):
        mode, listed = gate(policy)
        passed = mode in (GATE_OFF, GATE_ALL) or (
            mode == GATE_LISTED and label_number(label) in listed
        )
        assert passes(policy, label) is passed, (policy, label)
