"""Knowledge: may a fact that is known at an endpoint go to a role?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Flow:
    """The policy of a machine, and the predicates that it may name."""

    policy: FlowPolicy
    predicates: Mapping[str, FlowPredicate]


def allows(flow: Flow, role: str, fact: str, target: str) -> bool:
    """Whether ``fact``, known at the endpoint of ``role``, may go to the role ``target``."""
    match flow.policy:
        case AllowAll():
            return True
        case DenyAll():
            return False
        case AllowRoles(roles):
            return target in roles
        case DenyRoles(roles):
            return target not in roles
        case Predicate(name):
            return holds(flow.predicates[name], role, fact, target)
        case PredicateExpr(predicate):  # pragma: no branch
            return holds(predicate, role, fact, target)


def holds(predicate: FlowPredicate, role: str, fact: str, target: str) -> bool:
    """Whether a predicate is true of a fact at an endpoint, and of a target."""
    match predicate:
        case TargetRolePrefix(prefix):
            return target.startswith(prefix)
        case FactContains(text):
            return text in fact
        case EndpointRoleMatchesTarget():
            return role == target
        case All(parts):
            return all(holds(part, role, fact, target) for part in parts)
        case Any(parts):  # pragma: no branch
            return any(holds(part, role, fact, target) for part in parts)
