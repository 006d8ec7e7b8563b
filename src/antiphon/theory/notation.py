"""Types in the symbols of the literature.

    A → B : l(nat) . G      A → B : { l1 . G1, l2 . G2 }      μX . G      end      global types
    B ⊕ l(nat) . L          A & { l1 . L1, l2 . L2 }          μX . L      end      local types

Source: Scalas and Yoshida, Less Is More: Multiparty Session Types Revisited, POPL 2019. The sort
``unit`` is not written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from antiphon.errors import Refusal
from antiphon.theory.global_type import Comm, GlobalEnd, GlobalRec, GlobalType, GlobalVar
from antiphon.theory.local_type import LocalEnd, LocalRec, LocalType, LocalVar, Output
from antiphon.values.sort import UNIT, Sort

TOO_LARGE: Final = "text-too-large"
PIECES_MAX: Final = 1_000_000
"""A type shares its parts and text does not: past so many pieces no text is written."""

Type: TypeAlias = GlobalType | LocalType


def payload_text(sort: Sort) -> str:
    """What a message carries, as a list: nothing for ``unit``, pairs opened to the right."""
    if sort is UNIT:
        return ""
    parts: list[str] = []
    while sort.left is not None and sort.right is not None:
        parts.append(sort.left.name)
        sort = sort.right
    return ", ".join((*parts, sort.name))


def message_text(label: str, sort: Sort) -> str:
    """A label with what it carries."""
    payload = payload_text(sort)
    return f"{label}({payload})" if payload or not label else label


def one_line(root: Type, width: int | None = None) -> str:
    """The type in one line; cut off with an ellipsis if it is longer than ``width``.

    Without a width, raises ``Refusal`` with code ``text-too-large`` past ``PIECES_MAX`` pieces.
    """
    out: list[str] = []
    length = 0
    stack: list[Type | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
            length += len(item)
            if width is not None and length > width:
                return "".join(out)[: max(0, width - 1)] + "…"
            _count(out)
            continue
        opening, branches = _opened(item)
        parts: list[Type | str] = [opening]
        for number, (text, then) in enumerate(branches):
            parts.extend((", " if number else "", text, then))
        if len(branches) > 1:
            parts.insert(1, "{ ")
            parts.append(" }")
        stack.extend(reversed(parts))
    return "".join(out)


def indented(root: Type) -> str:
    """The type over several lines: what follows a single message stands under it.

    Raises ``Refusal`` with code ``text-too-large`` past ``PIECES_MAX`` lines.
    """
    out: list[str] = []
    stack: list[tuple[int, Type | str]] = [(0, root)]
    while stack:
        depth, item = stack.pop()
        if isinstance(item, str):
            out.append("  " * depth + item)
            _count(out)
            continue
        opening, branches = _opened(item)
        if len(branches) == 1:
            text, then = branches[0]
            stack.append((depth, then))
            stack.append((depth, (opening + text).rstrip()))
        elif not branches:
            stack.append((depth, opening))
        else:
            parts: list[tuple[int, Type | str]] = [(depth, opening + "{")]
            for text, then in branches:
                parts.extend(((depth + 1, text.rstrip()), (depth + 2, then)))
            parts.append((depth, "}"))
            stack.extend(reversed(parts))
    return "\n".join(out)


def _count(out: list[str]) -> None:
    if len(out) > PIECES_MAX:
        raise Refusal(TOO_LARGE, f"this type has more than {PIECES_MAX} pieces when written out")


def _opened(node: Type) -> tuple[str, list[tuple[str, Type]]]:
    """The head of a type, and what is written before each of its subterms."""
    match node:
        case GlobalEnd() | LocalEnd():
            return "end", []
        case GlobalVar() | LocalVar():
            return node.name, []
        case GlobalRec() | LocalRec():
            return f"μ{node.name} . ", [("", node.body)]
        case Comm():
            return f"{node.sender} → {node.receiver} : ", list(_messages(node.branches))
        case _:
            symbol = "⊕" if isinstance(node, Output) else "&"
            return f"{node.peer} {symbol} ", list(_messages(node.branches))


def _messages(
    branches: tuple[tuple[str, Sort, GlobalType], ...] | tuple[tuple[str, Sort, LocalType], ...],
) -> Iterator[tuple[str, Type]]:
    for label, sort, then in branches:
        yield f"{message_text(label, sort)} . ", then
