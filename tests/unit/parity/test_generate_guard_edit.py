"""Edits that are meant to fail one guard: of every instruction, and of every kind."""

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Yield,
)
from antiphon.bytecode.program import RoleProgram
from antiphon.parity.generate_guard_edit import CHOICES, COMMUNICATIONS, MISSING, fail_guard
from antiphon.parity.source import Source
from antiphon.theory.local_type import END
from antiphon.values.value import Endpoint, Nat

CODE: tuple[Instruction, ...] = (
    Send(0, HOST),
    Receive(0, 1),
    Select(0, (("a", 3),)),
    Offer(0, "a", HOST),
    Choose(0, 1, (("a", 5), ("b", 6))),
    Jump(6),
    Halt(),
)
PROGRAM = RoleProgram("A", END, CODE, 2)
FOUND = [fail_guard(Source(key=f"guard {n}"), PROGRAM, ("A", "B")) for n in range(4000)]


def _chan(instruction: Instruction) -> int | None:
    return instruction.chan if isinstance(instruction, COMMUNICATIONS) else None


def test_every_communication_is_broken_in_every_way() -> None:
    """Its channel register does not exist, or holds no endpoint, or that of another role."""
    for at, kind in ((CODE.index(each), type(each)) for each in CODE[:5]):
        there = [instructions for place, instructions in FOUND if place == at]
        assert any(isinstance(f[-1], kind) and _chan(f[-1]) == MISSING for f in there if f)
        assert (Set(0, Nat(1)), CODE[at]) in there
        assert (Set(0, Endpoint(0, "B")), CODE[at]) in there
        assert {type(f[0]) for f in there if len(f) == 1} > {kind}


def test_choices_are_met_more_often() -> None:
    """An instruction of a choice is broken more often than a message, for it is met less often."""
    met = [[place for place, _ in FOUND].count(CODE.index(each)) for each in CODE[:5]]
    often = [n for n, each in zip(met, CODE, strict=False) if isinstance(each, CHOICES)]
    assert min(often) > max(met[CODE.index(each)] for each in CODE[1:2])


def test_what_concerns_no_channel() -> None:
    """Moves, constants, actions and yields are added, with and without a register that exists."""
    added = {found[0] for _, found in FOUND if not isinstance(found[0], COMMUNICATIONS)}
    assert {Move(0, 0), Move(MISSING, 0), Yield(), Set(MISSING, Nat(1))} <= added
    assert {Invoke("act", (0,), 0), Invoke("act", (0,), MISSING)} <= added


def test_an_empty_program() -> None:
    """Where there is no instruction, one is added."""
    empty = RoleProgram("A", END, (), 1)
    for number in range(50):
        at, found = fail_guard(Source(key=f"empty {number}"), empty, ("A", "B"))
        assert (at, len(found)) == (0, 1)
