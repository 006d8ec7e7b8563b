"""Programs gone wrong: one change to the code, the registers or the type of one role.

What the verifier would have caught is exactly what is wanted; only values that no decoder would
let through, such as negative sessions, are left out.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from antiphon.bytecode.instruction import (
    CLASSES,
    HOST,
    Abort,
    Choose,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    LabelTable,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Yield,
)
from antiphon.bytecode.program import RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.parity.draft import Draft
from antiphon.parity.generate_guard_edit import fail_guard
from antiphon.parity.generate_type_edit import edit_type
from antiphon.parity.generate_value import near_value, value
from antiphon.parity.source import Source
from antiphon.theory.local_type import Output, nodes
from antiphon.values.value import UNIT

_NAMES = {kind: name for name, kind in CLASSES.items()}
_LABELS = ("a", "b", "c", "ok", "done", "zz", "")


def edit_code(source: Source, program: RoleProgram, roles: tuple[str, ...]) -> RoleProgram:
    """``program`` with one thing changed; ``roles`` are those of its protocol."""
    at = source.below(len(program.code) or 1)
    match source.below(20):
        case 1:
            return _with_code(program, (*program.code[:at], *program.code[at + 1 :]))
        case 2:
            return _inserted(program, at, _instruction(source, program, roles))
        case 3 | 4:
            return _operand(source, program, at)
        case 5:
            return _exchanged(program, at)
        case 6:
            return replace(program, local_type=edit_type(source, program.local_type))
        case 7:
            return replace(program, registers=source.pick((1, 0, 2, program.registers + 1)))
        case 0 | 8 | 9:
            return _own_value(source, program, roles)
        case _:
            return _guarded(source, program, roles)


def _guarded(source: Source, program: RoleProgram, roles: tuple[str, ...]) -> RoleProgram:
    """With a guard of one instruction that is meant to fail."""
    at, instructions = fail_guard(source, program, roles)
    for more in instructions[:-1]:
        program = _inserted(program, at, more)
    at += len(instructions) - 1
    return _with_code(program, (*program.code[:at], instructions[-1], *program.code[at + 1 :]))


def _with_code(program: RoleProgram, code: tuple[Instruction, ...]) -> RoleProgram:
    return replace(program, code=code)


def _inserted(program: RoleProgram, at: int, instruction: Instruction) -> RoleProgram:
    """With ``instruction`` at ``at``; addresses beyond move along."""
    draft = Draft(program)
    draft.insert(at, instruction)
    return draft.program()


def _exchanged(program: RoleProgram, at: int) -> RoleProgram:
    code = program.code
    later = at + 2
    return _with_code(program, (*code[:at], *reversed(code[at:later]), *code[later:]))


def _register(source: Source, program: RoleProgram, outside: int = 15) -> int:
    """One that exists, but for ``outside`` of 100."""
    if source.chance(outside):
        return source.pick((program.registers, program.registers + 1, -2, HOST, 1000))
    return source.below(program.registers or 1)


def _address(source: Source, program: RoleProgram) -> int:
    length = len(program.code)
    if source.chance(30):
        return source.pick((length, length + 1, -1, 10**6))
    return source.below(length or 1)


def _table(source: Source, program: RoleProgram) -> LabelTable:
    start = source.below(len(_LABELS))
    labels = _LABELS[start : start + source.below(4)]
    return tuple((label, _address(source, program)) for label in labels)


def _instruction(source: Source, program: RoleProgram, roles: tuple[str, ...]) -> Instruction:
    """An instruction of any kind."""

    def register() -> int:
        return _register(source, program)

    match source.below(13):
        case 0 | 1:
            return Yield()
        case 2:
            return Set(register(), value(source, roles))
        case 3:
            return Move(register(), register())
        case 4:
            return Jump(_address(source, program))
        case 5:
            return Halt()
        case 6:
            args = tuple(register() for _ in range(source.below(3)))
            return Invoke(source.pick(("act", "log")), args, register())
        case 7:
            return Send(register(), source.pick((HOST, register())))
        case 8:
            return Receive(register(), register())
        case 9:
            return Offer(register(), source.pick(_LABELS), source.pick((HOST, register())))
        case 10:
            return source.pick((Fork(register()), Join(), Abort()))
        case 11:
            return Choose(register(), register(), _table(source, program))
        case _:
            return Select(register(), _table(source, program))


def _operand(source: Source, program: RoleProgram, at: int) -> RoleProgram:
    """With one operand of the instruction at ``at`` changed to another of its kind."""
    if at >= len(program.code):
        return program
    instruction = program.code[at]
    operands = INSTRUCTIONS[_NAMES[type(instruction)]].operands
    if not operands:
        return program
    place = source.below(len(operands))
    name, kind = fields(instruction)[place].name, operands[place][1]
    old = getattr(instruction, name)
    changed: Any = old
    match kind:
        case Operand.REGISTER | Operand.SOURCE:
            changed = _register(source, program, 60)
        case Operand.REGISTERS:
            changed = (*old, _register(source, program, 60))
        case Operand.LABEL:
            changed = source.pick(_LABELS)
        case Operand.TABLE:
            twice = tuple((label, _address(source, program)) for label, _ in old[:1])
            changed = source.pick((old[1:], (*twice, *old), _table(source, program)))
        case Operand.ADDRESS:
            changed = _address(source, program)
        case Operand.VALUE | Operand.ACTION | Operand.PROTOCOL | Operand.ENTRIES | Operand.LAYER:
            pass
    code = program.code
    return _with_code(
        program, (*code[:at], replace(instruction, **{name: changed}), *code[at + 1 :])
    )


def _own_value(source: Source, program: RoleProgram, roles: tuple[str, ...]) -> RoleProgram:
    """With a send that takes its value from a register, which is set just before.

    Mostly it is nearly what some branch of the type asks for.
    """
    places = [at for at, each in enumerate(program.code) if isinstance(each, Send | Offer)]
    if not places or program.registers < 2:
        return program
    at = source.pick(places)
    sender = program.code[at]
    assert isinstance(sender, Send | Offer)
    code = (*program.code[:at], replace(sender, val=1), *program.code[at + 1 :])
    sorts = [
        payload
        for node in nodes(program.local_type)
        if isinstance(node, Output)
        for _, payload, _ in node.branches
    ]
    wanted = near_value(source, source.pick(sorts)) if sorts else UNIT
    carried = source.pick((wanted, wanted, value(source, roles)))
    return _inserted(_with_code(program, code), at, Set(1, carried))
