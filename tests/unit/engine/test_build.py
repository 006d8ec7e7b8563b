"""Which build runs, and why."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from antiphon.engine import build as module
from antiphon.engine import kernel
from antiphon.engine.build import describe, kernel_class
from antiphon.errors import Bug, Refusal
from tests.unit.engine.conftest import builds


def pretend(monkeypatch: pytest.MonkeyPatch, compiled: SimpleNamespace | None) -> None:
    """Let the compiled module be this, or missing."""

    def find(name: str) -> SimpleNamespace:
        if compiled is None:
            raise ImportError(name)
        return compiled

    monkeypatch.setattr(module, "import_module", find)


def test_forced_pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """ANTIPHON_PURE forces the interpreted kernel, unless it is 0 or empty."""
    monkeypatch.setenv("ANTIPHON_PURE", "1")
    assert (describe().name, kernel_class()) == ("pure", kernel.Kernel)
    assert "ANTIPHON_PURE" in describe().reason
    for value in ("0", ""):
        monkeypatch.setenv("ANTIPHON_PURE", value)
        assert "ANTIPHON_PURE" not in describe().reason


def test_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a compiled module the interpreted kernel runs; asking for the other is refused."""
    monkeypatch.delenv("ANTIPHON_PURE", raising=False)
    pretend(monkeypatch, None)
    assert describe().name == "pure"
    assert "no compiled kernel is installed" in describe().reason
    with pytest.raises(Refusal) as caught:
        kernel_class("compiled")
    assert caught.value.code == "no-compiled-kernel"


def test_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module made from another source is not used."""
    monkeypatch.delenv("ANTIPHON_PURE", raising=False)
    pretend(monkeypatch, SimpleNamespace(SOURCE_SHA256="0", ROWS=kernel.ROWS, Kernel=object))
    assert describe().name == "pure"
    assert "another kernel.py" in describe().reason


def test_unknown() -> None:
    """There are two builds."""
    with pytest.raises(Refusal) as caught:
        kernel_class("fast")
    assert caught.value.code == "unknown-build"


def test_the_table_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that knows other rows than the table is a bug."""
    monkeypatch.setattr(kernel, "ROWS", (1, 0))
    with pytest.raises(Bug):
        kernel_class("pure")


def test_the_best_build_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel of this source is compiled that one runs, elsewhere the pure one."""
    monkeypatch.delenv("ANTIPHON_PURE", raising=False)
    best = builds()[-1]
    assert describe().name == best
    assert Path(describe().reason).is_file() == (best == "compiled")
    assert kernel_class() is kernel_class(best)
    assert (kernel_class() is kernel.Kernel) == (best == "pure")


def test_both_builds_have_the_same_functions(build: str) -> None:
    """What ``Kernel`` promises is there."""
    made = kernel_class(build)
    promised = [name for name in vars(module.Kernel) if not name.startswith("_")]
    assert len(promised) > 10
    assert [name for name in promised if not hasattr(made, name)] == []
    assert isinstance(kernel, ModuleType)
