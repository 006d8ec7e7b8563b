"""The threads that carry lanes. Nothing of a run depends on how many there are, or who is first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
S = TypeVar("S")


class Workers:
    """So many threads, the one that asks among them; with one there are no others."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count - 1) if count > 1 else None

    def each(self, act: Callable[[S], T], subjects: Iterable[S]) -> list[T]:
        """Do something with each subject, at the same time: what came of it, in their order."""
        first, *others = subjects
        if self._pool is None:
            return [act(one) for one in (first, *others)]
        later = [self._pool.submit(act, one) for one in others]
        return [act(first), *(one.result() for one in later)]

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown()
