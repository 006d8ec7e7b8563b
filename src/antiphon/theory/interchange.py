"""Types as data: a table of nodes, in JSON and for digests, and local types as Scribble text.

The table lists every distinct subterm once, each after its own subterms, the whole type last. A
subterm is named by its place in the table, so that nothing nests and nothing is written twice:

    ["end"]   ["var", X]   ["rec", X, body]
    ["comm", sender, receiver, [[label, sort, then], ...]]      in global types
    ["send", peer, [[label, sort, then], ...]]   ["receive", peer, [...]]      in local types

In JSON the table is ``nodes`` of an object with ``format`` and ``version``. Equal types have equal
tables; names of recursion variables count.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

from antiphon.errors import Diagnostic, ProgramError, Refusal
from antiphon.theory import global_type, local_type
from antiphon.theory.global_type import Comm, GlobalEnd, GlobalRec, GlobalType, GlobalVar
from antiphon.theory.local_type import Input, LocalEnd, LocalRec, LocalType, LocalVar, Output
from antiphon.theory.wellformed import check_global, check_local
from antiphon.values.canonical import Plain
from antiphon.values.sort import Sort, parse_sort

GLOBAL_FORMAT: Final = "antiphon.global-type"
LOCAL_FORMAT: Final = "antiphon.local-type"
VERSION: Final = 1
NODES_MAX: Final = 1_000_000
BINDINGS_MAX: Final = 10_000_000
NAME_MAX: Final = 1_000
SORT_MAX: Final = 2**16

T = TypeVar("T")
_Build: TypeAlias = Callable[[list[object], list[T]], T]
_Row: TypeAlias = tuple[Plain, ...]


def canonical_global(root: GlobalType) -> Plain:
    """The table of a global type as plain data, for digests."""
    return GLOBAL_FORMAT, VERSION, _table(root, global_type.children, _global_row)


def canonical_local(root: LocalType) -> Plain:
    """The table of a local type as plain data, for digests."""
    return LOCAL_FORMAT, VERSION, _table(root, local_type.children, _local_row)


def global_to_json(root: GlobalType) -> str:
    """A global type in JSON."""
    return _write(GLOBAL_FORMAT, _table(root, global_type.children, _global_row))


def local_to_json(root: LocalType) -> str:
    """A local type in JSON."""
    return _write(LOCAL_FORMAT, _table(root, local_type.children, _local_row))


def global_from_json(text: str | bytes) -> GlobalType:
    """The global type that this JSON is; always well-formed.

    Raises ``ProgramError`` on anything that is not one (code ``bad-type-table``, or those of
    ``wellformed``), and ``Refusal`` on an unknown version or a table beyond the limits.
    """
    root = _read(GLOBAL_FORMAT, text, _build_global, lambda node: len(node.free))
    problems = check_global(root)
    if problems:
        raise ProgramError(problems)
    return root


def local_from_json(text: str | bytes) -> LocalType:
    """The local type that this JSON is; always well-formed. Raises as ``global_from_json``."""
    root = _read(LOCAL_FORMAT, text, _build_local, lambda node: len(node.free))
    problems = check_local(root)
    if problems:
        raise ProgramError(problems)
    return root


def _table(
    root: T,
    children: Callable[[T], tuple[T, ...]],
    row: Callable[[T, dict[T, int]], _Row],
) -> tuple[_Row, ...]:
    index: dict[T, int] = {}
    rows: list[_Row] = []
    stack = [root]
    while stack:
        node = stack[-1]
        if node in index:
            stack.pop()
            continue
        waiting = [part for part in reversed(children(node)) if part not in index]
        if waiting:
            stack.extend(waiting)
        else:
            stack.pop()
            index[node] = len(rows)
            rows.append(row(node, index))
    return tuple(rows)


def _global_row(node: GlobalType, index: dict[GlobalType, int]) -> _Row:
    match node:
        case GlobalEnd():
            return ("end",)
        case GlobalVar():
            return "var", node.name
        case GlobalRec():
            return "rec", node.name, index[node.body]
        case Comm():
            branches = tuple((label, sort.name, index[then]) for label, sort, then in node.branches)
            return "comm", node.sender, node.receiver, branches


def _local_row(node: LocalType, index: dict[LocalType, int]) -> _Row:
    match node:
        case LocalEnd():
            return ("end",)
        case LocalVar():
            return "var", node.name
        case LocalRec():
            return "rec", node.name, index[node.body]
        case Output() | Input():
            branches = tuple((label, sort.name, index[then]) for label, sort, then in node.branches)
            return "send" if isinstance(node, Output) else "receive", node.peer, branches


def _write(name: str, table: tuple[_Row, ...]) -> str:
    data = {"format": name, "version": VERSION, "nodes": table}
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def _wrong(text: str) -> ProgramError:
    return ProgramError([Diagnostic("bad-type-table", text)])


def _read(name: str, text: str | bytes, build: _Build[T], free: Callable[[T], int]) -> T:
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise _wrong(f"not JSON: {cause}") from None
    if not isinstance(data, dict):
        raise _wrong("not a JSON object")
    fields: dict[object, object] = {**data}
    if fields.get("format") != name:
        raise _wrong(f"the format is not {name}")
    if fields.get("version") != VERSION or isinstance(fields.get("version"), bool):
        raise Refusal("unknown-version", f"{name} is known in version {VERSION} only")
    rows = _list(fields.get("nodes"), "nodes")
    if not rows:
        raise _wrong("the table is empty")
    if len(rows) > NODES_MAX:
        raise Refusal("type-too-large", f"a type may have at most {NODES_MAX} nodes")
    made: list[T] = []
    bindings = 0
    for row in rows:
        node = build(_list(row, "a node"), made)
        bindings += free(node)
        if bindings > BINDINGS_MAX:
            raise Refusal("type-too-large", "too many recursions are open at too many nodes")
        made.append(node)
    return made[-1]


def _list(item: object, what: str) -> list[object]:
    if not isinstance(item, list):
        raise _wrong(f"{what} must be a list")
    return [*item]


def _name(item: object, what: str, *, empty: bool = False, most: int = NAME_MAX) -> str:
    if not isinstance(item, str) or not (item or empty) or len(item) > most:
        raise _wrong(f"{what} must be a text of at most {most} characters")
    if not item.isprintable():
        raise _wrong(f"{what} must be printable")
    return item


def _node(item: object, made: list[T]) -> T:
    if type(item) is not int or not 0 <= item < len(made):
        raise _wrong(f"{item!r:.40} does not name an earlier node")
    return made[item]


def _branches(item: object, made: list[T]) -> list[tuple[str, Sort, T]]:
    branches: list[tuple[str, Sort, T]] = []
    for branch in _list(item, "branches"):
        parts = _list(branch, "a branch")
        if len(parts) != 3:
            raise _wrong("a branch is a label, a sort and a node")
        label = _name(parts[0], "a label", empty=True)
        try:
            sort = parse_sort(_name(parts[1], "a sort", most=SORT_MAX))
        except ValueError as cause:
            raise _wrong(str(cause)) from None
        branches.append((label, sort, _node(parts[2], made)))
    return branches


def _build_global(row: list[object], made: list[GlobalType]) -> GlobalType:
    match row:
        case ["end"]:
            return global_type.END
        case ["var", name]:
            return global_type.var(_name(name, "a variable"))
        case ["rec", name, body]:
            return global_type.rec(_name(name, "a variable"), _node(body, made))
        case ["comm", sender, receiver, branches]:
            ends = _name(sender, "a role"), _name(receiver, "a role")
            return global_type.comm(*ends, _branches(branches, made))
        case _:
            raise _wrong("not a node of a global type")


def _build_local(row: list[object], made: list[LocalType]) -> LocalType:
    match row:
        case ["end"]:
            return local_type.END
        case ["var", name]:
            return local_type.var(_name(name, "a variable"))
        case ["rec", name, body]:
            return local_type.rec(_name(name, "a variable"), _node(body, made))
        case ["send", peer, branches]:
            return local_type.output(_name(peer, "a role"), _branches(branches, made))
        case ["receive", peer, branches]:
            return local_type.input_(_name(peer, "a role"), _branches(branches, made))
        case _:
            raise _wrong("not a node of a local type")
