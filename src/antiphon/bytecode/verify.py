"""The static verifier: what an image must satisfy before a machine loads it (S6).

An accepted image never reaches an outcome that the instruction table marks ``static``: its types
are types (``loadable``), its operands exist, and nothing goes wrong on any path (``flow``). A value
of unknown sort, such as an effect's answer, may be sent: its sort is then checked at run time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from antiphon.bytecode.flow import check_flow
from antiphon.bytecode.instruction import CLASSES, HOST, Choose, Open, Select, Spawn, addresses
from antiphon.bytecode.loadable import (
    check_delegated,
    check_numbers,
    check_sessions,
    check_sizes,
    check_texts,
    check_type,
    problem,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory.interchange import NODES_MAX
from antiphon.theory.local_type import Input, Output, nodes


def verify(image: Image) -> None:
    """Accept an image, or raise ``ProgramError`` with everything that is wrong with it."""
    problems = list(check_sizes(image, least=1))
    if not problems:
        roles = frozenset(image.roles)
        delegated = [*check_texts(image), *check_delegated(image), *_check_names(image)]
        problems += delegated
        for program in image.programs:
            found = [*check_type(program), *_check_choices(program, roles)]
            found += (*check_sessions(program), *check_numbers(program), *_check_operands(program))
            problems += found
            if not (found or delegated):
                problems += check_flow(program, image.name, image.delegated)
    if problems:
        raise ProgramError(problems)


def _check_names(image: Image) -> Iterator[Diagnostic]:
    """A role of a protocol does the same wherever the image speaks of it."""
    known = {(protocol, role): local for protocol, role, local in image.delegated}
    for program in image.programs:
        if known.get((image.name, program.role), program.local_type) is not program.local_type:
            yield problem(program, "other-type", "it may be handed over with another type")
        for pc, instruction in enumerate(program.code):
            if isinstance(instruction, Open):
                for role, local, _ in instruction.entries:
                    if known.get((instruction.name, role), local) is not local:
                        words = f"{instruction.name}@{role} may be handed over with another type"
                        yield problem(program, "other-type", words, pc)


def _check_choices(program: RoleProgram, roles: frozenset[str]) -> Iterator[Diagnostic]:
    """A local type speaks to other roles, with distinct labels."""
    for node in islice(nodes(program.local_type), NODES_MAX):
        if isinstance(node, Output | Input):
            yield from _check_choice(program, node, roles)


def _check_choice(
    program: RoleProgram, node: Output | Input, roles: frozenset[str]
) -> Iterator[Diagnostic]:
    labels = [label for label, _, _ in node.branches]
    if not labels:
        yield problem(program, "empty-choice", f"a choice with {node.peer} has no branch")
    for label in _repeated(labels):
        words = f"a choice with {node.peer} has two branches {label!r}"
        yield problem(program, "duplicate-label", words)
    if node.peer == program.role:
        yield problem(program, "self-message", "its type speaks to itself")
    elif node.peer not in roles:
        yield problem(program, "unknown-peer", f"the image has no role {node.peer}")


def _repeated(labels: list[str]) -> list[str]:
    if len(set(labels)) == len(labels):
        return []
    return [label for label, count in Counter(labels).items() if count > 1]


_REGISTERS: Final = {
    kind: tuple(
        (field, operand)
        for field, operand in INSTRUCTIONS[name].operands
        if operand in (Operand.REGISTER, Operand.SOURCE, Operand.REGISTERS, Operand.ENTRIES)
    )
    for name, kind in CLASSES.items()
}


def _registers(kind: Operand, operand: Any) -> tuple[int, ...]:
    if kind is Operand.ENTRIES:
        return tuple(register for _, _, register in operand)
    return operand if kind is Operand.REGISTERS else (operand,)


def _check_operands(program: RoleProgram) -> Iterator[Diagnostic]:
    """Every register and address of the code exists, and no table has a label twice."""
    registers, length = program.registers, len(program.code)
    for pc, instruction in enumerate(program.code):
        for field, kind in _REGISTERS[type(instruction)]:
            operand = getattr(instruction, field)
            used = _registers(kind, operand)
            least = HOST if kind is Operand.SOURCE else 0
            if not all(least <= register < registers for register in used):
                yield problem(program, "register-out-of-range", f"{field} does not exist", pc)
        if not all(0 <= address < length for address in addresses(instruction)):
            yield problem(program, "address-out-of-range", "it leads out of the code", pc)
        if isinstance(instruction, Spawn) and len(instruction.args) > registers:
            words = f"a child has {registers} registers, not {len(instruction.args)}"
            yield problem(program, "too-many-arguments", words, pc)
        if isinstance(instruction, Choose | Select):
            for label in _repeated([label for label, _ in instruction.table]):
                yield problem(program, "duplicate-label", f"the table has {label!r} twice", pc)
