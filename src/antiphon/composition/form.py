"""Deterministic automata in one form: two that do the same have equal rows, and equal digests.

States that cannot be told apart are one, and they are numbered as they are first met, the actions
in order. Source: Moore, Gedanken-Experiments on Sequential Machines, Automata Studies, 1956.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from antiphon.errors import Bug, Refusal
from antiphon.values.canonical import Plain, digest

FORM_DOMAIN: Final = "antiphon.composition.form.1"
STATES_MAX: Final = 2048
"""How many states are told apart in what a role does, and in what two roles say to each other."""

Action: TypeAlias = tuple[str, ...]
Mark: TypeAlias = tuple[str, ...]
State = TypeVar("State", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Form:
    """For each state its mark and, in order, its actions with the states that they lead to.

    State 0 is the first.
    """

    rows: tuple[tuple[Mark, tuple[tuple[Action, int], ...]], ...]

    @property
    def digest(self) -> str:
        """The name of its content, in the domain ``antiphon.composition.form.1``."""
        plain: tuple[Plain, ...] = self.rows
        return digest(FORM_DOMAIN, plain)

    @property
    def actions(self) -> frozenset[Action]:
        """Everything that can happen in it."""
        return frozenset(action for _, moves in self.rows for action, _ in moves)


@dataclass(frozen=True, slots=True)
class Parting:
    """After ``word`` two forms are not alike: what each can do then, and its mark."""

    word: tuple[Action, ...]
    one: tuple[Mark, tuple[Action, ...]]
    other: tuple[Mark, tuple[Action, ...]]


def form(first: State, look: Callable[[State], tuple[Mark, Mapping[Action, State]]]) -> Form:
    """The form of the automaton that begins in ``first``; ``look`` tells a state's mark and moves.

    Raises ``Refusal`` (``composition-too-large``) past ``STATES_MAX`` states.
    """
    marks: list[Mark] = []
    moves: list[list[tuple[Action, int]]] = []
    number: dict[State, int] = {first: 0}
    waiting = deque([first])
    while waiting:
        mark, leads = look(waiting.popleft())
        row: list[tuple[Action, int]] = []
        for action in sorted(leads):
            then = leads[action]
            if then not in number:
                require_small(len(number) + 1)
                number[then] = len(number)
                waiting.append(then)
            row.append((action, number[then]))
        marks.append(mark)
        moves.append(row)
    return _numbered(marks, moves, _classes(marks, moves))


def require_small(states: int) -> None:
    """Raises ``Refusal`` (``composition-too-large``) past ``STATES_MAX`` states."""
    if states > STATES_MAX:
        raise Refusal(
            "composition-too-large",
            f"more than {STATES_MAX} states would have to be told apart: "
            "compose protocols that say less to each other, or keep the role private",
        )


def _classes(marks: list[Mark], moves: list[list[tuple[Action, int]]]) -> list[int]:
    """For each state the number of its class: those that no sequence of actions tells apart."""
    of: list[int] = [0] * len(marks)
    count = 0
    while True:
        names: dict[Hashable, int] = {}
        found = [
            names.setdefault((of[state], mark, tuple((a, of[to]) for a, to in row)), len(names))
            for state, (mark, row) in enumerate(zip(marks, moves, strict=True))
        ]
        if len(names) == count:
            return of
        of, count = found, len(names)


def _numbered(marks: list[Mark], moves: list[list[tuple[Action, int]]], of: list[int]) -> Form:
    number = {of[0]: 0}
    order = [0]
    rows: list[tuple[Mark, tuple[tuple[Action, int], ...]]] = []
    for state in order:
        row: list[tuple[Action, int]] = []
        for action, to in moves[state]:
            if of[to] not in number:
                number[of[to]] = len(number)
                order.append(to)
            row.append((action, number[of[to]]))
        rows.append((marks[state], tuple(row)))
    return Form(tuple(rows))


def parting(one: Form, other: Form) -> Parting:
    """The first place, after the fewest actions, at which two unequal forms are not alike."""
    words: dict[tuple[int, int], tuple[Action, ...]] = {(0, 0): ()}
    waiting = deque([(0, 0)])
    while waiting:
        pair = here, there = waiting.popleft()
        (mark, moves), (mark_, moves_) = one.rows[here], other.rows[there]
        actions, actions_ = tuple(a for a, _ in moves), tuple(a for a, _ in moves_)
        if (mark, actions) != (mark_, actions_):
            return Parting(words[pair], (mark, actions), (mark_, actions_))
        for (action, then), (_, then_) in zip(moves, moves_, strict=True):
            if (then, then_) not in words:
                words[then, then_] = (*words[pair], action)
                waiting.append((then, then_))
    raise Bug("two forms that are not equal do the same")
