"""First pass: one block per state of a local type, in the canonical order of the states.

A role that keeps endpoints to pass on has a block for each state and each set of what is kept, and
between two of them, where something is to be done with an endpoint, a landing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, TypeAlias

from antiphon.compiler.handover import NONE, Deed, Handover, Held, Part
from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory.local_type import LocalType, Output
from antiphon.theory.transitions import successors
from antiphon.theory.unfold import head

BLOCKS_SPARE: Final = 2**14
"""How many blocks a type may have, besides four for each state, when endpoints may be kept: there
is a block for each set of what is kept."""


@dataclass(frozen=True, slots=True)
class Block:
    """What a role does in one state; without endpoints to keep, block n is that of state n.

    ``after`` holds the block that follows each branch. ``chosen`` says that the state is what is
    left of an internal choice with several branches. A block that hands over an endpoint either
    ``passes`` on the one that is kept or ``opens`` a session.
    """

    state: LocalType
    chosen: bool
    after: tuple[int, ...]
    passes: Part | None = None
    opens: Part | None = None


@dataclass(frozen=True, slots=True)
class Landing:
    """What is done with endpoints on the way to block ``then``."""

    deeds: tuple[Deed, ...]
    then: int


_Spot: TypeAlias = tuple[LocalType, Held, tuple[Deed, ...]]
"""A state, what is kept in it, and what is to be done before it is reached."""


def blocks(local_type: LocalType, known: Collection[str] = ()) -> tuple[Block | Landing, ...]:
    """The blocks of a closed type, the first one first to run.

    A state comes right after the state that leads to it first, so that most code falls through.
    ``known`` are the protocols whose endpoints can be run. Raises ``ProgramError``: ``open-type``,
    ``unguarded-recursion``, and ``code-length`` if what can be kept makes too many blocks.
    """
    if local_type.free:
        names = ", ".join(sorted(local_type.free))
        raise ProgramError([Diagnostic("open-type", f"the local type does not bind {names}")])
    handover = Handover(local_type, known)
    try:
        following = _walk(local_type, handover)
    except ValueError as error:
        raise ProgramError([Diagnostic("unguarded-recursion", str(error))]) from None
    numbers = {spot: number for number, spot in enumerate(following)}
    chosen = {
        branch[0]
        for (state, _, deeds), then in following.items()
        if isinstance(state, Output) and len(then) > 1 and not deeds
        for branch in then
    }
    made: list[Block | Landing] = []
    for (state, held, deeds), then in following.items():
        after = tuple(numbers[other] for other in then)
        if deeds:
            made.append(Landing(deeds, after[0]))
        else:
            given = handover.given(state)
            passes = given if given in held else None
            opens = None if given in held else given
            made.append(Block(state, state in chosen, after, passes, opens))
    return tuple(made)


def _walk(local_type: LocalType, handover: Handover) -> dict[_Spot, tuple[_Spot, ...]]:
    """Each spot with its successors, in the order of ``transitions.number_states``."""
    following: dict[_Spot, tuple[_Spot, ...]] = {}
    stack: list[_Spot] = [(head(local_type), NONE, ())]
    while stack:
        spot = stack.pop()
        if spot not in following:
            following[spot] = _successors(spot, handover)
            stack.extend(reversed(following[spot]))
            if handover.states and len(following) > BLOCKS_SPARE + 4 * handover.states:
                words = "there are too many sets of endpoints that may be kept to be passed on"
                raise ProgramError([Diagnostic("code-length", words)])
    return following


def _successors(spot: _Spot, handover: Handover) -> tuple[_Spot, ...]:
    state, held, deeds = spot
    if deeds:
        return ((state, held, ()),)
    return tuple(
        (then, *handover.step(state, number, then, held))
        for number, then in enumerate(successors(state))
    )
