"""A local type as a ``local protocol`` of Scribble.

Source: Yoshida, Hu, Neykova and Ng, The Scribble Protocol Language, TGC 2013.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from antiphon.errors import Refusal
from antiphon.theory.local_type import Input, LocalEnd, LocalRec, LocalType, LocalVar, Output
from antiphon.theory.notation import PIECES_MAX, TOO_LARGE, payload_text
from antiphon.values.sort import Sort

_Item: TypeAlias = tuple[int, "LocalType | str"]


def render_local_protocol(name: str, role: str, roles: Iterable[str], local_type: LocalType) -> str:
    """What ``role`` does in the protocol ``name`` between ``roles``, as Scribble text.

    Raises ``Refusal`` with code ``text-too-large`` past ``PIECES_MAX`` lines.
    """
    parameters = ", ".join(f"role {one}" for one in roles)
    out: list[str] = []
    head = f"local protocol {name} at {role}({parameters}) {{"
    stack: list[_Item] = [(0, "}"), (1, local_type), (0, head)]
    while stack:
        depth, item = stack.pop()
        if isinstance(item, str):
            out.append("  " * depth + item)
            if len(out) > PIECES_MAX:
                raise Refusal(TOO_LARGE, f"this type has more than {PIECES_MAX} lines")
        else:
            stack.extend(reversed(_lines(depth, item, role)))
    return "\n".join(out) + "\n"


def _lines(depth: int, node: LocalType, role: str) -> list[_Item]:
    match node:
        case LocalEnd():
            return []
        case LocalVar():
            return [(depth, f"continue {node.name};")]
        case LocalRec():
            return [(depth, f"rec {node.name} {{"), (depth + 1, node.body), (depth, "}")]
        case Output() | Input():
            if len(node.branches) == 1:
                label, sort, then = node.branches[0]
                return [(depth, _message(node, label, sort)), (depth, then)]
            chooser = role if isinstance(node, Output) else node.peer
            items: list[_Item] = []
            for label, sort, then in node.branches:
                items.append((depth, "} or {" if items else f"choice at {chooser} {{"))
                items.append((depth + 1, _message(node, label, sort)))
                items.append((depth + 1, then))
            return [*items, (depth, "}")]


def _message(node: Output | Input, label: str, sort: Sort) -> str:
    way = "to" if isinstance(node, Output) else "from"
    return f"{label}({payload_text(sort)}) {way} {node.peer};"
