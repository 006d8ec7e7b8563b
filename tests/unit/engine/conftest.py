"""Both builds of the kernel, wherever there can be two."""

import shutil
import sysconfig

import pytest

from antiphon.engine.build import kernel_class
from antiphon.errors import Refusal


def compiler() -> str | None:
    """The C compiler that an install would have used."""
    named = (sysconfig.get_config_var("CC") or "cc").split()[0]
    return shutil.which(named) or shutil.which("cc") or shutil.which("gcc")


def builds() -> list[str]:
    """Pure always; compiled if it is here, or if it should be."""
    try:
        kernel_class("compiled")
    except Refusal:
        return ["pure", "compiled"] if compiler() else ["pure"]
    return ["pure", "compiled"]


@pytest.fixture(params=builds())
def build(request: pytest.FixtureRequest) -> str:
    """The name of a build; fails where there is a compiler and yet no compiled kernel."""
    name = str(request.param)
    try:
        kernel_class(name)
    except Refusal as refusal:
        pytest.fail(f"there is a C compiler, so the kernel must have been compiled: {refusal}")
    return name
