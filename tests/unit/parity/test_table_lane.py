"""Policies, judged on both sides."""

from __future__ import annotations

import pytest

from antiphon.engine import policies
from antiphon.model import output_condition
from antiphon.parity import table_lane


def test_alike() -> None:
    """Both sides judge alike, and both judgements were given."""
    report = table_lane.run()
    assert report.differing == ()
    assert report.asked["flow"] > 1000
    assert report.asked["outputs"] == 20


def test_a_flow_policy_that_is_judged_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variant is named, once."""
    monkeypatch.setattr(policies, "NOT_IN", policies.IN)
    assert table_lane.run().differing == ("behaviour:flow:DenyRoles:verdict",)


def test_an_output_that_is_judged_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is for output conditions, of which the engine is seen to do what it says."""

    def passes(_: object, label: str) -> bool:
        return label != "d"

    monkeypatch.setattr(output_condition, "passes", passes)
    found = [name.split(":")[2] for name in table_lane.run().differing]
    assert found == ["Disabled", "AllowAll", "DenyAll", "PredicateAllowList"]
