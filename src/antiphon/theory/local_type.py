"""Local types: what one role may do next, always.

    L ::= q ! { l_i(S_i) . L_i }     internal choice: this role decides and sends to q
        | p ? { l_i(S_i) . L_i }     external choice: p decides, this role receives
        | rec X . L  |  X
        | end

Source: Honda, Yoshida and Carbone, Multiparty Asynchronous Session Types, POPL 2008 / JACM 2016.
Nodes are hash-consed: build them with ``output``, ``input_``, ``rec``, ``var`` and ``END``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from antiphon.theory.node import NO_VARIABLES, Node, intern, union_free
from antiphon.values.sort import Sort


class LocalEnd(Node):
    """This role is done."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "end"


class LocalVar(Node):
    """Back to the enclosing recursion of this name."""

    __slots__ = ("name",)
    name: str

    def __repr__(self) -> str:
        return self.name


class LocalRec(Node):
    """``rec name . body``"""

    __slots__ = ("body", "name")
    name: str
    body: LocalType

    def __repr__(self) -> str:
        return f"rec {self.name} . ..."


class Output(Node):
    """Internal choice: this role sends one of ``branches`` to ``peer``."""

    __slots__ = ("branches", "peer")
    peer: str
    branches: tuple[LocalBranch, ...]

    def __repr__(self) -> str:
        return f"{self.peer} ! {{{', '.join(label for label, _, _ in self.branches)}}}"


class Input(Node):
    """External choice: ``peer`` decides which of ``branches`` arrives."""

    __slots__ = ("branches", "peer")
    peer: str
    branches: tuple[LocalBranch, ...]

    def __repr__(self) -> str:
        return f"{self.peer} ? {{{', '.join(label for label, _, _ in self.branches)}}}"


LocalType: TypeAlias = LocalEnd | LocalVar | LocalRec | Output | Input
LocalBranch: TypeAlias = tuple[str, Sort, LocalType]


def _make_end() -> LocalEnd:
    node = LocalEnd()
    node.free = NO_VARIABLES
    return node


END = _make_end()


def var(name: str) -> LocalVar:
    """The recursion variable ``name``."""

    def make() -> LocalVar:
        node = LocalVar()
        node.name = name
        node.free = frozenset((name,))
        return node

    return intern(LocalVar, name, make)


def rec(name: str, body: LocalType) -> LocalRec:
    """``rec name . body``"""

    def make() -> LocalRec:
        node = LocalRec()
        node.name = name
        node.body = body
        node.free = body.free - {name} if name in body.free else body.free
        return node

    return intern(LocalRec, (name, body), make)


def output(peer: str, branches: Iterable[LocalBranch]) -> Output:
    """Internal choice among messages to ``peer``; labels distinct, at least one."""
    taken = tuple(branches)

    def make() -> Output:
        node = Output()
        node.peer = peer
        node.branches = taken
        node.free = union_free(tuple(branch[2] for branch in taken))
        return node

    return intern(Output, (peer, taken), make)


def input_(peer: str, branches: Iterable[LocalBranch]) -> Input:
    """External choice among messages from ``peer``; labels distinct, at least one."""
    taken = tuple(branches)

    def make() -> Input:
        node = Input()
        node.peer = peer
        node.branches = taken
        node.free = union_free(tuple(branch[2] for branch in taken))
        return node

    return intern(Input, (peer, taken), make)


def children(node: LocalType) -> tuple[LocalType, ...]:
    """The immediate subterms, in order."""
    match node:
        case Output() | Input():
            return tuple(branch[2] for branch in node.branches)
        case LocalRec():
            return (node.body,)
        case LocalEnd() | LocalVar():
            return ()


def with_children(node: LocalType, parts: tuple[LocalType, ...]) -> LocalType:
    """The same constructor over other immediate subterms."""
    match node:
        case Output():
            return output(node.peer, _rebranch(node.branches, parts))
        case Input():
            return input_(node.peer, _rebranch(node.branches, parts))
        case LocalRec():
            return rec(node.name, parts[0])
        case LocalEnd() | LocalVar():
            return node


def _rebranch(
    branches: tuple[LocalBranch, ...], parts: tuple[LocalType, ...]
) -> tuple[LocalBranch, ...]:
    return tuple(
        (label, sort, part) for (label, sort, _), part in zip(branches, parts, strict=True)
    )


def nodes(root: LocalType) -> Iterator[LocalType]:
    """Every distinct subterm once, in depth-first preorder."""
    seen: set[LocalType] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack.extend(reversed(children(node)))
