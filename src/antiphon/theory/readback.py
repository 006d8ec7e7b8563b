"""From a finite automaton of local actions back to a local type, with ``rec`` where it loops.

A state that is reached again while it is being written becomes a recursion variable. What has
been written once is used again wherever its variables still mean the same, so that shared
continuations stay shared: the work is linear in the automaton unless a loop is entered from
outside at several of its states.
"""

from __future__ import annotations

from collections.abc import Callable

from antiphon.errors import Refusal
from antiphon.theory.horizon import TOO_LARGE, Horizon, weight
from antiphon.theory.local_type import END, LocalBranch, LocalType, input_, output, rec, var
from antiphon.theory.merge import Merged


class _Frame:
    """A state being written."""

    __slots__ = ("action", "name", "number", "parts", "state")

    def __init__(self, state: Horizon, action: Merged, number: int) -> None:
        self.state = state
        self.action = action
        self.number = number
        self.parts: list[LocalBranch] = []
        self.name = ""


class _Writer:
    def __init__(
        self,
        action: Callable[[Horizon], Merged | None],
        name: Callable[[Horizon], str | None],
        states_max: int,
    ) -> None:
        self.action = action
        self.name = name
        self.states_max = states_max
        self.written: dict[Horizon, tuple[LocalType, tuple[tuple[str, int], ...]]] = {}
        self.open: dict[Horizon, _Frame] = {}
        self.scope: dict[str, int] = {}  # a variable, and the number of the frame that it names
        self.count = 0
        self.weight = 0

    def reuse(self, state: Horizon) -> LocalType | None:
        """What has been written for ``state``, if it means the same here."""
        known = self.written.get(state)
        if known is not None:
            term, needs = known
            if not needs or all(self.scope.get(name) == number for name, number in needs):
                return term
        frame = self.open.get(state)
        if frame is not None:
            if not frame.name:
                frame.name = self.fresh(self.name(state) or "X")
                self.scope[frame.name] = frame.number
            return var(frame.name)
        return None

    def fresh(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self.scope:
            name, number = f"{wanted}{number}", number + 1
        return name

    def begin(self, state: Horizon) -> _Frame | None:
        """A frame for a state, or ``None`` if the role is done there."""
        action = self.action(state)
        if action is None:
            self.written[state] = END, ()
            return None
        self.count += 1
        self.weight += weight(state)
        if self.weight > self.states_max:
            words = f"it has more than {self.states_max} states, or fewer that are large"
            raise Refusal(TOO_LARGE, words)
        frame = self.open[state] = _Frame(state, action, self.count)
        return frame

    def finish(self, frame: _Frame) -> LocalType:
        build = output if frame.action.sends else input_
        term: LocalType = build(frame.action.peer, frame.parts)
        del self.open[frame.state]
        if frame.name:
            del self.scope[frame.name]
            term = rec(frame.name, term)
        needs = tuple((name, self.scope[name]) for name in term.free)
        self.written[frame.state] = term, needs
        return term


def read_back(
    start: Horizon,
    action: Callable[[Horizon], Merged | None],
    name: Callable[[Horizon], str | None],
    states_max: int,
) -> LocalType:
    """The local type of the automaton that begins at ``start`` and does ``action(state)``.

    ``name`` gives the wanted name of a state's recursion variable, if there is one. Raises
    ``Refusal`` with code ``projection-too-large`` when states that weigh more than ``states_max``
    would have to be written.
    """
    writer = _Writer(action, name, states_max)
    frame = writer.begin(start)
    if frame is None:
        return END
    stack = [frame]
    while True:
        frame = stack[-1]
        branches = frame.action.branches
        parts = frame.parts
        while len(parts) < len(branches):
            label, sort, then = branches[len(parts)]
            term = writer.reuse(then)
            if term is None:
                inner = writer.begin(then)
                if inner is not None:
                    stack.append(inner)
                    break
                term = END
            parts.append((label, sort, term))
        else:
            stack.pop()
            term = writer.finish(frame)
            if not stack:
                return term
            outer = stack[-1]
            label, sort, _ = outer.action.branches[len(outer.parts)]
            outer.parts.append((label, sort, term))
