"""The pipeline."""

import pytest

from antiphon.bytecode.assembly import render_assembly
from antiphon.bytecode.instruction import Choose
from antiphon.bytecode.verify import verify
from antiphon.compiler.compile import compile_protocol, compile_role
from antiphon.errors import ProgramError
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import NAT, STR, UNIT

CLIENT = output(
    "Server",
    [("ask", STR, input_("Server", [("price", NAT, END), ("sold.out", UNIT, END)]))],
)
SERVER = input_(
    "Client",
    [("ask", STR, output("Client", [("price", NAT, END), ("sold.out", UNIT, END)]))],
)
TEXT = """\
assembly 1
image Ticket
role Client registers 2
type 0 = end
type 1 = receive Server {price nat 0, sold.out unit 0}
type 2 = send Server {ask string 1}
  send r0 @host
  choose r0 r1 {price: L2, sold.out: L2}
L2:
  halt
role Server registers 2
type 0 = end
type 1 = send Client {price nat 0, sold.out unit 0}
type 2 = receive Client {ask string 1}
  receive r0 r1
  select r0 {price: L2, sold.out: L4}
L2:
  offer r0 price @host
L3:
  halt
L4:
  offer r0 sold.out @host
  jump L3
"""


def test_a_protocol_is_compiled() -> None:
    """Each role gets its program, in the order given."""
    image = compile_protocol("Ticket", {"Client": CLIENT, "Server": SERVER})
    verify(image)
    assert render_assembly(image) == TEXT


def test_recursion_to_an_outer_binder() -> None:
    """A jump may leave an inner loop for an outer one."""
    inner = rec("Y", input_("B", [("in", UNIT, var("Y")), ("out", UNIT, var("X"))]))
    outer = rec("X", output("B", [("go", UNIT, inner), ("stop", UNIT, END)]))
    assert compile_role("A", outer).code[2] == Choose(0, 1, (("in", 2), ("out", 0)))
    verify(compile_protocol("nested", {"A": outer, "B": END}))


def test_producers_take_a_register() -> None:
    """Only a role with a producer has a third register."""
    producers = {("Server", "price"): "quote", ("Client", "price"): "never used"}
    image = compile_protocol("Ticket", {"Client": CLIENT, "Server": SERVER}, producers)
    assert [program.registers for program in image.programs] == [2, 3]
    assert "  invoke quote () r2\n  offer r0 price r2\n" in render_assembly(image)


def test_code_is_linear() -> None:
    """Twice the type is twice the code, and length meets no recursion limit."""
    sizes: list[int] = []
    for length in (10_000, 20_000):
        line = END
        for _ in range(length):
            line = output("B", [("m", NAT, line)])
        sizes.append(len(compile_role("A", line).code))
    assert sizes == [10_001, 20_001]


def test_rejects_open_types() -> None:
    """What is not closed is not compiled."""
    with pytest.raises(ProgramError, match="open-type"):
        compile_protocol("open", {"A": var("X")})
