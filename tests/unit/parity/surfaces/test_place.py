"""Places in the sources."""

from __future__ import annotations

import pytest

from antiphon.errors import Refusal
from antiphon.model import step
from antiphon.parity.surfaces.place import Place, place_problems

STEP = Place("model/step.py::step")


def test_resolves() -> None:
    """A place is a function, a class, or something in one."""
    assert STEP.resolve() is step.step
    assert Place("model/machine.py::Model.step").resolve() is not None


@pytest.mark.parametrize("text", ["model/step.py::stride", "model/steps.py::step", "model/step.py"])
def test_rejects_an_unknown_place(text: str) -> None:
    """A file or a symbol that is not there has the code ``unknown-place``."""
    with pytest.raises(Refusal) as caught:
        Place(text).resolve()
    assert caught.value.code == "unknown-place"
    problems = place_problems("Step", STEP, Place(text))
    assert problems == (f"unknown-place:Step:{text}",)


def test_rejects_one_object_on_both_sides() -> None:
    """Two places with the same object behind them compare nothing, however they are called."""
    other = Place("model/machine.py::step")
    assert place_problems("Step", STEP, other) == ("same-object:Step:model/machine.py::step",)
    assert place_problems("Step", STEP, Place("engine/machine.py::Engine")) == ()
