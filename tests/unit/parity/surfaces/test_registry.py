"""All surfaces of both machines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from antiphon.cli.parity import builds
from antiphon.engine import snapshot, trace
from antiphon.machine.event import Sent
from antiphon.machine.snapshot import SessionView
from antiphon.parity.surfaces.place import Place
from antiphon.parity.surfaces.registry import SURFACES, Sight, Surface, compare
from tests.parity.test_corpus import CASES

SEED = ("FlowPolicy", "FlowPredicate", "OutputConditionPolicy", "Value", "ProgressToken")
FEW = [case for number, case in enumerate(CASES.values()) if number % 8 == 0]


def test_shapes_are_the_same() -> None:
    """What the model declares, the engine keeps, and the two are not one object."""
    for found in compare(Sight(CASES.values(), builds()[-1])):
        assert found.is_good, (found.fingerprints, found.problems)
        assert found.engine.variants


def test_the_seeds_five_are_there() -> None:
    """They are written twice."""
    named = {each.name: each for each in SURFACES}
    for name in SEED:
        surface = named[name]
        assert surface.model.resolve() is not surface.engine.resolve()


def named(name: str) -> Surface:
    """The surface of a type."""
    return next(each for each in SURFACES if each.name == name)


def test_a_field_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field of a view that always is as by default is missed."""
    build, surface = builds()[-1], named("SessionView")

    def quiet(*parts: Any, **named: Any) -> SessionView:
        return replace(SessionView(*parts, **named), lossy=False)

    monkeypatch.setattr(snapshot, "SessionView", quiet)
    (found,) = compare(Sight(CASES.values(), build), (surface,))
    assert found.fingerprints == ("SessionView:missing_field_in_engine:lossy",)


def test_an_event_that_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event that the trace reads as another is missed."""
    kinds = tuple(kind for kind in trace.KINDS)
    at = kinds.index(Sent)
    monkeypatch.setattr(trace, "KINDS", (*kinds[:at], trace.Received, *kinds[at + 1 :]))
    (found,) = compare(Sight(FEW, builds()[-1]), (named("Event"),))
    assert "Event:missing_in_engine:Sent" in found.fingerprints


def test_rejects_one_object() -> None:
    """A surface that is one object on both sides has a problem of its own, and is not good."""
    first = named("FlowPolicy")
    (found,) = compare(Sight((), "pure"), (replace(first, engine=first.model),))
    assert found.problems == (f"same-object:FlowPolicy:{first.model}",)
    assert not found.is_good
    assert found.to_json()["problems"] == list(found.problems)
    (gone,) = compare(Sight((), "pure"), (replace(first, engine=Place("engine/gone.py::x")),))
    assert gone.problems == ("unknown-place:FlowPolicy:engine/gone.py::x",)


def test_one_cause_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs a surface that differs is not looked at."""
    from antiphon.engine import policies
    from antiphon.machine.flow_policy import AllowAll

    monkeypatch.delitem(policies.POLICY, AllowAll)
    found = compare(Sight(FEW, "pure"))
    assert [each for one in found for each in one.fingerprints] == [
        "FlowPolicy:missing_in_engine:AllowAll"
    ]
