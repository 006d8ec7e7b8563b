"""The pipeline."""

import pytest

from antiphon.bytecode.assembly import render_assembly
from antiphon.bytecode.instruction import Choose
from antiphon.bytecode.verify import verify
from antiphon.compiler.compile import compile_protocol, compile_role
from antiphon.errors import ProgramError
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import NAT, STR, UNIT, delegation

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


HELLO = {
    "A": output("B", [("hello", NAT, END)]),
    "B": input_("A", [("hello", NAT, END)]),
}
GIVE = delegation("Inner", "B")
HANDING_OVER = """\
role X registers 5
type 0 = end
type 1 = send Y {give "Inner@B" 0}
  open Inner {A r3 [end, send B {hello nat 0}], B r4 [end, receive A {hello nat 0}]}
  spawn L4 (r3) r2
  send r0 r4
  halt
L4:
  send r0 @host
  halt
role Y registers 4
type 0 = end
type 1 = send Z {pass "Inner@B" 0}
type 2 = receive X {give "Inner@B" 1}
  receive r0 r1
  move r3 r1
  send r0 r3
  halt
role Z registers 3
type 0 = end
type 1 = receive Y {pass "Inner@B" 0}
  receive r0 r1
  spawn L3 (r1) r2
  halt
L3:
  receive r0 r1
  halt
"""


def test_sessions_are_handed_over() -> None:
    """One role opens the session, one passes it on, one runs it, each with code of its own."""
    outer = {
        "X": output("Y", [("give", GIVE, END)]),
        "Y": input_("X", [("give", GIVE, output("Z", [("pass", GIVE, END)]))]),
        "Z": input_("Y", [("pass", GIVE, END)]),
    }
    image = compile_protocol("Outer", outer, protocols={"Inner": HELLO})
    assert image.delegated == (("Inner", "B", HELLO["B"]),)
    assert render_assembly(image).partition("type 1 = receive A {hello nat 0}\n")[2] == HANDING_OVER
    verify(image)


def test_protocols_may_hand_over_themselves() -> None:
    """A protocol whose sessions lead to others of its own has its code once in each part."""
    again = delegation("P", "B")
    types = {"A": output("B", [("p", again, END)]), "B": input_("A", [("p", again, END)])}
    image = compile_protocol("P", types, protocols={"P": types})
    assert [len(program.code) for program in image.programs] == [8, 6]
    verify(image)


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
