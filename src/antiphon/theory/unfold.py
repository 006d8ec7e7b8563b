"""Substitution and unfolding of recursion in local types: ``rec X . L  =  L[rec X . L / X]``.

Substitution goes under every constructor, choices included. Only closed types are ever
substituted, so nothing can be captured.
"""

from __future__ import annotations

from functools import lru_cache

from antiphon.theory.local_type import (
    LocalRec,
    LocalType,
    LocalVar,
    children,
    with_children,
)


def substitute(root: LocalType, name: str, replacement: LocalType) -> LocalType:
    """``root`` with every free occurrence of ``name`` replaced by the closed ``replacement``."""
    done: dict[LocalType, LocalType] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
        elif name not in node.free:
            done[stack.pop()] = node
        elif isinstance(node, LocalVar):
            done[stack.pop()] = replacement
        else:
            parts = children(node)
            waiting = [part for part in parts if part not in done]
            if waiting:
                stack.extend(waiting)
            else:
                done[stack.pop()] = with_children(node, tuple(done[part] for part in parts))
    return done[root]


def head(node: LocalType) -> LocalType:
    """A closed type unfolded until its head is an action or end.

    Raises ``ValueError`` on a type that is not contractive, such as ``rec X . X``.
    """
    if isinstance(node, LocalRec):
        return _unfold(node)
    if isinstance(node, LocalVar):
        raise ValueError(f"unbound recursion variable {node.name}")
    return node


@lru_cache(maxsize=4096)
def _unfold(node: LocalRec) -> LocalType:
    seen: set[LocalType] = set()
    unfolded: LocalType = node
    while isinstance(unfolded, LocalRec):
        if unfolded in seen:
            raise ValueError(f"unguarded recursion on {unfolded.name}")
        seen.add(unfolded)
        unfolded = substitute(unfolded.body, unfolded.name, unfolded)
    return head(unfolded)
