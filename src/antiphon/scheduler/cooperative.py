"""Cooperative: first come, first served, one step each (S25)."""

from __future__ import annotations

from collections.abc import Sequence


def cooperative(ready: Sequence[int], last_pick: int | None) -> int:  # noqa: ARG001 (a policy)
    """The head of the ready queue, which must not be empty."""
    return ready[0]
