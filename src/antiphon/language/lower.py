"""The flow graph to global types: cycles become recursion, shared nodes stay shared.

A node that is met again while its own type is being made is a variable there, and a ``rec`` is put
around it. A finished type is used again wherever the recursions that it refers to are around it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count
from typing import Final

from antiphon.errors import Bug, Span
from antiphon.language.flow import (
    COPIES_MAX,
    ExpansionTooLarge,
    Flow,
    Fork,
    Message,
    Stop,
    heads,
    resolve,
    span,
)
from antiphon.theory.global_type import END, Comm, GlobalBranch, GlobalType, comm, rec, var

Talk = Message | Fork
_NONE: Final[frozenset[Talk]] = frozenset()


class _Making:
    """A type in the making: the node, and the branches finished so far."""

    __slots__ = ("branches", "heads", "node", "variables")

    def __init__(self, node: Talk) -> None:
        self.node: Final = node
        self.heads: Final = [head for head in heads(node) if isinstance(head, Message)]
        self.branches: Final[list[GlobalBranch]] = []
        self.variables = _NONE


class Lowering:
    """The types of a graph's nodes, made when first asked for."""

    def __init__(self, names: Collection[str]) -> None:
        self._given_names = names
        self._made: dict[Talk, tuple[GlobalType, frozenset[Talk]]] = {}
        self._comms: dict[Talk, list[Comm]] = {}
        self._names: dict[Talk, str] = {}
        self._inventions = (f"Loop_{number}" for number in count(1))
        self._copies = 0

    def lower(self, root: Flow) -> GlobalType:
        """The global type of a node. Raises ``ExpansionTooLarge`` when it does not end soon."""
        if isinstance(resolve(root)[0], Stop):
            return END
        start = _talk(root)
        active: set[Talk] = set()
        stack: list[_Making] = []
        if start not in self._made or self._made[start][1]:
            stack.append(self._enter(start, active))
        while stack:
            making = stack[-1]
            if len(making.branches) == len(making.heads):
                self._finish(stack.pop(), active)
                continue
            head = making.heads[len(making.branches)]
            found = self._find(head.following, active)
            if found is None:
                stack.append(self._enter(_talk(head.following), active))
            else:
                making.branches.append((head.label, head.sort, found[0]))
                if found[1]:
                    making.variables |= found[1]
        return self._made[start][0]

    def spans(self, root: Flow) -> dict[GlobalType, Span]:
        """Where each communication of a lowered type stands first in the text."""
        places: dict[GlobalType, Span] = {}
        for node in _talks(root):
            for made in self._comms.get(node, ()):
                if made not in places:
                    places[made] = span(node.place)
        return places

    def _enter(self, node: Talk, active: set[Talk]) -> _Making:
        making = _Making(node)
        active.add(node)
        if node in self._made:
            self._copies += len(making.heads)
            if self._copies > COPIES_MAX:
                raise ExpansionTooLarge
        return making

    def _find(self, node: Flow, active: set[Talk]) -> tuple[GlobalType, frozenset[Talk]] | None:
        """The type of a node as far as it is known here, and the active nodes it refers to."""
        found, name = resolve(node)
        if isinstance(found, Stop):
            return END, _NONE
        if found in active:
            if found not in self._names:
                self._names[found] = name or self._invent()
            return var(self._names[found]), frozenset((found,))
        made = self._made.get(found)
        return made if made is not None and made[1] <= active else None

    def _finish(self, making: _Making, active: set[Talk]) -> None:
        node = making.node
        made = comm(making.heads[0].sender, making.heads[0].receiver, making.branches)
        variables, result = making.variables, made
        if node in variables:
            result = rec(self._names[node], made)
            variables -= {node}
        self._comms.setdefault(node, []).append(made)
        self._made[node] = result, variables
        active.remove(node)

    def _invent(self) -> str:
        """A name for a recursion that comes back to a place without a ``rec`` of its own."""
        return next(name for name in self._inventions if name not in self._given_names)


def _talk(node: Flow) -> Talk:
    found, _ = resolve(node)
    if isinstance(found, Stop):
        raise Bug("nothing follows here, and a type is made of it")
    return found


def _talks(root: Flow) -> Iterator[Talk]:
    """Every message and fork that a type of ``root`` is made of, in the order of its branches."""
    seen: set[Talk] = set()
    stack: list[Flow] = [root]
    while stack:
        node, _ = resolve(stack.pop())
        if not isinstance(node, Stop) and node not in seen:
            seen.add(node)
            yield node
            following = [head.following for head in heads(node) if isinstance(head, Message)]
            stack.extend(reversed(following))
