"""Memory for what lanes have recorded, which they all fill at once."""

from __future__ import annotations

import mmap
from typing import Any, Final

_SHARED_BY_NOBODY: Final[dict[str, Any]] = (
    {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_PRIVATE") else {}
)
_HUGE: Final[int | None] = getattr(mmap, "MADV_HUGEPAGE", None)


def fresh(size: int) -> memoryview:
    """``size`` words of zeros, at least one, in pages that nobody has touched: whoever writes first
    pays for them. They are large where the system has such, and then cost a quarter.
    """
    block = mmap.mmap(-1, 8 * size, **_SHARED_BY_NOBODY)
    if _HUGE is not None:
        block.madvise(_HUGE)
    return memoryview(block).cast("q")
