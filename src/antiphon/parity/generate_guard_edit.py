"""Programs in which one guard of one instruction is meant to fail.

Changes at random seldom meet an instruction that is itself seldom. So here the instruction is
picked by its kind, those of choices twice as likely as the others, and then what goes wrong with
it: everything before it is left as it was, so that most often it is reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Instruction,
    Invoke,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Yield,
)
from antiphon.bytecode.program import RoleProgram
from antiphon.parity.generate_value import SESSIONS
from antiphon.parity.source import Source
from antiphon.values.value import Endpoint, Nat

Communication: TypeAlias = Send | Receive | Offer | Choose | Select
COMMUNICATIONS: Final = (Send, Receive, Offer, Choose, Select)
CHOICES: Final = (Offer, Choose, Select)
MISSING: Final = 1000
"""A register that no program has."""
ELSEWHERE: Final = tuple(session for session in SESSIONS if session)
"""Sessions that are not the first."""


def fail_guard(
    source: Source, program: RoleProgram, roles: tuple[str, ...]
) -> tuple[int, tuple[Instruction, ...]]:
    """A place in ``program``, and the instructions that are to stand there instead of its one.

    ``roles`` are those of the protocol.
    """
    kinds = [kind for kind in (*COMMUNICATIONS, *CHOICES) if _places(program, kind)]
    kind = source.pick((*kinds, None))
    if kind is None:
        at = source.pick((0, source.below(len(program.code) or 1)))
        return at, (_local(source), *program.code[at : at + 1])
    at = source.pick(_places(program, kind))
    instruction = program.code[at]
    assert isinstance(instruction, COMMUNICATIONS)
    return at, _broken(source, instruction, program.role, roles)


def _places(program: RoleProgram, kind: type[Instruction]) -> Sequence[int]:
    return [at for at, each in enumerate(program.code) if isinstance(each, kind)]


def _local(source: Source) -> Instruction:
    """Something that concerns no channel; all is well with it, or a register is missing."""
    register = source.pick((0, MISSING))
    return source.pick(
        (Invoke("act", (0,), register), Move(register, 0), Set(register, Nat(1)), Yield())
    )


def _broken(
    source: Source, instruction: Communication, role: str, roles: tuple[str, ...]
) -> tuple[Instruction, ...]:
    chan = instruction.chan
    others = [other for other in roles if other != role]
    match source.below(8):
        case 0:
            return (replace(instruction, chan=MISSING),)
        case 1:
            return Set(chan, Nat(1)), instruction
        case 2 | 3:
            return Set(chan, Endpoint(0, source.pick(others or [role]))), instruction
        case 4:
            return Set(chan, Endpoint(source.pick(ELSEWHERE), source.pick(roles))), instruction
        case _:
            return (_other_kind(source, instruction),)


def _other_kind(source: Source, instruction: Communication) -> Instruction:
    """An instruction that the type does not let stand here, or one that lacks a label."""
    match instruction:
        case Send(chan, _):
            return source.pick((Receive(chan, chan), Offer(chan, "zz", HOST), Select(chan, ())))
        case Receive(chan, dst):
            return source.pick((Send(chan, HOST), Choose(chan, dst, ()), Offer(chan, "a", HOST)))
        case Offer(chan, label, val):
            return source.pick((Offer(chan, f"{label}'", val), Choose(chan, 0, ())))
        case Choose(chan, dst, table):
            wrong = (Receive(chan, dst), Select(chan, ()), Offer(chan, "a", HOST))
            return source.pick((Choose(chan, dst, table[1:]), *wrong))
        case Select(chan, table):
            return source.pick((Send(chan, HOST), Select(chan, table[1:]), Offer(chan, "", HOST)))
