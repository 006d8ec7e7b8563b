"""The shim: the kernel runs where there is no Cython."""

from __future__ import annotations

import subprocess
import sys

import pytest

from antiphon.engine import cython_shim

PROGRAM = """
import sys
sys.modules["cython"] = None
from antiphon.engine import cython_shim, kernel
assert kernel.cython is cython_shim
assert kernel.Kernel(lambda *_: 0, [0], -1, 9, 9, True).counters()[0] == 0
"""


def test_directives_change_nothing() -> None:
    """Each directive gives back what it decorates."""
    assert not cython_shim.compiled
    for directive in (
        cython_shim.cclass,
        cython_shim.cfunc,
        cython_shim.final,
        cython_shim.inline,
        cython_shim.nogil,
        cython_shim.exceptval(-1, check=True),
    ):
        assert directive(PROGRAM) is PROGRAM


def test_blocks_change_nothing() -> None:
    """What is in a block with or without the lock is done, and what it raises is raised."""
    done: list[int] = []
    with cython_shim.nogil, cython_shim.gil:
        done.append(1)
    assert done == [1]
    with pytest.raises(KeyError), cython_shim.gil:
        raise KeyError


def test_without_cython() -> None:
    """The kernel can be imported and made without Cython."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
