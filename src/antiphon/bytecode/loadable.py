"""What an image must satisfy before any machine opens a session of it, verified or not.

An unverified image may do what it likes at run time. But its numbers must be numbers, its size must
be one that a machine can hold, and its local types must be types: closed, contractive, and of a
bearable number of states.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from antiphon.bytecode.instruction import CLASSES, Instruction, Open
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory.interchange import NODES_MAX
from antiphon.theory.local_type import Input, LocalRec, LocalType, LocalVar, Output, nodes
from antiphon.theory.transitions import states
from antiphon.values.value import require_text

ROLES_MAX: Final = 2**16
CODE_MAX: Final = 2**20
REGISTERS_MAX: Final = 2**16
SESSION_REGISTERS_MAX: Final = 2**20
"""How many registers all roles of an image may have together."""
STATES_SPARE: Final = 2**14
"""How many states a local type may have, besides four for each of its nodes and branches. Where
several recursions share a part that speaks of them, there can be exponentially more."""


def require_loadable(image: Image) -> None:
    """Accept an image, or raise ``ProgramError`` with all that keeps it from being loaded."""
    problems = list(check_sizes(image))
    if not problems:
        problems += check_texts(image)
        for program in image.programs:
            problems += (*check_type(program), *check_numbers(program))
            problems += check_sessions(program)
        problems += check_delegated(image)
    if problems:
        raise ProgramError(problems)


def check_texts(image: Image) -> Iterator[Diagnostic]:
    """Every name of an image is a text; one with a lone surrogate is none, and no file keeps it."""
    for name in dict.fromkeys(_names(image)):
        try:
            require_text(name)
        except ValueError as error:
            yield Diagnostic("not-a-text", f"the name {name!a}: {error}")


def _names(image: Image) -> Iterator[str]:
    yield image.name
    for program in image.programs:
        yield program.role
        yield from _type_names(program.local_type)
        for instruction in program.code:
            for field, kind in _NAMED[type(instruction)]:
                operand = getattr(instruction, field)
                if kind is Operand.TABLE:
                    yield from (label for label, _ in operand)
                elif kind is Operand.ENTRIES:
                    for role, local, _ in operand:
                        yield role
                        yield from _type_names(local)
                else:
                    yield operand
    for protocol, role, local in image.delegated:
        yield from (protocol, role)
        yield from _type_names(local)


def _type_names(root: LocalType) -> Iterator[str]:
    for node in islice(nodes(root), NODES_MAX):
        if isinstance(node, Output | Input):
            yield node.peer
            for label, sort, _ in node.branches:
                yield from (label, sort.name)
        elif isinstance(node, LocalRec | LocalVar):
            yield node.name


def check_numbers(program: RoleProgram) -> Iterator[Diagnostic]:
    """Registers and addresses are integers; a truth value, which Python counts among them, is not.

    Whether they exist is decided by the verifier or at run time.
    """
    if type(program.registers) is not int:
        yield problem(program, "not-an-integer", "its number of registers is no integer")
    for pc, instruction in enumerate(program.code):
        for field, operand in _numbers(instruction):
            if type(operand) is not int:
                yield problem(program, "not-an-integer", f"{field} is no integer", pc)


def _numbers(instruction: Instruction) -> Iterator[tuple[str, int]]:
    for field, kind in _FIELDS[type(instruction)]:
        operand = getattr(instruction, field)
        if kind is Operand.TABLE:
            yield from ((field, address) for _, address in operand)
        elif kind is Operand.REGISTERS:
            yield from ((field, register) for register in operand)
        elif kind is Operand.ENTRIES:
            yield from ((field, register) for _, _, register in operand)
        else:
            yield field, operand


_NUMERIC: Final = (
    Operand.REGISTER,
    Operand.SOURCE,
    Operand.REGISTERS,
    Operand.TABLE,
    Operand.ADDRESS,
    Operand.ENTRIES,
)
_FIELDS: Final = {
    kind: tuple(pair for pair in INSTRUCTIONS[name].operands if pair[1] in _NUMERIC)
    for name, kind in CLASSES.items()
}


_NAMES: Final = (
    Operand.LABEL,
    Operand.TABLE,
    Operand.ACTION,
    Operand.PROTOCOL,
    Operand.LAYER,
    Operand.ENTRIES,
)
_NAMED: Final = {
    kind: tuple(pair for pair in INSTRUCTIONS[name].operands if pair[1] in _NAMES)
    for name, kind in CLASSES.items()
}


def check_sizes(image: Image, least: int = 0) -> Iterator[Diagnostic]:
    """The number of roles, and what each asks for; ``least`` roles, and registers of each."""
    if not least <= len(image.programs) <= ROLES_MAX:
        yield Diagnostic("role-count", f"an image has {least} to {ROLES_MAX} roles")
        return
    for program in image.programs:
        if not least <= program.registers <= REGISTERS_MAX:
            words = f"it needs {least} to {REGISTERS_MAX} registers"
            yield problem(program, "register-count", words)
        if len(program.code) > CODE_MAX:
            yield problem(program, "code-length", f"it has more than {CODE_MAX} instructions")
    together = sum(min(program.registers, REGISTERS_MAX) for program in image.programs)
    if together > SESSION_REGISTERS_MAX:
        words = f"its roles have more than {SESSION_REGISTERS_MAX} registers together"
        yield Diagnostic("register-count", words)


def check_type(program: RoleProgram) -> Iterator[Diagnostic]:
    """A local type is closed and contractive, and neither it nor its unfolding is too large."""
    for code, words in _type_problems(program.local_type):
        yield problem(program, code, f"its type {words}")


def check_sessions(program: RoleProgram) -> Iterator[Diagnostic]:
    """A session that code opens has roles, each once, with types that are types."""
    for pc, instruction in enumerate(program.code):
        if not isinstance(instruction, Open):
            continue
        roles = [role for role, _, _ in instruction.entries]
        if not roles or len(roles) > ROLES_MAX:
            yield problem(program, "role-count", f"a session has 1 to {ROLES_MAX} roles", pc)
        if len(set(roles)) < len(roles):
            yield problem(program, "duplicate-role", "a session has each role once", pc)
        for role, local, _ in instruction.entries:
            for code, words in _type_problems(local):
                yield problem(program, code, f"the type of {role} {words}", pc)


def check_delegated(image: Image) -> Iterator[Diagnostic]:
    """The endpoints that may be handed over have types that are types."""
    if len(image.delegated) > ROLES_MAX:
        words = f"an image may be handed endpoints of at most {ROLES_MAX} roles"
        yield Diagnostic("role-count", words)
        return
    for protocol, role, local in image.delegated:
        for code, words in _type_problems(local):
            yield Diagnostic(code, f"the type of {protocol}@{role} {words}")


def _type_problems(root: LocalType) -> Iterator[tuple[str, str]]:
    sound, size = True, 0
    if root.free:
        sound = False
        yield "open-type", f"does not bind {', '.join(sorted(root.free))}"
    chains: dict[LocalType, LocalType] = {}
    for count, node in enumerate(nodes(root)):
        if count == NODES_MAX:
            yield "type-size", f"has more than {NODES_MAX} nodes"
            return
        size += 1 + (len(node.branches) if isinstance(node, Output | Input) else 0)
        if isinstance(node, LocalRec):
            under = _under_recursions(node, chains)
            if isinstance(under, LocalVar) and under.name == node.name:
                sound = False
                yield "unguarded-recursion", f"has a rec {node.name} that does nothing"
    limit = STATES_SPARE + 4 * size
    if sound and any(islice(states(root), limit, None)):
        yield "type-size", f"has more than {limit} states"


def _under_recursions(node: LocalRec, known: dict[LocalType, LocalType]) -> LocalType:
    """The first node below ``node`` that is no recursion."""
    chain: list[LocalType] = []
    under: LocalType = node
    while isinstance(under, LocalRec) and under not in known:
        chain.append(under)
        under = under.body
    under = known.get(under, under)
    known.update((above, under) for above in chain)
    return under


def problem(program: RoleProgram, code: str, message: str, pc: int | None = None) -> Diagnostic:
    """A complaint about one role, or about one instruction of it."""
    place = f"role {program.role}"
    if pc is not None:
        name = type(program.code[pc]).__name__.lower() if pc < len(program.code) else "no code"
        place += f", instruction {pc} ({name})"
    return Diagnostic(code, f"{place}: {message}")
