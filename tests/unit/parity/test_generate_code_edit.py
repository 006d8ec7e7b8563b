"""Edits of programs: every instruction and every kind of wrong operand."""

from antiphon.bytecode.codec import decode_program, encode_program
from antiphon.bytecode.instruction import (
    CLASSES,
    HOST,
    Acquire,
    Check,
    Choose,
    Close,
    Halt,
    Instruction,
    Jump,
    Open,
    Release,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
)
from antiphon.bytecode.program import RoleProgram
from antiphon.parity.generate_code_edit import edit_code
from antiphon.parity.generate_value import SESSIONS
from antiphon.parity.source import Source
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import Endpoint

ROLES = ("A", "B")
TYPE = output("B", (("a", NAT, input_("B", (("a", NAT, END), ("b", NAT, END)))),))
CODE = (Send(0, HOST), Choose(0, 1, (("a", 2), ("b", 3))), Jump(3), Halt())
PROGRAM = RoleProgram("A", TYPE, CODE, 2)
TWISTED = {Open, Close, Spawn, Transfer, Acquire, Release, Tag, Check}
EDITED = [edit_code(Source(key=f"code {number}"), PROGRAM, ROLES) for number in range(6000)]


def test_edits_can_be_written_down() -> None:
    """Every edit is a program that the codec knows."""
    for changed in EDITED[::10]:
        assert decode_program(encode_program(changed)) == changed


def test_every_instruction_is_inserted() -> None:
    """Each instruction that takes no twist turns up; code grows, shrinks and is re-ordered."""
    every: list[Instruction] = [each for changed in EDITED for each in changed.code]
    assert {type(each) for each in every} == set(CLASSES.values()) - TWISTED
    assert {len(changed.code) for changed in EDITED} == {3, 4, 5}
    assert any(set(c.code) == set(CODE) and c.code != CODE for c in EDITED)


def test_operands_out_of_range() -> None:
    """Registers and addresses below and above what exists turn up."""
    sends = {each for changed in EDITED for each in changed.code if isinstance(each, Send)}
    assert {HOST, 2, 3, -2, 1000} <= {send.chan for send in sends}
    jumps = {each.target for c in EDITED for each in c.code if isinstance(each, Jump)}
    assert {-1, 10**6, 4} <= jumps
    assert {changed.registers for changed in EDITED} == {0, 1, 2, 3}


def test_endpoints_and_types_are_edited() -> None:
    """Endpoints of this, another and no session are written; local types change."""
    written = {each.val for c in EDITED for each in c.code if isinstance(each, Set)}
    sessions = {each.session for each in written if isinstance(each, Endpoint)}
    assert sessions == {*SESSIONS}
    assert any(changed.local_type is not TYPE for changed in EDITED)


def test_addresses_move_along() -> None:
    """An instruction that is inserted in front moves the addresses behind it."""
    inserted = [
        c.code for c in EDITED if len(c.code) == 5 and isinstance(c.code[0], Set) and c.code[1:3]
    ]
    assert any(Jump(4) in code and Choose(0, 1, (("a", 3), ("b", 4))) in code for code in inserted)


def test_nothing_to_edit() -> None:
    """A program without code can be edited as well."""
    empty = RoleProgram("A", END, (), 1)
    for number in range(200):
        edit_code(Source(key=f"empty {number}"), empty, ROLES)
