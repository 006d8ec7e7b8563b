"""What the kernel uses of the module ``cython``, for a Python that has no Cython installed."""

from __future__ import annotations

from typing import Final, TypeVar

T = TypeVar("T")

compiled: Final = False


def _unchanged(subject: T) -> T:
    """A compiler directive that means nothing to the interpreter."""
    return subject


cclass = cfunc = final = inline = _unchanged
