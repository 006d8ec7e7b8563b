"""All that roles can do who keep to their local types: every interleaving, first-in first-out.

Neither machine is used: a configuration is the type of each role and the labels in each queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from antiphon.theory.local_type import END, Input, LocalType, Output
from antiphon.theory.unfold import head

Edge: TypeAlias = tuple[str, str]
Queues: TypeAlias = tuple[tuple[Edge, tuple[str, ...]], ...]
"""The queues that are not empty, in order of their edges."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where everybody is. ``types`` are unfolded, unless they are kept ``folded``."""

    types: tuple[tuple[str, LocalType], ...]
    queues: Queues

    @property
    def is_over(self) -> bool:
        """Whether all are at their ends and nothing is in transit."""
        return not self.queues and all(head(state) is END for _, state in self.types)

    def incoming(self, role: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is in transit to a role, by sender."""
        return tuple((edge[0], labels) for edge, labels in self.queues if edge[1] == role)


@dataclass(frozen=True, slots=True)
class Step:
    """What one role does: it sends or takes ``label``."""

    role: str
    edge: Edge
    label: str
    is_send: bool

    def __str__(self) -> str:
        sender, receiver = self.edge
        if self.is_send:
            return f"{sender} sends {self.label} to {receiver}"
        return f"{receiver} receives {self.label} from {sender}"


Fold: TypeAlias = Callable[[LocalType], LocalType]


def folded(state: LocalType) -> LocalType:
    """A type as it stands: recursion that is unfolded makes another configuration."""
    return state


def start(types: Mapping[str, LocalType], fold: Fold = head) -> Configuration:
    """Where everybody begins."""
    return Configuration(tuple((role, fold(types[role])) for role in sorted(types)), ())


def steps(
    here: Configuration, bound: int | None = None, fold: Fold = head
) -> Iterator[tuple[Step, Configuration]]:
    """What can be done next; nobody sends into a queue that holds ``bound`` messages."""
    queues = dict(here.queues)
    for place, (role, kept) in enumerate(here.types):
        state = head(kept)
        if isinstance(state, Output):
            edge = (role, state.peer)
            held = queues.get(edge, ())
            if bound is not None and len(held) >= bound:
                continue
            for label, _, then in state.branches:
                step = Step(role, edge, label, is_send=True)
                yield step, _moved(here, place, fold(then), edge, (*held, label))
        elif isinstance(state, Input):
            edge = (state.peer, role)
            held = queues.get(edge, ())
            for label, _, then in state.branches:
                if held and label == held[0]:
                    step = Step(role, edge, label, is_send=False)
                    yield step, _moved(here, place, fold(then), edge, held[1:])


def _moved(
    here: Configuration, place: int, then: LocalType, edge: Edge, queue: tuple[str, ...]
) -> Configuration:
    types = (*here.types[:place], (here.types[place][0], then), *here.types[place + 1 :])
    queues = {**dict(here.queues), edge: queue}
    if not queue:
        del queues[edge]
    return Configuration(types, tuple(sorted(queues.items())))


@dataclass(frozen=True, slots=True)
class Reached:
    """How many configurations and steps there are; ``wrong`` says what the first bad one is."""

    states: int
    edges: int
    wrong: str = ""


Leads: TypeAlias = "tuple[tuple[Step, Configuration], ...]"
Check: TypeAlias = Callable[[Configuration, Leads], str]
"""What is wrong with a configuration and its steps, or nothing."""


def explore(
    types: Mapping[str, LocalType], check: Check, bound: int | None = None, fold: Fold = head
) -> Reached:
    """Go everywhere, breadth first, until something is wrong."""
    first = start(types, fold)
    seen, waiting, edges = {first}, [first], 0
    for here in waiting:
        leads = tuple(steps(here, bound, fold))
        wrong = check(here, leads)
        edges += len(leads)
        if wrong:
            return Reached(len(seen), edges, f"{wrong}: {show(here)}")
        for _, there in leads:
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return Reached(len(seen), edges)


def show(here: Configuration) -> str:
    """A configuration in a line."""
    roles = ", ".join(f"{role} at {state!r}" for role, state in here.types)
    queues = ", ".join(f"{a}->{b}: {' '.join(labels)}" for (a, b), labels in here.queues)
    return f"{roles}; in transit {queues or 'nothing'}"
