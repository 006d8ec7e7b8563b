"""Both builds of the kernel, wherever there can be two."""

import pytest

from antiphon.cli.lane import has_compiler, is_installed
from antiphon.engine.build import kernel_class
from antiphon.errors import Refusal


def builds() -> list[str]:
    """Pure always; compiled if it is here, or if it should be."""
    return ["pure", "compiled"] if is_installed() or has_compiler() else ["pure"]


@pytest.fixture(params=builds())
def build(request: pytest.FixtureRequest) -> str:
    """The name of a build; fails where there is a compiler and yet no compiled kernel."""
    name = str(request.param)
    try:
        kernel_class(name)
    except Refusal as refusal:
        pytest.fail(f"there is a C compiler, so the kernel must have been compiled: {refusal}")
    return name
