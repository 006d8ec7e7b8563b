"""Local types as automata of integers: what the kernel checks every communication against.

The states and their numbers are those that ``theory.transitions`` documents, found by a walk of our
own: depth-first preorder, branches in order, an internal choice with several branches leading
first to each of its narrowed forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from antiphon.engine.kernel import END, INPUT, OUTPUT
from antiphon.theory.local_type import Input, LocalType, Output, output
from antiphon.theory.unfold import head
from antiphon.values.sort import Sort


class Branch(NamedTuple):
    """One label of a state: the payload's sort, the state after it, the state narrowed to it."""

    label: str
    sort: Sort
    then: int
    narrowed: int


class State(NamedTuple):
    """``kind`` is ``END``, ``OUTPUT`` or ``INPUT``; at the end ``peer`` is empty."""

    kind: int
    peer: str
    branches: tuple[Branch, ...]


def automaton(local_type: LocalType) -> tuple[State, ...]:
    """The states of a closed local type by their numbers; the first is where it starts.

    Raises ``ValueError`` for a type that is open or not contractive.
    """
    walk = _Walk()
    walk.visit(local_type)
    return tuple(map(walk.state, list(walk.numbers)))


class _Walk:
    """The heads of a type and their numbers; every type met is unfolded once."""

    def __init__(self) -> None:
        self.numbers: dict[LocalType, int] = {}
        self._heads: dict[LocalType, LocalType] = {}

    def head(self, node: LocalType) -> LocalType:
        """A type unfolded."""
        found = self._heads.get(node)
        if found is None:
            found = self._heads[node] = head(node)
        return found

    def visit(self, root: LocalType) -> None:
        """Number every state below ``root``."""
        path: list[Iterator[LocalType]] = [iter((self.head(root),))]
        while path:
            state = next(path[-1], None)
            if state is None:
                path.pop()
            elif state not in self.numbers:
                self.numbers[state] = len(self.numbers)
                path.append(self.below(state))

    def below(self, state: LocalType) -> Iterator[LocalType]:
        """The states one transition away."""
        match state:
            case Output(branches=branches) if len(branches) > 1:
                for branch in branches:
                    yield output(state.peer, (branch,))
            case Output(branches=branches) | Input(branches=branches):
                for branch in branches:
                    yield self.head(branch[2])
            case _:
                pass

    def state(self, node: LocalType) -> State:
        """A numbered state as integers."""
        match node:
            case Output():
                return State(OUTPUT, node.peer, tuple(self._branches(node)))
            case Input():
                return State(INPUT, node.peer, tuple(self._branches(node)))
            case _:
                return State(END, "", ())

    def _branches(self, node: Output | Input) -> Iterator[Branch]:
        for branch in node.branches:
            label, sort, then = branch
            narrowed = output(node.peer, (branch,)) if isinstance(node, Output) else node
            yield Branch(label, sort, self.numbers[self.head(then)], self.numbers[narrowed])
