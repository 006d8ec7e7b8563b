"""Copies of a package with one file changed, beside the healthy one."""

import sys

import pytest

from antiphon.model import schedule
from antiphon.model.machine import Model
from antiphon.parity.mutants_load import load_patched, source_of


def test_source_of() -> None:
    """The text of a file, by its place in the package."""
    assert source_of("model/schedule.py").startswith('"""The law of each policy')


def test_a_copy_is_changed_alone() -> None:
    """Every module of the copy comes from the copy; the healthy package is as it was."""
    text = source_of("model/step.py").replace("clock=tick + 1", "clock=tick + 2")
    machine = load_patched("antiphon.model", "antiphon.model.machine", {"model/step.py": text})
    assert machine.Model is not Model
    assert machine.step is not sys.modules["antiphon.model.machine"].step
    assert sys.modules["antiphon.model.machine"].Model is Model
    assert machine.State is not sys.modules["antiphon.model.state"].State


def test_a_copy_without_a_change() -> None:
    """A copy of a module without a change does the same."""
    copy = load_patched("antiphon.model", "antiphon.model.schedule", {})
    assert copy.LAWS.keys() == schedule.LAWS.keys()
    assert copy.LAWS["cooperative"] is not schedule.LAWS["cooperative"]


def test_rejects_a_module_that_is_not_there() -> None:
    """Only modules that exist have a copy."""
    with pytest.raises(ImportError):
        load_patched("antiphon.model", "antiphon.model.nothing", {})
