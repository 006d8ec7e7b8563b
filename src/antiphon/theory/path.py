"""Paths through a global type, for the interpreter: recursion is unfolded by substitution.

A *point* of a path is a closed type whose head is a communication, or the end. Nothing here is
used by projection, so that the two are independent readings of one text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from antiphon.theory.global_type import (
    END,
    Comm,
    GlobalEnd,
    GlobalRec,
    GlobalType,
    GlobalVar,
    children,
    comm,
    rec,
)
from antiphon.theory.wellformed import require_global

Point: TypeAlias = Comm | GlobalEnd


@dataclass(frozen=True, slots=True)
class Sent:
    """``sender`` put a message to ``receiver`` in transit."""

    sender: str
    receiver: str
    label: str

    @property
    def role(self) -> str:
        """Whose action it is."""
        return self.sender

    def __str__(self) -> str:
        return f"{self.sender} sends {self.label} to {self.receiver}"


@dataclass(frozen=True, slots=True)
class Received:
    """``receiver`` took a message from ``sender`` out of transit."""

    sender: str
    receiver: str
    label: str

    @property
    def role(self) -> str:
        """Whose action it is."""
        return self.receiver

    def __str__(self) -> str:
        return f"{self.receiver} receives {self.label} from {self.sender}"


Action: TypeAlias = Sent | Received


def action_at(point: Comm, role: str, label: str) -> Action:
    """What ``role``, which takes part in it, does when this communication happens."""
    kind = Sent if role == point.sender else Received
    return kind(point.sender, point.receiver, label)


def substitute(root: GlobalType, name: str, replacement: GlobalType) -> GlobalType:
    """``root`` with every free occurrence of ``name`` replaced by the closed ``replacement``."""
    done: dict[GlobalType, GlobalType] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
        elif name not in node.free:
            done[stack.pop()] = node
        elif isinstance(node, GlobalVar):
            done[stack.pop()] = replacement
        else:
            waiting = [part for part in children(node) if part not in done]
            if waiting:
                stack.extend(waiting)
            elif isinstance(node, GlobalRec):
                done[stack.pop()] = rec(node.name, done[node.body])
            elif isinstance(node, Comm):
                parts = [(label, sort, done[then]) for label, sort, then in node.branches]
                done[stack.pop()] = comm(node.sender, node.receiver, parts)
    return done[root]


class Paths:
    """The points of one global type, unfolded as far as they have been visited.

    Raises ``ProgramError`` if the type is not well-formed.
    """

    def __init__(self, root: GlobalType) -> None:
        require_global(root)
        self._heads: dict[GlobalType, Point] = {}
        self._leads: dict[Comm, dict[str, Point]] = {}
        self.start = self._head(root)

    def _head(self, node: GlobalType) -> Point:
        known = self._heads.get(node)
        if known is not None:
            return known
        passed: list[GlobalType] = []
        while isinstance(node, GlobalRec):
            passed.append(node)
            node = substitute(node.body, node.name, node)
        point = node if isinstance(node, Comm) else END
        for one in passed:
            self._heads[one] = point
        return point

    def leads(self, point: Comm) -> dict[str, Point]:
        """Where each label of a communication leads."""
        known = self._leads.get(point)
        if known is None:
            known = {label: self._head(then) for label, _, then in point.branches}
            self._leads[point] = known
        return known
