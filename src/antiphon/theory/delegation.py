"""Which endpoints a type hands over.

Source: Honda, Vasconcelos and Kubo, Language Primitives and Type Discipline for Structured
Communication-Based Programming, ESOP 1998.
"""

from __future__ import annotations

from antiphon.theory import global_type, local_type
from antiphon.theory.global_type import Comm, GlobalType
from antiphon.theory.local_type import Input, LocalType, Output


def delegations(root: GlobalType | LocalType) -> tuple[tuple[str, str], ...]:
    """The protocols and roles of the sessions that are handed over, each once, as first met."""
    found: dict[tuple[str, str], None] = {}
    is_global = isinstance(root, GlobalType)
    for node in global_type.nodes(root) if is_global else local_type.nodes(root):
        if isinstance(node, Comm | Output | Input):
            for _, sort, _ in node.branches:
                if sort.delegates is not None:
                    found[sort.delegates] = None
    return tuple(found)
