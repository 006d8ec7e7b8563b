"""A role's program while it is being changed: instructions come in between, or at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from antiphon.bytecode.instruction import Choose, Instruction, Jump, Select, Spawn
from antiphon.bytecode.program import RoleProgram


class Draft:
    """The code of ``program``, to be changed; ``program()`` is what became of it."""

    def __init__(self, program: RoleProgram, registers: int = 0) -> None:
        self._program = program
        self.code = list(program.code)
        self.registers = max(program.registers, registers)

    def insert(self, at: int, *instructions: Instruction) -> None:
        """Put instructions in front of the one at ``at``; addresses beyond it move along.

        The addresses that they name are those before: they can name ``at``, the others lead to them
        instead.
        """
        more = len(instructions)
        moved = [relocated(each, lambda to: to + more if to > at else to) for each in self.code]
        between = [
            relocated(each, lambda to: to + more if to >= at else to) for each in instructions
        ]
        self.code = [*moved[:at], *between, *moved[at:]]

    def append(self, *instructions: Instruction) -> int:
        """Put instructions at the end: the address of the first."""
        address = len(self.code)
        self.code += instructions
        return address

    def program(self) -> RoleProgram:
        """The program as it is now."""
        return replace(self._program, code=tuple(self.code), registers=self.registers)


def relocated(instruction: Instruction, moved: Callable[[int], int]) -> Instruction:
    """The instruction with each address that it names as ``moved`` says."""
    match instruction:
        case Jump(target) | Spawn(target):
            return replace(instruction, target=moved(target))
        case Choose(_, _, table) | Select(_, table):
            return replace(instruction, table=tuple((label, moved(to)) for label, to in table))
        case _:
            return instruction
