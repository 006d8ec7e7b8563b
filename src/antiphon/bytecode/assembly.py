"""Images as text, one thing on a line. ``assembly_reader`` reads them back.

::

    assembly 1
    image Ticket
    delegated Inner B
    type 0 = end
    role Client registers 2
    type 0 = end
    type 1 = receive Server {price nat 0, sold.out unit 0}
    type 2 = send Server {ask string 1}
      send r0 @host
      choose r0 r1 {price: L2, sold.out: L2}
    L2:
      halt

A type is the table of its nodes (``codec.type_to_plain``), the whole type last; the others are
written ``rec X 1`` and ``var X``. Before the roles stand the types of the endpoints that may be
handed over, if there are any. A register is ``r0``; an address is a label or, where there is
none, a number after ``#``. A name that is no word is written as in JSON, and so is a text value.
The other values are ``unit``, ``true``, ``false``, ``42``, ``0x2a``, ``(1, unit)``,
``endpoint 0 Client`` and ``blob date "00ff"``. The roles of a session that is opened are written
``{A r3 [end], B r4 [end, rec X 0]}``, with the nodes of their types. A comment starts with ``;``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias, cast

from antiphon.bytecode.codec import require_form, type_to_plain
from antiphon.bytecode.instruction import CLASSES, HOST, Entries, Instruction
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.errors import Refusal
from antiphon.theory.local_type import LocalType
from antiphon.values.canonical import Plain
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

VERSION: Final = 1
SIZE_MAX: Final = 2**22
"""How many characters are written, and read."""
WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
"""A name that needs no quotes."""

_NAME_OF: Final = {kind: name for name, kind in CLASSES.items()}
Where: TypeAlias = Callable[[int], str]
"""How an address is written."""


def render_assembly(image: Image) -> str:
    """An image as assembly; ``parse_assembly`` gives the same image back.

    Raises ``ProgramError`` (``malformed-image``) for an image that has no form, and ``Refusal``
    (``too-large``) for one that comes to more than ``SIZE_MAX`` characters.
    """
    require_form(image)
    lines = [f"assembly {VERSION}", f"image {_name(image.name)}"]
    for protocol, role, local in image.delegated:
        lines.append(f"delegated {_name(protocol)} {_name(role)}")
        lines += _type(local)
    for program in image.programs:
        lines.append(f"role {_name(program.role)} registers {program.registers}")
        lines += _type(program.local_type)
        lines += _code(program.code)
    text = "\n".join([*lines, ""])
    if len(text) > SIZE_MAX:
        raise Refusal("too-large", f"at most {SIZE_MAX} characters of assembly are written")
    return text


def render_instruction(instruction: Instruction, where: Where = "#{}".format) -> str:
    """One instruction as assembly, its addresses as ``where`` writes them."""
    name = _NAME_OF[type(instruction)]
    operands = (
        _operand(kind, getattr(instruction, field), where)
        for field, kind in INSTRUCTIONS[name].operands
    )
    return " ".join((name, *operands))


def _type(local: LocalType) -> Iterator[str]:
    return (f"type {number} = {_node(row)}" for number, row in enumerate(type_to_plain(local)))


def _code(code: tuple[Instruction, ...]) -> list[str]:
    inside = range(len(code))
    used: set[int] = set()

    def where(address: int) -> str:
        used.add(address)
        return f"L{address}" if address in inside else f"#{address}"

    lines = [render_instruction(instruction, where) for instruction in code]
    return [
        f"L{address}:\n  {line}" if address in used else f"  {line}"
        for address, line in enumerate(lines)
    ]


def _name(name: str) -> str:
    return name if WORD.fullmatch(name) else json.dumps(name)


def _node(row: Plain) -> str:
    match row:
        case ("rec", str(name), child):
            return f"rec {_name(name)} {child}"
        case ("var", str(name)):
            return f"var {_name(name)}"
        case ("send" | "receive" as way, str(peer), tuple(branches)):
            rows = cast("tuple[tuple[str, str, int], ...]", branches)
            inner = (f"{_name(label)} {_name(sort)} {to}" for label, sort, to in rows)
            return f"{way} {_name(peer)} {{{', '.join(inner)}}}"
        case _:
            return "end"


def _operand(kind: Operand, operand: Any, where: Where) -> str:
    match kind:
        case Operand.REGISTER:
            return f"r{operand}"
        case Operand.SOURCE:
            return "@host" if operand == HOST else f"r{operand}"
        case Operand.REGISTERS:
            return f"({' '.join(f'r{register}' for register in operand)})"
        case Operand.LABEL | Operand.ACTION | Operand.PROTOCOL | Operand.LAYER:
            return _name(operand)
        case Operand.TABLE:
            return f"{{{', '.join(f'{_name(label)}: {where(to)}' for label, to in operand)}}}"
        case Operand.ADDRESS:
            return where(operand)
        case Operand.VALUE:
            return _value(operand)
        case Operand.ENTRIES:
            return f"{{{', '.join(map(_entry, cast('Entries', operand)))}}}"


def _entry(entry: tuple[str, LocalType, int]) -> str:
    role, local, register = entry
    return f"{_name(role)} r{register} [{', '.join(map(_node, type_to_plain(local)))}]"


def _value(value: Value) -> str:
    match value:
        case Unit():
            return "unit"
        case Nat(number):
            return str(number) if number < 2**64 else hex(number)
        case Bool(truth):
            return "true" if truth else "false"
        case Str(text):
            return json.dumps(text)
        case Prod(left, right):
            return f"({_value(left)}, {_value(right)})"
        case Endpoint(session, role):
            return f"endpoint {session} {_name(role)}"
        case Blob(sort, data):
            return f'blob {_name(sort)} "{data.hex()}"'
