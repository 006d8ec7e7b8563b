"""The steps that a role may take by its local type, and the canonical numbers of the states.

The *states* of a closed local type are its unfolded heads reachable by transitions. There are
three kinds of transition: sending, receiving, and *narrowing* an internal choice to one label,
which sends nothing (S3).

States are numbered in depth-first preorder, in branch order, an internal choice with several
branches leading first to each of its narrowed forms. Both machines number states so, each by its
own walk, and snapshots show the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from antiphon.theory.local_type import Input, LocalType, Output, output
from antiphon.theory.unfold import head


def narrow(choice: Output, label: str) -> Output:
    """The internal choice with only the branch ``label`` left; raises ``KeyError`` if absent."""
    for branch in choice.branches:
        if branch[0] == label:
            return output(choice.peer, (branch,))
    raise KeyError(label)


def after(state: Output | Input, label: str) -> LocalType:
    """The state after communicating ``label``; raises ``KeyError`` if it is not a branch."""
    for name, _, then in state.branches:
        if name == label:
            return head(then)
    raise KeyError(label)


def successors(state: LocalType) -> tuple[LocalType, ...]:
    """The states one transition away, in numbering order."""
    if isinstance(state, Output) and len(state.branches) > 1:
        return tuple(output(state.peer, (branch,)) for branch in state.branches)
    if isinstance(state, Output | Input):
        return tuple(head(then) for _, _, then in state.branches)
    return ()


def states(root: LocalType) -> Iterator[LocalType]:
    """Every state of the closed type ``root`` in the order of the canonical numbers."""
    seen: set[LocalType] = set()
    stack = [head(root)]
    while stack:
        state = stack.pop()
        if state not in seen:
            seen.add(state)
            yield state
            stack.extend(reversed(successors(state)))


def number_states(root: LocalType) -> dict[LocalType, int]:
    """Every state of the closed type ``root`` with its canonical number."""
    return {state: number for number, state in enumerate(states(root))}
