"""Images as text."""

import pytest

from antiphon.bytecode.assembly import SIZE_MAX, render_assembly, render_instruction
from antiphon.bytecode.assembly_reader import parse_assembly
from antiphon.bytecode.instruction import Choose, Halt, Instruction, Move, Send, Set
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.errors import ProgramError, Refusal
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT, STR, UNIT
from antiphon.values.value import Blob
from tests.unit.bytecode.samples import HANDING, IMAGE, INSTRUCTIONS, TICKET, with_code


def test_text_is_as_written_down() -> None:
    """The example of the documentation is what its image is rendered as, and parsed from."""
    price = input_("Server", [("price", NAT, END), ("sold.out", UNIT, END)])
    code = (Send(0, -1), Choose(0, 1, (("price", 2), ("sold.out", 2))), Halt())
    program = RoleProgram("Client", output("Server", [("ask", STR, price)]), code, 2)
    assert render_assembly(Image("Ticket", (program,))) == TICKET
    assert parse_assembly(TICKET).programs == (program,)


def test_images_come_back() -> None:
    """An image that uses everything is parsed from its text, which is rendered the same again."""
    text = render_assembly(IMAGE)
    back = parse_assembly(text)
    assert (back.name, back.programs) == (IMAGE.name, IMAGE.programs)
    assert render_assembly(back) == text


def test_endpoints_that_are_handed_over_come_back() -> None:
    """They stand before the roles, each with its type."""
    text = render_assembly(HANDING)
    assert text.startswith("assembly 1\nimage Outer\ndelegated In.ner B\ntype 0 = ")
    back = parse_assembly(text)
    assert (back.programs, back.delegated) == (HANDING.programs, HANDING.delegated)
    assert render_assembly(back) == text


@pytest.mark.parametrize("instruction", INSTRUCTIONS, ids=repr)
def test_instructions_come_back(instruction: Instruction) -> None:
    """Every instruction is one line, and is parsed from it."""
    line = render_instruction(instruction)
    assert "\n" not in line
    assert parse_assembly(with_code(line)).programs[0].code == (instruction,)


def test_rejects_what_has_no_form() -> None:
    """What could not be read back is not written."""
    with pytest.raises(ProgramError, match="malformed-image"):
        render_assembly(Image("x", (RoleProgram("A", END, (Move(2**40, 0),), 1),)))
    with pytest.raises(Refusal) as caught:
        render_assembly(
            Image("x", (RoleProgram("A", END, (Set(0, Blob("b", b"a" * SIZE_MAX)),), 1),))
        )
    assert caught.value.code == "too-large"
