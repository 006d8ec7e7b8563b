"""The lanes of parity that cannot be run here, and what each of them needs."""

from __future__ import annotations

import shutil
import sysconfig
from dataclasses import dataclass
from typing import Final

from antiphon.engine.build import COMPILED, Build, describe, kernel_class
from antiphon.errors import Refusal

A_COMPILER: Final = "a C compiler"


@dataclass(frozen=True, slots=True)
class Lane:
    """A machine that ought to be compared, and is not for want of something; ``is_expected`` where
    that is in order: nothing is there to make it with, or it was there and not to be used.
    """

    lane: str
    needs: str
    is_expected: bool = False

    def __str__(self) -> str:
        return f"Unreached: {self.lane} build: needs {self.needs}"


def unreached() -> tuple[Lane, ...]:
    """The lanes that cannot be run now."""
    return lanes(describe(), is_installed=is_installed(), has_compiler=has_compiler())


def lanes(build: Build, *, is_installed: bool, has_compiler: bool) -> tuple[Lane, ...]:
    """The lanes that are missing where ``build`` is the one that runs unless another is asked for.

    ``is_installed`` says whether there is a compiled kernel that may be used.
    """
    if build.name == COMPILED:
        return ()
    if is_installed or has_compiler:
        return (Lane(COMPILED, f"this to change: {build.reason}", is_installed),)
    return (Lane(COMPILED, A_COMPILER, is_expected=True),)


def is_installed() -> bool:
    """Whether there is a compiled kernel, and of this source."""
    try:
        kernel_class(COMPILED)
    except Refusal:
        return False
    return True


def has_compiler() -> bool:
    """Whether a C compiler is there: that which made Python, or one of the usual names."""
    named = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    return any(map(shutil.which, (named, "cc", "gcc")))
