"""Global types: a whole conversation, seen from above.

    G ::= p -> q : { l_i(S_i) . G_i }     p sends one of the labels to q, then G_i
        | rec X . G  |  X                 recursion, by name
        | end

Source: Honda, Yoshida and Carbone, Multiparty Asynchronous Session Types, POPL 2008 / JACM 2016.
Nodes are hash-consed: build them with ``comm``, ``rec``, ``var`` and ``END``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from antiphon.theory.node import NO_VARIABLES, Node, intern, union_free
from antiphon.values.sort import UNIT, Sort


class GlobalEnd(Node):
    """The conversation is over."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "end"


class GlobalVar(Node):
    """Back to the enclosing recursion of this name."""

    __slots__ = ("name",)
    name: str

    def __repr__(self) -> str:
        return self.name


class GlobalRec(Node):
    """``rec name . body``"""

    __slots__ = ("body", "name")
    name: str
    body: GlobalType

    def __repr__(self) -> str:
        return f"rec {self.name} . ..."


class Comm(Node):
    """``sender -> receiver``: one of ``branches`` is taken, chosen by the sender.

    A branch is (label, sort, continuation). Labels are distinct and in source order; there is at
    least one.
    """

    __slots__ = ("branches", "receiver", "sender")
    sender: str
    receiver: str
    branches: tuple[GlobalBranch, ...]

    def __repr__(self) -> str:
        labels = ", ".join(label for label, _, _ in self.branches)
        return f"{self.sender} -> {self.receiver} {{{labels}}}"


GlobalType: TypeAlias = GlobalEnd | GlobalVar | GlobalRec | Comm
GlobalBranch: TypeAlias = tuple[str, Sort, GlobalType]


def _make_end() -> GlobalEnd:
    node = GlobalEnd()
    node.free = NO_VARIABLES
    return node


END = _make_end()


def var(name: str) -> GlobalVar:
    """The recursion variable ``name``."""

    def make() -> GlobalVar:
        node = GlobalVar()
        node.name = name
        node.free = frozenset((name,))
        return node

    return intern(GlobalVar, name, make)


def rec(name: str, body: GlobalType) -> GlobalRec:
    """``rec name . body``"""

    def make() -> GlobalRec:
        node = GlobalRec()
        node.name = name
        node.body = body
        node.free = body.free - {name} if name in body.free else body.free
        return node

    return intern(GlobalRec, (name, body), make)


def comm(sender: str, receiver: str, branches: Iterable[GlobalBranch]) -> Comm:
    """A choice by ``sender`` among messages to ``receiver``."""
    taken = tuple(branches)

    def make() -> Comm:
        node = Comm()
        node.sender = sender
        node.receiver = receiver
        node.branches = taken
        node.free = union_free(tuple(branch[2] for branch in taken))
        return node

    return intern(Comm, (sender, receiver, taken), make)


def message(
    sender: str, receiver: str, label: str, then: GlobalType = END, sort: Sort = UNIT
) -> Comm:
    """One message with no alternative."""
    return comm(sender, receiver, ((label, sort, then),))


def children(node: GlobalType) -> tuple[GlobalType, ...]:
    """The immediate subterms, in order."""
    match node:
        case Comm():
            return tuple(branch[2] for branch in node.branches)
        case GlobalRec():
            return (node.body,)
        case GlobalEnd() | GlobalVar():
            return ()


def nodes(root: GlobalType) -> Iterator[GlobalType]:
    """Every distinct subterm once, in depth-first preorder."""
    seen: set[GlobalType] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack.extend(reversed(children(node)))


def roles(root: GlobalType) -> tuple[str, ...]:
    """Every role that takes part, in order of first appearance."""
    found: dict[str, None] = {}
    for node in nodes(root):
        if isinstance(node, Comm):
            found.setdefault(node.sender)
            found.setdefault(node.receiver)
    return tuple(found)
