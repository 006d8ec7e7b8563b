"""What the kernel uses of the module ``cython``, for a Python that has no Cython installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

compiled: Final = False


def _unchanged(subject: T) -> T:
    """A compiler directive that means nothing to the interpreter."""
    return subject


class _Lock:
    """``nogil`` and ``gil``: a directive, and a block that does what is in it."""

    def __call__(self, subject: T) -> T:
        return subject

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


def exceptval(*_: int, **__: bool) -> Callable[[T], T]:
    """How a function of C tells that it has raised: the interpreter knows."""
    return _unchanged


cclass = cfunc = final = inline = _unchanged
gil = nogil = _Lock()
