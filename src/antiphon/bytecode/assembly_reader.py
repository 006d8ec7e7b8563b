"""Assembly read: the image of a text that is written as ``assembly`` writes it.

The layout is free, and all lines are read even if some are wrong: each of them is reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias, TypeVar, cast

from antiphon.bytecode.assembly import SIZE_MAX, VERSION, WORD
from antiphon.bytecode.codec import build_instruction, integer, type_from_plain
from antiphon.bytecode.instruction import CLASSES, HOST, Instruction
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.errors import Diagnostic, ProgramError, Refusal, Span
from antiphon.theory.local_type import LocalType
from antiphon.values.canonical import Plain
from antiphon.values.value import DEPTH_MAX, UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value

_REGISTER: Final = re.compile(r"r-?[0-9]+")
_NUMBER: Final = re.compile(r"0x[0-9a-f]+|-?[0-9]+")
_TOKEN: Final = re.compile(
    r"[ \t\r]+|;.*|(?P<token>r-[0-9]+|[A-Za-z_][A-Za-z0-9_.]*|@host|0x[0-9a-f]+|-?[0-9]+"
    r'|"(?:[^"\\]|\\.)*"|.)'
)
T = TypeVar("T")
Attempt: TypeAlias = "Callable[[_Line, Callable[[_Line], Any]], Any]"
"""Reads a line, or writes down what is wrong with it and gives None."""


def parse_assembly(text: str, file: str = "<assembly>") -> Image:
    """The image that ``text`` is the assembly of.

    Raises ``ProgramError`` with every line that is wrong (``malformed-assembly``), and ``Refusal``
    for a text that is too long. The image is not verified.
    """
    if len(text) > SIZE_MAX:
        raise Refusal("too-large", f"at most {SIZE_MAX} characters of assembly are read")
    problems: list[Diagnostic] = []

    def attempt(line: _Line, read: Callable[[_Line], T]) -> T | None:
        try:
            return read(line)
        except ValueError as error:
            problems.append(Diagnostic("malformed-assembly", str(error), line.span(file)))
            return None

    lines = [_Line(source, number) for number, source in enumerate(text.split("\n"), 1)]
    blank = _Line("", len(lines))
    first, second, *rest = [*(line for line in lines if line.next()), blank, blank]
    attempt(first, _read_version)
    name = attempt(second, _read_name)
    ends: list[_Delegated] = []
    roles: list[_Role] = []
    for line in rest:
        attempt(line, lambda line: _read_line(line, ends, roles))
    delegated = tuple((end.protocol, end.role, end.local_type(attempt)) for end in ends)
    programs = tuple(role.program(attempt) for role in roles)
    image = attempt(second, lambda _: Image(name or "", programs, delegated))
    if image is None or problems:
        raise ProgramError(sorted(problems, key=lambda one: one.span.line if one.span else 0))
    return image


def _read_version(line: _Line) -> None:
    line.expect("assembly", str(VERSION), "")


def _read_name(line: _Line) -> str:
    line.expect("image")
    name = line.name()
    line.expect("")
    return name


def _read_line(line: _Line, ends: list[_Delegated], roles: list[_Role]) -> None:
    """One line after the first two: a role, a node of its type, or labels and code; before the
    first role an endpoint that may be handed over, or a node of its type.
    """
    word = line.next()
    if word == "role" and line.next(1) != ":":
        roles.append(_Role(line))
    elif word == "delegated" and not roles:
        ends.append(_Delegated(line))
    elif word == "type" and ends and not roles:
        ends[-1].row(line)
    elif word and not roles:
        raise ValueError("a line 'role NAME registers COUNT' belongs before this one")
    elif word == "type" and line.next(1) != ":":
        roles[-1].row(line)
    else:
        while line.next(1) == ":":
            roles[-1].label(line)
        if line.next():
            roles[-1].code.append(line)


class _Line:
    """The tokens of one line, taken one after the other."""

    def __init__(self, source: str, number: int) -> None:
        self._tokens = [found for found in _TOKEN.finditer(source) if found["token"]]
        self._number = number
        self._length = len(source)
        self._at = 0

    def next(self, ahead: int = 0) -> str:
        """The token that comes next, or a later one; empty at the end."""
        at = self._at + ahead
        return self._tokens[at]["token"] if at < len(self._tokens) else ""

    def take(self) -> str:
        """The token that comes next, which is then behind."""
        token = self.next()
        self._at += 1
        return token

    def expect(self, *words: str) -> None:
        for word in words:
            token = self.take()
            if token != word:
                belongs = repr(word) if word else "the end of the line"
                raise ValueError(f"{belongs} belongs here, not {token!r}")

    def span(self, file: str) -> Span:
        """Where the token stands that was taken last."""
        start, end = self._length, self._length
        if 1 <= self._at <= len(self._tokens):
            start, end = self._tokens[self._at - 1].span()
        return Span(file, self._number, start + 1, self._number, max(end, start + 1) + 1)

    def number(self) -> int:
        return integer(_integer(self.take()))

    def name(self) -> str:
        token = self.take()
        return token if WORD.fullmatch(token) else _quoted(token)

    def register(self) -> int:
        token = self.take()
        if not _REGISTER.fullmatch(token):
            raise ValueError(f"a register, such as r0, belongs here, not {token!r}")
        return integer(int(token[1:]))

    def listed(self, start: str, item: Callable[[], T], end: str, between: str) -> tuple[T, ...]:
        self.expect(start)
        items: list[T] = []
        while self.next() != end:
            if items and between:
                self.expect(between)
            items.append(item())
        self.expect(end)
        return tuple(items)

    def branch(self) -> Plain:
        return (self.name(), self.name(), self.number())

    def node(self) -> Plain:
        """A node of a local type."""
        way = self.take()
        match way:
            case "end":
                return (way,)
            case "var":
                return (way, self.name())
            case "rec":
                return (way, self.name(), self.number())
            case "send" | "receive":
                return (way, self.name(), self.listed("{", self.branch, "}", ","))
            case _:
                raise ValueError(f"send, receive, rec, var or end belongs here, not {way!r}")

    def entry(self) -> tuple[str, LocalType, int]:
        """A role of a session that is opened."""
        role, register = self.name(), self.register()
        return role, type_from_plain(self.listed("[", self.node, "]", ",")), register

    def value(self, depth: int = 0) -> Value:
        """A value, nested at most as deep as values may."""
        token = self.take()
        if token == "(" and depth < DEPTH_MAX:
            left = self.value(depth + 1)
            self.expect(",")
            right = self.value(depth + 1)
            self.expect(")")
            return Prod(left, right)
        match token:
            case "unit":
                return UNIT
            case "true" | "false":
                return Bool(token == "true")
            case "endpoint":
                return Endpoint(_integer(self.take()), self.name())
            case "blob":
                return Blob(self.name(), bytes.fromhex(_quoted(self.take())))
            case _:
                return Str(_quoted(token)) if token[:1] == '"' else Nat(_integer(token))


class _Typed:
    """Something that has a local type: the lines of it, as they come."""

    def __init__(self, header: _Line) -> None:
        self.header = header
        self.type_lines = 0
        self.rows: list[Plain] = []

    def row(self, line: _Line) -> None:
        """A line ``type NUMBER = NODE``."""
        self.type_lines += 1
        line.expect("type", str(self.type_lines - 1), "=")
        node = line.node()
        line.expect("")
        self.rows.append(node)

    def local_type(self, attempt: Attempt) -> Any:
        """The type, if all its lines could be read; what is wrong, ``attempt`` writes down."""
        if len(self.rows) < self.type_lines:
            return None
        return attempt(self.header, lambda _: type_from_plain(tuple(self.rows)))


class _Delegated(_Typed):
    """An endpoint that may be handed over."""

    def __init__(self, header: _Line) -> None:
        super().__init__(header)
        header.expect("delegated")
        self.protocol = header.name()
        self.role = header.name()
        header.expect("")


class _Role(_Typed):
    """What is known of one role: the lines of its code are read when all its labels are known."""

    def __init__(self, header: _Line) -> None:
        super().__init__(header)
        header.expect("role")
        self.name = header.name()
        header.expect("registers")
        self.registers = header.number()
        header.expect("")
        self.code: list[_Line] = []
        self.labels: dict[str, int] = {}

    def program(self, attempt: Attempt) -> RoleProgram:
        """The role's program; what is wrong, ``attempt`` writes down."""
        local_type = self.local_type(attempt)
        code = tuple(attempt(line, self.instruction) for line in self.code)
        return RoleProgram(self.name, local_type, code, self.registers)

    def label(self, line: _Line) -> None:
        name = line.name()
        if name in self.labels:
            raise ValueError(f"there is a label {name!r} already")
        self.labels[name] = len(self.code)
        line.expect(":")

    def instruction(self, line: _Line) -> Instruction:
        name = line.take()
        if name not in CLASSES:
            raise ValueError(f"there is no instruction {name!r}")
        operands = [line] * len(INSTRUCTIONS[name].operands)
        instruction = build_instruction(name, operands, self._operand)
        line.expect("")
        return instruction

    def _operand(self, kind: Operand, line: _Line) -> object:
        match kind:
            case Operand.REGISTER:
                return line.register()
            case Operand.SOURCE:
                if line.next() == "@host":
                    line.take()
                    return HOST
                register = line.register()
                if register == HOST:
                    raise ValueError("a value from the host is written @host")
                return register
            case Operand.REGISTERS:
                return line.listed("(", line.register, ")", "")
            case Operand.LABEL | Operand.ACTION | Operand.PROTOCOL | Operand.LAYER:
                return line.name()
            case Operand.TABLE:
                return line.listed("{", lambda: self._entry(line), "}", ",")
            case Operand.ADDRESS:
                return self._address(line)
            case Operand.VALUE:
                return line.value()
            case Operand.ENTRIES:
                return line.listed("{", line.entry, "}", ",")

    def _entry(self, line: _Line) -> tuple[str, int]:
        label = line.name()
        line.expect(":")
        return label, self._address(line)

    def _address(self, line: _Line) -> int:
        if line.next() == "#":
            line.take()
            return line.number()
        name = line.name()
        if name not in self.labels:
            raise ValueError(f"there is no label {name!r}")
        return self.labels[name]


def _quoted(token: str) -> str:
    if token[:1] != '"' or len(token) < 2:
        raise ValueError(f"a name belongs here, not {token!r}")
    return cast("str", json.loads(token, strict=False))


def _integer(token: str) -> int:
    if not _NUMBER.fullmatch(token):
        raise ValueError(f"a value or a number belongs here, not {token!r}")
    return int(token, 16 if token.startswith("0x") else 10)
