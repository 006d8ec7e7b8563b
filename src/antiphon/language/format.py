"""The canonical layout of a tree, comments kept: formatting twice changes nothing more.

A comment on the line of something stays at the end of that line; any other comment gets a line of
its own before what follows it. One empty line between statements is kept, more are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.language.syntax import (
    Block,
    Choice,
    Comment,
    Continue,
    Declaration,
    Do,
    GlobalProtocol,
    Import,
    Item,
    Module,
    ModuleName,
    Name,
    Payload,
    Recursion,
    Signature,
    Statement,
    Transfer,
)

_INDENT = "    "


def render_module(module: Module) -> str:
    """The text of a whole file."""
    return _Layout(module).render()


def _payload(tree: Payload) -> str:
    before = f"{tree.variable.text}: " if tree.variable else ""
    after = f"@{tree.role.text}" if tree.role else ""
    return f"{before}{tree.sort.text}{after}"


def _message(tree: Signature | Name) -> str:
    """A message: ``operator(payload, ...)``, or the name of a declared one."""
    if isinstance(tree, Name):
        return tree.text
    return f"{tree.operator.text}({', '.join(map(_payload, tree.payloads))})"


def _annotation(text: str | None) -> str:
    return "" if text is None else f' @"{text}"'


def _names(names: tuple[Name, ...]) -> str:
    return ", ".join(name.text for name in names)


def _statement(tree: Statement) -> str:
    """A statement, up to its block if it has one."""
    match tree:
        case Transfer():
            message = _message(tree.message)
            receivers = _names(tree.receivers)
            note = _annotation(tree.annotation)
            return f"{message} from {tree.sender.text} to {receivers};{note}"
        case Choice():
            return f"choice at {tree.chooser.text}"
        case Recursion():
            return f"rec {tree.variable.text}"
        case Continue():
            return f"continue {tree.variable.text};"
        case Do():
            given = ", ".join(map(_message, tree.arguments))
            arguments = f"<{given}>" if given else ""
            note = _annotation(tree.annotation)
            return f"do {tree.protocol.text}{arguments}({_names(tree.roles)});{note}"


def _declaration(tree: ModuleName | Import | Declaration) -> str:
    match tree:
        case ModuleName():
            return f"module {tree.name.text};"
        case Import():
            alias = f" as {tree.alias.text}" if tree.alias else ""
            return f"import {tree.name.text}{alias};"
        case Declaration():
            foreign = ""
            if tree.schema is not None:
                foreign = f'<{tree.schema}> "{tree.external}" from "{tree.origin}" as '
            return f"{tree.keyword} {foreign}{tree.name.text};"


def _header(tree: GlobalProtocol) -> str:
    modifiers = f"{'aux ' if tree.aux else ''}{'explicit ' if tree.explicit else ''}"
    given = ", ".join(f"{item.keyword} {item.name.text}" for item in tree.parameters)
    parameters = f"<{given}>" if given else ""
    roles = ", ".join(f"role {role.text}" for role in tree.roles)
    note = _annotation(tree.annotation)
    return f"{modifiers}global protocol {tree.name.text}{parameters}({roles}){note}"


@dataclass(slots=True)
class _Open:
    """A block being laid out: its next statement, and the branches that come after it.

    ``bare_lines`` counts the lines up to its brace, when nothing stands behind the brace.
    """

    block: Block
    branches: tuple[Block, ...]
    index: int = 0
    bare_lines: int = 0


class _Layout:
    def __init__(self, module: Module) -> None:
        self._module = module
        self._source = module.source
        self._comments = list(reversed(module.comments))
        self._lines: list[str] = []
        self._depth = 0
        self._at = 0

    def render(self) -> str:
        """Every item, then the comments after the last."""
        items = self._module.items
        previous: Item | None = None
        for index, item in enumerate(items):
            limit = items[index + 1].start if index + 1 < len(items) else len(self._source.text)
            apart = previous is not None and (
                isinstance(item, GlobalProtocol) or type(item) is not type(previous)
            )
            if isinstance(item, GlobalProtocol):
                self._emit(_header(item), item.start, item.body.start, apart=apart)
                self._body(item.body, limit)
            else:
                self._emit(_declaration(item), item.start, item.end, apart=apart)
                self._trail(item.end, limit)
            previous = item
        self._flush(len(self._source.text), apart=False)
        return "".join(f"{line}\n" for line in self._lines)

    def _body(self, body: Block, limit: int) -> None:
        """A block after its header, with every block inside it, and then up to ``limit``."""
        stack: list[_Open] = []
        self._open(stack, body, ())
        while stack:
            opened = stack[-1]
            statements = opened.block.statements
            if opened.index == len(statements):
                self._close(stack, limit)
                continue
            tree = statements[opened.index]
            opened.index += 1
            if isinstance(tree, Choice):
                self._emit(_statement(tree), tree.start, tree.branches[0].start)
                self._open(stack, tree.branches[0], tree.branches[1:])
            elif isinstance(tree, Recursion):
                self._emit(_statement(tree), tree.start, tree.body.start)
                self._open(stack, tree.body, ())
            else:
                self._emit(_statement(tree), tree.start, tree.end)
                self._trail(tree.end, _next(opened))

    def _open(self, stack: list[_Open], block: Block, branches: tuple[Block, ...]) -> None:
        self._lines[-1] += " {"
        opened = _Open(block, branches)
        stack.append(opened)
        self._depth += 1
        waiting = len(self._comments)
        self._trail(block.start + 1, _next(opened))
        if len(self._comments) == waiting:
            opened.bare_lines = len(self._lines)

    def _close(self, stack: list[_Open], limit: int) -> None:
        opened = stack.pop()
        self._flush(opened.block.end - 1, apart=False)
        self._depth -= 1
        if len(self._lines) == opened.bare_lines:
            self._lines[-1] += "}"
        else:
            self._lines.append(f"{_INDENT * self._depth}}}")
        self._at = opened.block.end
        if opened.branches:
            self._lines[-1] += " or"
            self._open(stack, opened.branches[0], opened.branches[1:])
        else:
            self._trail(opened.block.end, _next(stack[-1]) if stack else limit)

    def _emit(self, text: str, start: int, end: int, *, apart: bool = False) -> None:
        """A line, after the comments that stand before ``end`` in the text."""
        apart = self._flush(end, apart=apart)
        self._separate(start, apart=apart)
        self._lines.append(_INDENT * self._depth + text)
        self._at = max(self._at, end)

    def _flush(self, limit: int, *, apart: bool) -> bool:
        """The comments before ``limit``, a line each; whether what follows is still to be apart."""
        while self._comments and self._comments[-1].start < limit:
            comment = self._comments.pop()
            self._separate(comment.start, apart=apart)
            self._lines.append(_INDENT * self._depth + _comment(comment))
            self._at = max(self._at, comment.end)
            apart = False
        return apart

    def _trail(self, end: int, limit: int) -> None:
        """The comments on the line that ends at ``end`` go to the end of the last line."""
        self._at = max(self._at, end)
        while self._comments and self._comments[-1].start < limit:
            comment = self._comments[-1]
            if self._line(comment.start) != self._line(self._at):
                return
            self._comments.pop()
            self._lines[-1] += f" {_comment(comment)}"
            self._at = comment.end

    def _separate(self, start: int, *, apart: bool) -> None:
        gap = self._line(start) - self._line(self._at)
        if self._lines and (apart or (gap > 1 and not self._lines[-1].endswith("{"))):
            self._lines.append("")

    def _line(self, offset: int) -> int:
        return self._source.position(offset)[0]


def _next(opened: _Open) -> int:
    """Where the next statement of a block begins, or its end."""
    statements = opened.block.statements
    if opened.index < len(statements):
        return statements[opened.index].start
    return opened.block.end - 1


def _comment(comment: Comment) -> str:
    return comment.text.rstrip() if comment.text.startswith(("//", "(*)")) else comment.text
