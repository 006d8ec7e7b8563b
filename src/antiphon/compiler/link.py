"""Third pass: the blocks one after the other, and addresses for numbers of blocks."""

from __future__ import annotations

from itertools import accumulate

from antiphon.bytecode.instruction import Choose, Instruction, Jump, Select, Spawn


def link(sections: tuple[tuple[Instruction, ...], ...]) -> tuple[Instruction, ...]:
    """The code of the sections; a jump to section n becomes one to its first address."""
    starts = (0, *accumulate(map(len, sections)))
    return tuple(_placed(instruction, starts) for section in sections for instruction in section)


def _placed(instruction: Instruction, starts: tuple[int, ...]) -> Instruction:
    match instruction:
        case Jump(target):
            return Jump(starts[target])
        case Spawn(target, args, dst):
            return Spawn(starts[target], args, dst)
        case Select(chan, table):
            return Select(chan, tuple((label, starts[to]) for label, to in table))
        case Choose(chan, dst, table):
            return Choose(chan, dst, tuple((label, starts[to]) for label, to in table))
        case _:
            return instruction
