"""Round-robin: in cyclic order of ids (S25)."""

from __future__ import annotations

from collections.abc import Sequence


def round_robin(ready: Sequence[int], last_pick: int | None) -> int:
    """The smallest id of ``ready`` above the last pick, else the smallest; not for an empty one."""
    above = [] if last_pick is None else [number for number in ready if number > last_pick]
    return min(above or ready)
