"""Output conditions: closed records, and their JSON."""

import pytest

from antiphon.machine.output_condition import (
    AllowAll,
    DenyAll,
    Disabled,
    OutputConditionPolicy,
    PredicateAllowList,
    outputs_from_json,
    outputs_to_json,
)


@pytest.mark.parametrize(
    ("policy", "data"),
    [
        (Disabled(), "Disabled"),
        (AllowAll(), "AllowAll"),
        (DenyAll(), "DenyAll"),
        (PredicateAllowList(("b", "a", "b")), {"PredicateAllowList": ["a", "b"]}),
        (PredicateAllowList(()), {"PredicateAllowList": []}),
    ],
)
def test_as_json(policy: OutputConditionPolicy, data: object) -> None:
    """A policy comes back as it was; a list is a set of names."""
    assert outputs_to_json(policy) == data
    assert outputs_from_json(data) == policy


@pytest.mark.parametrize(
    "data",
    [
        *(None, 1, "Enabled", "PredicateAllowList", {}, {"PredicateAllowList": "a"}),
        *({"PredicateAllowList": [1]}, {"PredicateAllowList": [], "x": 1}, ["AllowAll"]),
        {"PredicateAllowList": ["\ud800"]},
    ],
)
def test_rejects_what_is_no_policy(data: object) -> None:
    """Whatever it is, it is a ``ValueError``."""
    with pytest.raises(ValueError, match=r"\w"):
        outputs_from_json(data)
