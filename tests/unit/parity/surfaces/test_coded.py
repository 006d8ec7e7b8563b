"""What is taken out of a table of the engine is missed, alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from antiphon.engine import catalogue, failures, output_condition, policies, surface
from antiphon.machine import failure
from antiphon.machine import output_condition as outputs
from antiphon.machine.flow_policy import FlowPolicy, FlowPredicate
from antiphon.parity.surfaces.registry import SURFACES, Sight, compare
from antiphon.values.value import Nat, Value

GIVEN = SURFACES[: [each.name for each in SURFACES].index("RuntimeRequest")]


def found() -> list[str]:
    """The fingerprints of all that the engine is given."""
    return [each for one in compare(Sight((), "pure"), GIVEN) for each in one.fingerprints]


def test_nothing_differs() -> None:
    """The engine keeps all that the model declares."""
    assert found() == []


@pytest.mark.parametrize("kind", get_args(FlowPolicy), ids=lambda kind: kind.__name__)
def test_a_policy_is_missed(kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """One entry of the table of policies is one fingerprint."""
    monkeypatch.delitem(policies.POLICY, kind)
    assert found() == [f"FlowPolicy:missing_in_engine:{kind.__name__}"]


@pytest.mark.parametrize("kind", get_args(FlowPredicate), ids=lambda kind: kind.__name__)
def test_a_predicate_is_missed(kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """One entry of the table of predicates is one fingerprint."""
    monkeypatch.delitem(policies.PREDICATE, kind)
    assert found() == [f"FlowPredicate:missing_in_engine:{kind.__name__}"]


@pytest.mark.parametrize(
    ("table", "entry", "fingerprint"),
    [
        (
            output_condition.MODES,
            outputs.DenyAll,
            "OutputConditionPolicy:missing_in_engine:DenyAll",
        ),
        (catalogue.WHEN_FULL, "resize", "Buffer:missing_in_engine:Buffer"),
        (failures.CORRUPTION, failure.ERASE, "Failure:missing_in_engine:Corrupt"),
    ],
)
def test_an_entry_is_missed(
    table: dict[Any, int], entry: object, fingerprint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is in the other tables."""
    monkeypatch.delitem(table, entry)
    assert found() == [fingerprint]


def test_a_field_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that comes back the same whatever is put in is not kept."""
    again = surface.failure_again

    def late(one: failure.Failure) -> failure.Failure:
        return replace(one, ticks=1) if isinstance(one, failure.Delay) else again(one)

    monkeypatch.setattr(surface, "failure_again", late)
    assert fingerprints_of("Failure") == ("Failure:missing_field_in_engine:Delay.ticks",)


def fingerprints_of(name: str) -> tuple[str, ...]:
    """What one surface differs in."""
    (one,) = (each for each in SURFACES if each.name == name)
    return compare(Sight((), "pure"), (one,))[0].fingerprints


def test_a_value_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field of which one value comes back as another is not of the same types."""
    again = surface.value_again

    def cut(one: Value) -> Value:
        return Nat(7) if one == Nat(2**64) else again(one)

    monkeypatch.setattr(surface, "value_again", cut)
    assert fingerprints_of("Value") == ("Value:field_differs:Nat.value:types",)
