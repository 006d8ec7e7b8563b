"""Flow policies: closed records, and their JSON."""

import pytest

from antiphon.machine.flow_policy import (
    DEPTH_MAX,
    PARTS_MAX,
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
    policy_from_json,
    policy_to_json,
    predicate_from_json,
    predicate_to_json,
    require_bounded,
)

PREDICATES: tuple[tuple[FlowPredicate, object], ...] = (
    (TargetRolePrefix("Obs"), {"TargetRolePrefix": "Obs"}),
    (FactContains(""), {"FactContains": ""}),
    (EndpointRoleMatchesTarget(), "EndpointRoleMatchesTarget"),
    (All(()), {"All": []}),
    (
        Any((FactContains("x"), All((EndpointRoleMatchesTarget(),)))),
        {"Any": [{"FactContains": "x"}, {"All": ["EndpointRoleMatchesTarget"]}]},
    ),
)
POLICIES: tuple[tuple[FlowPolicy, object], ...] = (
    (AllowAll(), "AllowAll"),
    (DenyAll(), "DenyAll"),
    (AllowRoles(("B", "A")), {"AllowRoles": ["A", "B"]}),
    (DenyRoles(()), {"DenyRoles": []}),
    (Predicate("public"), {"Predicate": "public"}),
    *((PredicateExpr(predicate), {"PredicateExpr": data}) for predicate, data in PREDICATES),
)


def nested(depth: int) -> FlowPredicate:
    """A predicate that nests so deep."""
    found: FlowPredicate = EndpointRoleMatchesTarget()
    for _ in range(depth - 1):
        found = All((found,))
    return found


@pytest.mark.parametrize(("policy", "data"), POLICIES)
def test_policy_as_json(policy: FlowPolicy, data: object) -> None:
    """A variant is its name, or an object of its name and what belongs to it."""
    assert policy_to_json(policy) == data
    assert policy_from_json(data) == policy


@pytest.mark.parametrize(("predicate", "data"), PREDICATES)
def test_predicate_as_json(predicate: FlowPredicate, data: object) -> None:
    """Predicates likewise, as deep as they nest."""
    assert predicate_to_json(predicate) == data
    assert predicate_from_json(data) == predicate


def test_roles_are_a_set() -> None:
    """Neither the order nor a repetition counts."""
    assert AllowRoles(("B", "A", "B")) == AllowRoles(("A", "B"))
    assert DenyRoles(("B", "A")) == DenyRoles(("A", "B", "A"))
    assert AllowRoles(("A",)) != DenyRoles(("A",))


@pytest.mark.parametrize(
    "data",
    [
        *(None, 1, "Allow", "Predicate", {}, {"AllowAll": []}, {"AllowRoles": "A"}),
        *({"DenyRoles": [1]}, {"Predicate": 1}, {"PredicateExpr": None}, {"AllowRoles": None}),
        *({"AllowRoles": [], "DenyRoles": []}, {"PredicateExpr": {"All": {}}}),
        *(
            {"PredicateExpr": "All"},
            {"PredicateExpr": {"FactContains": 1}},
            {"DenyRoles": ["\ud800"]},
        ),
    ],
)
def test_rejects_what_is_no_policy(data: object) -> None:
    """Whatever it is, it is a ``ValueError``."""
    with pytest.raises(ValueError, match=r"\w"):
        policy_from_json(data)


def test_rejects_predicates_out_of_bounds() -> None:
    """A predicate that a machine evaluates is of a bearable size, read or made."""
    require_bounded(nested(DEPTH_MAX))
    require_bounded(All((EndpointRoleMatchesTarget(),) * (PARTS_MAX - 1)))
    with pytest.raises(ValueError, match="deep"):
        require_bounded(nested(DEPTH_MAX + 1))
    with pytest.raises(ValueError, match="parts"):
        require_bounded(All((EndpointRoleMatchesTarget(),) * PARTS_MAX))
    assert predicate_from_json(predicate_to_json(nested(DEPTH_MAX))) == nested(DEPTH_MAX)
    with pytest.raises(ValueError, match="deep"):
        predicate_from_json(predicate_to_json(nested(DEPTH_MAX + 1)))


@pytest.mark.parametrize("make", [TargetRolePrefix, FactContains, Predicate])
def test_rejects_what_is_no_text(make: type[TargetRolePrefix]) -> None:
    """Names and texts are texts."""
    with pytest.raises(ValueError, match="surrogate"):
        make("\ud800")
