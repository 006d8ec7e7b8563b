"""One image that uses everything, for the tests of this folder; it is not one that verifies."""

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Close,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Move,
    Offer,
    Open,
    Receive,
    Select,
    Send,
    Set,
    Spawn,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import NAT, STR, UNIT, delegation, named, payload
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str

OLDER: tuple[Instruction, ...] = (
    Send(0, HOST),
    Send(0, 1),
    Receive(0, 2**31 - 1),
    Offer(0, "ask", 1),
    Offer(0, "", HOST),
    Choose(0, 1, (("a", 0), ("two words", 99), ("", 3))),
    Choose(0, 1, ()),
    Select(-5, (("a", 0), ("a", 1))),
    Invoke("charge", (), 1),
    Invoke("\u00fc\u2028;", (0, 1, 0), 1),
    Set(1, NOTHING),
    Set(1, Nat(0)),
    Set(1, Nat(10**30)),
    Set(1, Bool(True)),
    Set(1, Bool(False)),
    Set(1, Str("")),
    Set(1, Str('a "quoted"; \\ \n \u2028 \U0001d11e')),
    Set(1, Prod(Prod(Nat(1), Str("true")), NOTHING)),
    Set(1, Endpoint(3, "two words")),
    Set(1, Blob("date", b"\x00\xff")),
    Move(1, 0),
    Jump(-(2**31)),
    Jump(3),
    Yield(),
    Halt(),
)
HEARS = rec("X", input_("A", [("hello", delegation("In.ner", "B"), var("X")), ("by e", UNIT, END)]))
INSTRUCTIONS: tuple[Instruction, ...] = (
    *OLDER,
    Transfer(0, 3),
    Spawn(3, (), 1),
    Spawn(-2, (1, 0, 1), 1),
    Open("Inner", (("A", END, 3), ("two words", HEARS, 2**31 - 1))),
    Open("two words", ()),
    Close(2),
)
TYPE = rec(
    "X",
    output(
        "B",
        [
            ("go on", payload((NAT, named("date"), STR)), input_("B", [("ok", UNIT, var("X"))])),
            ("", UNIT, rec("Y", input_("C", [("1", STR, var("Y")), ("2", STR, var("X"))]))),
            ("stop", UNIT, END),
        ],
    ),
)
IMAGE = Image(
    "All of it",
    (RoleProgram("A", TYPE, OLDER, 7), RoleProgram("\u00df", END, (), 1)),
)

HANDING = Image("Outer", IMAGE.programs[1:], (("In.ner", "B", HEARS), ("Inner", "two words", END)))

TICKET = """\
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
"""


def with_code(*lines: str) -> str:
    """The ticket with other code."""
    return "".join((TICKET[: TICKET.index("  send")], *(f"{line}\n" for line in lines)))
