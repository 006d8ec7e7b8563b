"""Lanes that cannot be run, and why."""

from unittest.mock import Mock

import pytest

from antiphon.cli import lane
from antiphon.cli.lane import A_COMPILER, Lane, lanes, unreached
from antiphon.engine.build import Build

COMPILED = Build("compiled", "a file")
PURE = Build("pure", "no compiled kernel is installed")
ASKED = Build("pure", "ANTIPHON_PURE is set")


@pytest.mark.parametrize("has_compiler", [False, True])
@pytest.mark.parametrize("is_installed", [False, True])
def test_nothing_is_missing(is_installed: bool, has_compiler: bool) -> None:
    """Where the compiled build runs, every lane does."""
    assert lanes(COMPILED, is_installed=is_installed, has_compiler=has_compiler) == ()


def test_a_compiler_is_missing() -> None:
    """Without a compiled kernel and a compiler to make it, it is said that one is needed."""
    (found,) = lanes(PURE, is_installed=False, has_compiler=False)
    assert found == Lane("compiled", A_COMPILER, is_expected=True)
    assert str(found) == "Unreached: compiled build: needs a C compiler"


@pytest.mark.parametrize(
    ("build", "is_installed", "has_compiler"),
    [(ASKED, True, False), (ASKED, False, True), (PURE, False, True)],
)
def test_something_else_is_in_the_way(build: Build, is_installed: bool, has_compiler: bool) -> None:
    """Otherwise the reason is that of the build."""
    (found,) = lanes(build, is_installed=is_installed, has_compiler=has_compiler)
    assert found.needs == f"this to change: {build.reason}"
    assert found.is_expected is is_installed


def test_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is this machine that is asked."""
    monkeypatch.setattr(lane, "describe", lambda: PURE)
    monkeypatch.setattr(lane, "is_installed", lambda: False)
    monkeypatch.setattr(lane, "has_compiler", lambda: False)
    assert unreached() == (Lane("compiled", A_COMPILER, is_expected=True),)
    monkeypatch.undo()
    monkeypatch.setattr(lane.shutil, "which", Mock(return_value=None))
    assert not lane.has_compiler()
