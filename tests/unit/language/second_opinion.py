"""What a protocol says, by following its text statement by statement, and what its type says.

Neither uses the flow graph. Only protocols of one file, without parameters, are followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from antiphon.language.syntax import (
    Choice,
    Continue,
    Do,
    GlobalProtocol,
    Module,
    Payload,
    Recursion,
    Signature,
    Statement,
    Transfer,
)
from antiphon.theory.global_type import Comm, GlobalRec, GlobalType, GlobalVar
from antiphon.values.sort import Sort, delegation, named, payload

Event = tuple[str, str, str, str]
S = TypeVar("S")


@dataclass(frozen=True)
class Rest:
    """Statements still to be read, the roles and recursions they know, and what comes after."""

    statements: tuple[Statement, ...]
    roles: Mapping[str, str]
    loops: Mapping[str, tuple[Recursion, Rest]]
    after: Rest | None


def text_traces(module: Module, protocol: GlobalProtocol, length: int) -> set[tuple[Event, ...]]:
    """The first ``length`` messages of every run of a protocol, by its text."""
    roles = {role.text: role.text for role in protocol.roles}
    start = Rest(protocol.body.statements, roles, {}, None)
    protocols = {tree.name.text: tree for tree in module.protocols}

    def steps(rest: Rest | None) -> Iterator[tuple[Event, Rest | None]]:
        return _text_steps(rest, protocols)

    return traces(start, steps, length)


def type_traces(root: GlobalType, length: int) -> set[tuple[Event, ...]]:
    """The same by its global type."""
    return traces((root, ()), _type_steps, length)


def traces(
    start: S, steps: Callable[[S], Iterable[tuple[Event, S]]], length: int
) -> set[tuple[Event, ...]]:
    """Every sequence of steps that ends, and every beginning of one that does not."""
    found: set[tuple[Event, ...]] = set()
    pending: list[tuple[tuple[Event, ...], S]] = [((), start)]
    while pending:
        trace, state = pending.pop()
        following = [] if len(trace) == length else list(steps(state))
        if not following:
            found.add(trace)
        pending.extend(((*trace, event), left) for event, left in following)
    return found


def _text_steps(
    rest: Rest | None, protocols: Mapping[str, GlobalProtocol]
) -> Iterator[tuple[Event, Rest | None]]:
    while rest is not None and not rest.statements:
        rest = rest.after
    if rest is None:
        return
    tree = rest.statements[0]
    left = replace(rest, statements=rest.statements[1:])
    match tree:
        case Transfer():
            assert isinstance(tree.message, Signature)
            sorts = tuple(map(_sort, tree.message.payloads))
            first, *others = tree.receivers
            sender, receiver = rest.roles[tree.sender.text], rest.roles[first.text]
            if others:
                again = replace(tree, receivers=tuple(others))
                left = replace(rest, statements=(again, *left.statements))
            yield (sender, receiver, tree.message.operator.text, payload(sorts).name), left
        case Choice():
            for branch in tree.branches:
                inside = Rest(branch.statements, rest.roles, rest.loops, left)
                yield from _text_steps(inside, protocols)
        case Recursion():
            loops = {**rest.loops, tree.variable.text: (tree, rest)}
            yield from _text_steps(Rest(tree.body.statements, rest.roles, loops, left), protocols)
        case Continue():
            yield from _text_steps(rest.loops[tree.variable.text][1], protocols)
        case Do():
            callee = protocols[tree.protocol.text]
            names = (role.text for role in callee.roles)
            given = (rest.roles[role.text] for role in tree.roles)
            roles = dict(zip(names, given, strict=True))
            yield from _text_steps(Rest(callee.body.statements, roles, {}, left), protocols)


def _sort(item: Payload) -> Sort:
    name = item.sort.text
    return named(name) if item.role is None else delegation(name, item.role.text)


Loops = tuple[tuple[str, GlobalRec], ...]


def _type_steps(
    state: tuple[GlobalType, Loops],
) -> Iterator[tuple[Event, tuple[GlobalType, Loops]]]:
    node, loops = state
    while not isinstance(node, Comm):
        match node:
            case GlobalRec():
                loops = (*loops, (node.name, node))
                node = node.body
            case GlobalVar():
                while loops[-1][0] != node.name:
                    loops = loops[:-1]
                node, loops = loops[-1][1], loops[:-1]
            case _:
                return
    for label, sort, following in node.branches:
        yield (node.sender, node.receiver, label, sort.name), (following, loops)
