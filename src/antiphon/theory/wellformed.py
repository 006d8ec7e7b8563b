"""When a global or a local type means anything at all.

A type is well-formed when it is closed, contractive (no ``rec X . X``: every recursion acts
before it comes back), has distinct labels in every choice, and nobody speaks to itself.

Source: Coppo, Dezani-Ciancaglini, Padovani and Yoshida, A Gentle Introduction to Multiparty
Asynchronous Session Types, SFM 2015. Nothing here knows where a type was written: the
diagnostics have no span, the language finds its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory import global_type, local_type
from antiphon.theory.global_type import Comm, GlobalRec, GlobalType
from antiphon.theory.local_type import Input, LocalRec, LocalType, Output

UNBOUND = "unbound-recursion"
UNGUARDED = "unguarded-recursion"
EMPTY = "empty-choice"
DUPLICATE = "duplicate-label"
SELF = "self-message"


def check_global(root: GlobalType) -> tuple[Diagnostic, ...]:
    """Every way in which a global type is not well-formed; none if it is."""
    found = list(_unbound(root.free))
    for node in global_type.nodes(root):
        if isinstance(node, GlobalRec):
            found.extend(_unguarded(node))
        elif isinstance(node, Comm):
            if node.sender == node.receiver:
                text = f"{node.sender} sends to itself"
                found.append(Diagnostic(SELF, text, help="a message needs two different roles"))
            where = f"{node.sender} -> {node.receiver}"
            found.extend(_labels([branch[0] for branch in node.branches], where))
    return tuple(found)


def check_local(root: LocalType) -> tuple[Diagnostic, ...]:
    """Every way in which a local type is not well-formed; none if it is."""
    found = list(_unbound(root.free))
    for node in local_type.nodes(root):
        if isinstance(node, LocalRec):
            found.extend(_unguarded(node))
        elif isinstance(node, Output | Input):
            where = f"{node.peer} {'!' if isinstance(node, Output) else '?'}"
            found.extend(_labels([branch[0] for branch in node.branches], where))
    return tuple(found)


def require_global(root: GlobalType) -> None:
    """Raises ``ProgramError`` with every problem unless ``root`` is well-formed."""
    problems = check_global(root)
    if problems:
        raise ProgramError(problems)


def _unbound(free: frozenset[str]) -> Iterator[Diagnostic]:
    for name in sorted(free):
        yield Diagnostic(
            UNBOUND,
            f"{name} is not the name of an enclosing recursion",
            help=f"put the part that repeats into rec {name}",
        )


def _unguarded(binder: GlobalRec | LocalRec) -> Iterator[Diagnostic]:
    names = {binder.name}
    body: GlobalType | LocalType = binder.body
    while isinstance(body, GlobalRec | LocalRec):
        if body.name == binder.name:
            return
        names.add(body.name)
        body = body.body
    if isinstance(body, global_type.GlobalVar | local_type.LocalVar) and body.name == binder.name:
        yield Diagnostic(
            UNGUARDED,
            f"rec {binder.name} comes back to itself without a message",
            help="send a message before repeating",
        )


def _labels(labels: Sequence[str], where: str) -> Iterator[Diagnostic]:
    if not labels:
        yield Diagnostic(EMPTY, f"{where} offers no message", help="give it at least one branch")
    elif len(labels) > 1:
        seen: set[str] = set()
        for label in labels:
            if label in seen:
                yield Diagnostic(
                    DUPLICATE,
                    f"{where} offers {label or 'the empty label'} twice",
                    help="give each branch its own label",
                )
            seen.add(label)
