"""What a local type allows now: the monitor, and the numbers of a type's states."""

from __future__ import annotations

from functools import lru_cache

from antiphon.theory import transitions
from antiphon.theory.local_type import Input, LocalType, Output
from antiphon.values.sort import Sort


@lru_cache(maxsize=4096)
def _numbers(local_type: LocalType) -> dict[LocalType, int]:
    return transitions.number_states(local_type)


def number(local_type: LocalType, state: LocalType) -> int:
    """The canonical number of ``state`` among the states of the role's ``local_type``."""
    return _numbers(local_type)[state]


@lru_cache(maxsize=65536)
def after(state: Output | Input, label: str) -> LocalType:
    """The state after communicating ``label``, which must be a branch."""
    return transitions.after(state, label)


def sort_of_label(state: Output | Input, label: str) -> Sort | None:
    """The payload sort of the branch ``label``, or None if there is no such branch."""
    for name, sort, _ in state.branches:
        if name == label:
            return sort
    return None
