"""Control: what ends and what recurs. Nothing stands after what never ends; recursion is last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from antiphon.language.diagnostic import Problems
from antiphon.language.resolve import Entry
from antiphon.language.syntax import (
    Block,
    Choice,
    Continue,
    Do,
    Recursion,
    Statement,
    Transfer,
    Tree,
)


@dataclass(slots=True)
class _Body:
    """One protocol: its blocks, outer before inner, each with whether nothing stands after it."""

    entry: Entry
    blocks: list[tuple[Block, bool]] = field(default_factory=list[tuple[Block, bool]])
    callees: dict[int, Entry] = field(default_factory=dict[int, Entry])
    ending_blocks: set[int] = field(default_factory=set[int])
    ends: bool = False


def check_control(entries: Sequence[Entry], problems: Problems) -> list[Entry]:
    """Report, in the sound protocols, what is unreachable and what recurs before the end.

    A protocol is sound afterwards if it and everything that it does, directly or not, is. The
    sound ones are returned, callees first.
    """
    sound: list[Entry] = []
    bodies = {entry: _collect(entry) for entry in entries}
    graph = {entry: dict.fromkeys(body.callees.values()) for entry, body in bodies.items()}
    for component in _components(graph):
        recursive = set(component)
        if len(component) == 1 and component[0] not in graph[component[0]]:
            recursive.clear()
        _find_endings(component, bodies)
        for entry in component:
            body = bodies[entry]
            if entry.sound and not _report_recursion(body, recursive, problems):
                _report_unreachable(body, bodies, problems)
        if not all(callee.sound for entry in component for callee in (entry, *graph[entry])):
            for entry in component:
                entry.sound = False
        sound.extend(entry for entry in component if entry.sound)
    return sound


def _children(statement: Statement) -> tuple[Block, ...]:
    match statement:
        case Choice():
            return statement.branches
        case Recursion():
            return (statement.body,)
        case Transfer() | Continue() | Do():
            return ()


def _collect(entry: Entry) -> _Body:
    body = _Body(entry)
    stack = [(entry.tree.body, True)]
    while stack:
        block, is_last = stack.pop()
        body.blocks.append((block, is_last))
        final = len(block.statements) - 1
        for index, statement in enumerate(block.statements):
            is_final = is_last and index == final
            stack.extend((child, is_final) for child in _children(statement))
            if isinstance(statement, Do):
                callee = entry.scope.protocol(statement.protocol.text)
                if callee is not None:
                    body.callees[id(statement)] = callee
    return body


def _components(graph: Mapping[Entry, Mapping[Entry, None]]) -> Iterator[list[Entry]]:
    """The strongly connected components, callees first.

    Source: Tarjan, Depth-First Search and Linear Graph Algorithms, SIAM J. Comput. 1972.
    """
    number: dict[Entry, int] = {}
    low: dict[Entry, int] = {}
    waiting: list[Entry] = []
    placed: set[Entry] = set()
    for root in graph:
        path = [] if root in number else [(root, iter(graph[root]))]
        while path:
            entry, successors = path[-1]
            if entry not in number:
                number[entry] = low[entry] = len(number)
                waiting.append(entry)
            for successor in successors:
                if successor not in number:
                    path.append((successor, iter(graph[successor])))
                    break
                if successor not in placed:
                    low[entry] = min(low[entry], low[successor])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[entry])
                if low[entry] == number[entry]:
                    component = [waiting.pop()]
                    while component[-1] is not entry:
                        component.append(waiting.pop())
                    placed.update(component)
                    yield component


def _find_endings(component: list[Entry], bodies: Mapping[Entry, _Body]) -> None:
    """Find the protocols with a run that ends: the least solution, so that a pure loop has none."""
    callers: dict[Entry, list[Entry]] = {entry: [] for entry in component}
    for entry in component:
        for callee in dict.fromkeys(bodies[entry].callees.values()):
            if callee in callers:
                callers[callee].append(entry)
    pending = list(component)
    while pending:
        body = bodies[pending.pop()]
        if not body.ends and _find_ending(body, bodies):
            body.ends = True
            pending.extend(callers[body.entry])


def _find_ending(body: _Body, bodies: Mapping[Entry, _Body]) -> bool:
    body.ending_blocks.clear()
    for block, _ in reversed(body.blocks):
        if all(_ends(statement, body, bodies) for statement in block.statements):
            body.ending_blocks.add(id(block))
    return id(body.blocks[0][0]) in body.ending_blocks


def _ends(statement: Statement, body: _Body, bodies: Mapping[Entry, _Body]) -> bool:
    match statement:
        case Transfer():
            return True
        case Continue():
            return False
        case Choice() | Recursion():
            return any(id(child) in body.ending_blocks for child in _children(statement))
        case Do():
            callee = body.callees.get(id(statement))
            return callee is None or bodies[callee].ends


def _report_recursion(body: _Body, recursive: set[Entry], problems: Problems) -> bool:
    """Report each recursive ``do`` with something after it; whether there is one."""
    found = False
    for block, is_last in body.blocks:
        final = len(block.statements) - 1
        for index, statement in enumerate(block.statements):
            if not isinstance(statement, Do) or (is_last and index == final):
                continue
            if body.callees.get(id(statement)) in recursive:
                name = statement.protocol.text
                message = f"`do {name}` recurs here, and is not the last that happens"
                _report(body, "non-tail-do", message, statement, problems)
                found = True
    return found


def _report_unreachable(body: _Body, bodies: Mapping[Entry, _Body], problems: Problems) -> None:
    for block, _ in body.blocks:
        for statement, following in pairwise(block.statements):
            if not _ends(statement, body, bodies):
                message = "no run comes to this statement"
                _report(body, "unreachable-statement", message, following, problems)
                break


def _report(body: _Body, code: str, message: str, tree: Tree, problems: Problems) -> None:
    body.entry.sound = False
    source = body.entry.scope.module.source
    problems.report(code, message, source, (tree.start, tree.end))
