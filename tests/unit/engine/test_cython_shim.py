"""The shim: the kernel runs where there is no Cython."""

from __future__ import annotations

import subprocess
import sys

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
    ):
        assert directive(PROGRAM) is PROGRAM


def test_without_cython() -> None:
    """The kernel can be imported and made without Cython."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
