"""What a role does with the endpoints that it is handed.

It keeps one that it may still pass on, at most one of each kind, and lets a child run every other
one: at once, or as soon as it can no longer be passed on. So each coroutine runs one endpoint, and
none ever waits in one session for what it would have to do in another itself.

Source: Honda, Vasconcelos and Kubo, Language Primitives and Type Discipline for Structured
Communication-Based Programming, ESOP 1998.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from antiphon.theory.delegation import delegations
from antiphon.theory.local_type import Input, LocalType, Output
from antiphon.theory.transitions import states, successors
from antiphon.values.sort import Sort

Part: TypeAlias = tuple[str, str]
"""A protocol and one of its roles."""

Held: TypeAlias = frozenset[Part]
NONE: Final[Held] = frozenset()


@dataclass(frozen=True, slots=True)
class Keep:
    """What was received is kept, to be passed on."""

    part: Part


@dataclass(frozen=True, slots=True)
class Run:
    """A child runs an endpoint: one that is ``kept``, or what was just received."""

    part: Part
    kept: bool


Deed: TypeAlias = Keep | Run


class Handover:
    """What becomes of the endpoints that one local type receives.

    ``known`` are the protocols whose code is at hand; endpoints of others are values like any.
    ``states`` counts the states of the type, and is 0 if no endpoint may ever be kept.
    """

    def __init__(self, root: LocalType, known: Collection[str]) -> None:
        self._known = known
        is_plain = all(protocol not in known for protocol, _ in delegations(root))
        self._passable: Mapping[LocalType, Held] = {} if is_plain else _passable(root, known)
        self.states: Final = len(self._passable) if any(self._passable.values()) else 0

    def given(self, state: LocalType) -> Part | None:
        """What is handed over in a state that sends just that."""
        if isinstance(state, Output) and len(state.branches) == 1:
            return self._part(state.branches[0][1])
        return None

    def _part(self, sort: Sort) -> Part | None:
        """The part whose endpoint a payload of this sort is, if its code is at hand."""
        part = sort.delegates
        return part if part is not None and part[0] in self._known else None

    def step(
        self, state: LocalType, number: int, then: LocalType, held: Held
    ) -> tuple[Held, tuple[Deed, ...]]:
        """What is kept, and done first, when ``state`` goes on to ``then`` by branch ``number``."""
        if not self._passable:
            return NONE, ()
        deeds: list[Deed] = []
        passable = self._passable.get(then, NONE)
        given = self.given(state)
        taken = self._part(state.branches[number][1]) if isinstance(state, Input) else None
        if given is not None:
            held -= {given}
        elif taken is not None and taken in passable and taken not in held:
            held |= {taken}
            deeds.append(Keep(taken))
        elif taken is not None:
            deeds.append(Run(taken, kept=False))
        deeds += (Run(part, kept=True) for part in sorted(held - passable))
        return held & passable, tuple(deeds)


def _passable(root: LocalType, known: Collection[str]) -> Mapping[LocalType, Held]:
    """For each state what may still be passed on in it or after it."""
    before: dict[LocalType, list[LocalType]] = {}
    found: dict[LocalType, Held] = {}
    for state in states(root):
        for then in successors(state):
            before.setdefault(then, []).append(state)
        sent: Held = NONE
        if isinstance(state, Output):
            parts = (sort.delegates for _, sort, _ in state.branches)
            sent = frozenset(part for part in parts if part is not None and part[0] in known)
        found[state] = sent
    waiting = [state for state, sent in found.items() if sent]
    while waiting:
        state = waiting.pop()
        for earlier in before.get(state, ()):
            if not found[state] <= found[earlier]:
                found[earlier] |= found[state]
                waiting.append(earlier)
    return found
