"""First pass: one block per state of a local type, in the canonical order of the states."""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory.local_type import LocalType, Output
from antiphon.theory.transitions import successors
from antiphon.theory.unfold import head


@dataclass(frozen=True, slots=True)
class Block:
    """What a role does in one state; block n is that of state n.

    ``after`` holds the block that follows each branch. ``chosen`` says that the state is what is
    left of an internal choice with several branches.
    """

    state: LocalType
    chosen: bool
    after: tuple[int, ...]


def blocks(local_type: LocalType) -> tuple[Block, ...]:
    """The blocks of a closed type, the first one first to run.

    A state comes right after the state that leads to it first, so that most code falls through.
    Raises ``ProgramError``: ``open-type``, ``unguarded-recursion``.
    """
    if local_type.free:
        names = ", ".join(sorted(local_type.free))
        raise ProgramError([Diagnostic("open-type", f"the local type does not bind {names}")])
    try:
        following = _walk(local_type)
    except ValueError as error:
        raise ProgramError([Diagnostic("unguarded-recursion", str(error))]) from None
    numbers = {state: number for number, state in enumerate(following)}
    chosen = {
        branch
        for state, then in following.items()
        if isinstance(state, Output) and len(then) > 1
        for branch in then
    }
    return tuple(
        Block(state, state in chosen, tuple(numbers[other] for other in then))
        for state, then in following.items()
    )


def _walk(local_type: LocalType) -> dict[LocalType, tuple[LocalType, ...]]:
    """Each state with its successors, in the order of ``transitions.number_states``."""
    following: dict[LocalType, tuple[LocalType, ...]] = {}
    stack = [head(local_type)]
    while stack:
        state = stack.pop()
        if state not in following:
            following[state] = successors(state)
            stack.extend(reversed(following[state]))
    return following
