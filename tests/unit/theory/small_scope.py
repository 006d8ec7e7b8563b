"""Small worlds, completely: every global type of a scope, and every run of its local types.

The scopes are those of the table that the project measured before it was built: labels ``l1``,
``l2``, ... in order, no payloads, all ordered pairs of roles; with ``loops``, a recursion may
stand wherever a communication may, its body must begin with a communication and use the variable,
and no recursion stands inside another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from random import Random

import pytest

from antiphon.theory.global_type import END, GlobalType, comm, rec, var
from antiphon.theory.local_type import Input, LocalEnd, LocalType, Output
from antiphon.theory.unfold import head
from antiphon.values.sort import NAT, UNIT

ROLES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Scope:
    """How many roles, labels in a choice, and messages in a row."""

    roles: int
    labels: int
    depth: int
    loops: bool = False


def global_types(scope: Scope) -> list[GlobalType]:
    """Every global type of the scope, the empty one first."""
    closed: list[GlobalType] = [END]
    inside: list[GlobalType] = [END, var("X")]
    for _ in range(scope.depth):
        messages = _prefixed(scope, inside) if scope.loops else []
        loops = [rec("X", body) for body in messages if body.free]
        closed = [END, *_prefixed(scope, closed), *loops]
        inside = [END, var("X"), *messages]
    return closed


def _prefixed(scope: Scope, then: list[GlobalType]) -> list[GlobalType]:
    made: list[GlobalType] = []
    for sender, receiver in permutations(ROLES[: scope.roles], 2):
        for width in range(1, scope.labels + 1):
            labels = [f"l{number + 1}" for number in range(width)]
            made.extend(
                comm(
                    sender,
                    receiver,
                    [(label, UNIT, part) for label, part in zip(labels, parts, strict=True)],
                )
                for parts in product(then, repeat=width)
            )
    return made


Queues = tuple[tuple[tuple[str, str], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class World:
    """All local types and all queues that are not empty: one state of the whole system."""

    locals: tuple[tuple[str, LocalType], ...]
    queues: Queues = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One role sends or receives one label."""

    sends: bool
    sender: str
    receiver: str
    label: str


def world(projections: dict[str, LocalType]) -> World:
    """The start: nothing in transit."""
    return World(tuple((role, head(local)) for role, local in projections.items()))


def moves(here: World, bound: int) -> Iterator[tuple[Move, World]]:
    """Everything that may happen next, with at most ``bound`` messages in a queue."""
    queues = dict(here.queues)
    for index, (role, local) in enumerate(here.locals):
        if isinstance(local, Output):
            edge = role, local.peer
            queue = queues.get(edge, ())
            if len(queue) < bound:
                for label, _, then in local.branches:
                    after = {**queues, edge: (*queue, label)}
                    yield Move(True, *edge, label), _next(here, index, then, after)
        elif isinstance(local, Input):
            edge = local.peer, role
            queue = queues.get(edge, ())
            for label, _, then in local.branches:
                if queue and queue[0] == label:
                    after = {**queues, edge: queue[1:]}
                    yield Move(False, *edge, label), _next(here, index, then, after)


def _next(
    here: World, index: int, then: LocalType, queues: dict[tuple[str, str], tuple[str, ...]]
) -> World:
    role = here.locals[index][0]
    return World(
        (*here.locals[:index], (role, head(then)), *here.locals[index + 1 :]),
        tuple(sorted((edge, queue) for edge, queue in queues.items() if queue)),
    )


@dataclass(slots=True)
class Exploration:
    """What was found; ``wrong`` names the first bad state, if any."""

    states: int = 0
    steps: int = 0
    wrong: str = ""


def explore(projections: dict[str, LocalType], bound: int) -> Exploration:
    """Every run under every interleaving: deadlocks, unspecified receptions, orphans."""
    found = Exploration()
    start = world(projections)
    seen = {start}
    stack = [start]
    while stack:
        here = stack.pop()
        found.states += 1
        wrong = _wrong(here)
        stuck = True
        for _, there in moves(here, bound):
            found.steps += 1
            stuck = False
            if there not in seen:
                seen.add(there)
                stack.append(there)
        if stuck and any(not isinstance(local, LocalEnd) for _, local in here.locals):
            wrong = wrong or "deadlock"
        if wrong:
            found.wrong = f"{wrong} in {here}"
            return found
    return found


def _wrong(here: World) -> str:
    """A message that its receiver cannot take, or that nobody will."""
    local_types = dict(here.locals)
    for (sender, receiver), queue in here.queues:
        local = local_types[receiver]
        if isinstance(local, LocalEnd):
            return "orphan"
        if (
            isinstance(local, Input)
            and local.peer == sender
            and queue[0] not in {label for label, _, _ in local.branches}
        ):
            return "unspecified reception"
    return ""


def same_behaviour(left: LocalType, right: LocalType) -> bool:
    """Whether two local types allow the same, for ever; the order of branches does not count."""
    seen = {(head(left), head(right))}
    stack = list(seen)
    while stack:
        one, two = stack.pop()
        if isinstance(one, LocalEnd) or isinstance(two, LocalEnd):
            if one is not two:
                return False
            continue
        if not isinstance(one, Output | Input) or not isinstance(two, Output | Input):
            return False
        if isinstance(one, Output) != isinstance(two, Output) or one.peer != two.peer:
            return False
        others = {label: (sort, then) for label, sort, then in two.branches}
        if set(others) != {label for label, _, _ in one.branches}:
            return False
        for label, sort, then in one.branches:
            if others[label][0] is not sort:
                return False
            pair = head(then), head(others[label][1])
            if pair not in seen:
                seen.add(pair)
                stack.append(pair)
    return True


def random_global(rng: Random, roles: int, labels: int, depth: int) -> GlobalType:
    """A well-formed global type with nested and shadowed recursions, seldom projectable."""
    return _random(rng, ROLES[:roles], labels, depth, (), guarded=False)


def _random(
    rng: Random,
    roles: tuple[str, ...],
    labels: int,
    depth: int,
    scope: tuple[str, ...],
    *,
    guarded: bool,
) -> GlobalType:
    if depth == 0 or rng.random() < 0.1:
        return var(rng.choice(scope)) if guarded and scope and rng.random() < 0.6 else END
    if rng.random() < 0.2:
        name = rng.choice(("X", "Y"))
        inside = (*(one for one in scope if one != name), name)
        body = _random_message(rng, roles, labels, depth, inside)
        return rec(name, body)
    return _random_message(rng, roles, labels, depth, scope)


def _random_message(
    rng: Random, roles: tuple[str, ...], labels: int, depth: int, scope: tuple[str, ...]
) -> GlobalType:
    sender, receiver = rng.sample(roles, 2)
    branches = [
        (
            f"l{number + 1}",
            rng.choice((UNIT, NAT)),
            _random(rng, roles, labels, depth - 1, scope, guarded=True),
        )
        for number in range(rng.randint(1, labels))
    ]
    return comm(sender, receiver, branches)


def report(request: pytest.FixtureRequest, counts: Mapping[str, int]) -> None:
    """Puts what a law was tried on into its test report, as properties."""
    assert isinstance(request.node, pytest.Item)
    request.node.user_properties.extend(counts.items())
