"""Tokens to the syntax tree: recursive descent, with a stack of its own where blocks nest.

Grammar: the Scribble language reference, chapter 3, and nuScr's parser; what of them is accepted
is written over each method. Words that are keywords in one position only are names elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast

from antiphon.language.cursor import MODIFIERS, Cursor, Mistake
from antiphon.language.diagnostic import Problems
from antiphon.language.lexer import END, STRING, WORD, Abandoned
from antiphon.language.source import Source
from antiphon.language.statement import StatementParser
from antiphon.language.syntax import (
    Block,
    Choice,
    Declaration,
    GlobalProtocol,
    Import,
    Item,
    Module,
    ModuleName,
    Name,
    Parameter,
    Recursion,
    Statement,
)

_DECLARATIONS = frozenset({"type", "data", "sig"})
_ITEM_ADVICE = "a protocol is written `global protocol NAME(role A, role B) { ... }`"
_CONSTRUCTS = {"local": "a local protocol", "nested": "a nested protocol"}


@dataclass(slots=True)
class _Open:
    """A block whose end has not been read. ``head`` is the choice or ``rec`` that it belongs to."""

    start: int
    head: _Head | None
    statements: list[Statement] = field(default_factory=list[Statement])


@dataclass(slots=True)
class _Head:
    """``choice at name`` or ``rec name``, and the finished branches of the choice."""

    keyword: str
    start: int
    name: Name
    branches: list[Block] = field(default_factory=list[Block])


def parse(source: Source, problems: Problems) -> Module:
    """The tree of a file. Syntax errors are added to ``problems``; the rest of the tree is good."""
    items: list[Item] = []
    try:
        cursor = Cursor(source, problems)
        parser = _Parser(cursor, items)
        while cursor.token.kind != END:
            parser.item()
    except Abandoned:
        return Module(tuple(items), (), source, intact=False)
    return Module(tuple(items), tuple(cursor.comments), source, parser.intact)


class _Parser:
    def __init__(self, cursor: Cursor, items: list[Item]) -> None:
        self._cursor = cursor
        self._items = items
        self._statements = StatementParser(cursor)
        self.intact = True

    def item(self) -> None:
        """``module name;`` | ``import name [as name];`` | declaration | protocol"""
        cursor = self._cursor
        kind, text, start = cursor.token
        try:
            if kind == "module":
                self._items.append(self._module_name())
            elif kind == "import":
                self._items.append(self._import())
            elif kind in MODIFIERS or cursor.is_word("explicit"):
                self._items.append(self._protocol())
            elif kind == WORD and text in _DECLARATIONS:
                self._items.append(self._declaration())
            elif kind == WORD and text in _CONSTRUCTS:
                cursor.advance()
                raise cursor.unsupported(_CONSTRUCTS[text], start)
            else:
                raise cursor.mistake("a declaration or a protocol", _ITEM_ADVICE)
        except Mistake:
            self.intact = False
            cursor.skip_item()

    def _module_name(self) -> ModuleName:
        cursor = self._cursor
        start = cursor.advance().start
        name = cursor.expect_path("the name of the module")
        if self._items:
            message = "`module` comes first in the file"
            place = (start, cursor.last_end)
            cursor.problems.report("syntax-error", message, cursor.source, place)
        cursor.expect_semicolon()
        return ModuleName(name, start=start, end=cursor.last_end)

    def _import(self) -> Import:
        cursor = self._cursor
        start = cursor.advance().start
        name = cursor.expect_path("the name of a module")
        alias = None
        if cursor.is_word("as"):
            cursor.advance()
            alias = cursor.expect_name("a name for the module")
        cursor.expect_semicolon("as")
        return Import(name, alias, start=start, end=cursor.last_end)

    def _declaration(self) -> Declaration:
        """``(type | data | sig) (< schema > "external" from "origin" as name | name) ;``"""
        cursor = self._cursor
        start, keyword = cursor.token.start, cursor.token.text
        cursor.advance()
        schema = external = origin = None
        if cursor.take("<"):
            schema = cursor.expect_name("the language of the type").text
            cursor.expect(">")
            external = self._string()
            cursor.expect("from")
            origin = self._string()
            cursor.expect_word("as")
        name = cursor.expect_name("a name")
        cursor.expect_semicolon()
        return Declaration(
            cast(Literal["type", "data", "sig"], keyword),
            name,
            schema,
            external,
            origin,
            start=start,
            end=cursor.last_end,
        )

    def _string(self) -> str:
        if self._cursor.token.kind != STRING:
            raise self._cursor.mistake(STRING)
        return self._cursor.advance().text.strip('"')

    def _protocol(self) -> GlobalProtocol:
        """``[aux] [explicit] [global] protocol name [<parameters>] (roles) [annotation] block``"""
        cursor = self._cursor
        start, found = cursor.token.start, len(cursor.problems)
        aux = cursor.take("aux") is not None
        explicit = cursor.is_word("explicit")
        if explicit:
            cursor.advance()
        if not (cursor.take("global") and cursor.token.kind == WORD):
            cursor.expect("protocol")
        name = cursor.expect_name("the name of the protocol")
        parameters = self._parameters()
        roles = self._roles()
        annotation = self._statements.annotation()
        body = self._body(cursor.expect("{").start)
        return GlobalProtocol(
            name,
            parameters,
            roles,
            body,
            aux,
            explicit,
            annotation,
            len(cursor.problems) == found,
            start=start,
            end=cursor.last_end,
        )

    def _parameters(self) -> tuple[Parameter, ...]:
        """``< (type | data | sig) name , ... >``"""
        cursor = self._cursor
        parameters: list[Parameter] = []
        if not cursor.take("<") or cursor.take(">"):
            return ()
        while True:
            start, keyword = cursor.token.start, cursor.token.text
            if keyword not in _DECLARATIONS:
                raise cursor.mistake("`type` or `sig`")
            cursor.advance()
            name = cursor.expect_name("the name of the parameter")
            word = cast(Literal["type", "data", "sig"], keyword)
            parameters.append(Parameter(word, name, start=start, end=name.end))
            if not cursor.take(","):
                cursor.expect(">", ",")
                return tuple(parameters)

    def _roles(self) -> tuple[Name, ...]:
        """``( role name , ... )``; a missing ``role`` is reported and supplied."""
        cursor = self._cursor
        cursor.expect("(")
        roles: list[Name] = []
        while True:
            if not cursor.take("role"):
                mistake = cursor.mistake("`role`", "each role is written `role NAME`")
                if cursor.token.kind != WORD:
                    raise mistake
            roles.append(cursor.expect_name("the name of a role"))
            if not cursor.take(","):
                break
        if cursor.token.kind == ";":
            raise cursor.unsupported("`; new role`", cursor.token.start)
        cursor.expect(")", ",")
        return tuple(roles)

    def _body(self, start: int) -> Block:
        """``{ statement ... }``, with every block inside it; the brace has been taken."""
        cursor = self._cursor
        stack = [_Open(start, None)]
        while True:
            kind = cursor.token.kind
            try:
                if kind == "}":
                    if block := self._close(stack):
                        return block
                elif kind == END or kind in MODIFIERS or kind in {"module", "import"}:
                    return self._unclosed(stack)
                elif kind in {"choice", "rec"}:
                    self._open(stack, kind)
                else:
                    stack[-1].statements.append(self._statements.statement())
            except Mistake:
                cursor.skip_statement(len(stack))

    def _open(self, stack: list[_Open], keyword: str) -> None:
        """``choice at role {`` | ``rec name {``"""
        cursor = self._cursor
        start = cursor.advance().start
        if keyword == "choice":
            cursor.expect("at")
            name = cursor.expect_name("the role that chooses")
        else:
            name = cursor.expect_name("the name of the recursion")
            if cursor.token.kind == "[":
                raise cursor.unsupported("a recursion with variables", start)
        head = _Head(keyword, start, name)
        stack.append(_Open(cursor.expect("{").start, head))

    def _close(self, stack: list[_Open]) -> Block | None:
        """``}``, then ``or {`` or the end of the statement; the block if it was the body."""
        cursor = self._cursor
        cursor.advance()
        opened = stack.pop()
        block = Block(tuple(opened.statements), start=opened.start, end=cursor.last_end)
        head = opened.head
        if head is None:
            return block
        head.branches.append(block)
        if head.keyword == "choice" and cursor.take("or"):
            if brace := cursor.take("{"):
                stack.append(_Open(brace.start, head))
                return None
            raise cursor.mistake("`{`")
        stack[-1].statements.append(self._finish(head))
        return None

    def _finish(self, head: _Head) -> Statement:
        place = {"start": head.start, "end": self._cursor.last_end}
        if head.keyword == "choice":
            return Choice(head.name, tuple(head.branches), **place)
        return Recursion(head.name, head.branches[0], **place)

    def _unclosed(self, stack: list[_Open]) -> Block:
        """The text ends, or another item begins, inside a block."""
        cursor = self._cursor
        opened = stack[-1]
        place = (opened.start, opened.start + 1)
        message = "this block is never closed"
        cursor.problems.report("unclosed-block", message, cursor.source, place)
        cursor.depth = 0
        return Block(tuple(stack[0].statements), start=stack[0].start, end=cursor.last_end)
