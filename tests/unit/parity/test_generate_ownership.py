"""Twists of code: which they are, and that the good one is good."""

from antiphon.bytecode.instruction import Halt, Receive, Send, Spawn, Transfer
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.verify import verify
from antiphon.parity.draft import Draft
from antiphon.parity.generate_ownership import REGISTERS, TWISTS, hand_over
from antiphon.parity.source import Source
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT

SENDS = RoleProgram("A", output("B", (("x", NAT, END),)), (Send(0, -1), Halt()), 2)
HEARS = RoleProgram("B", input_("A", (("x", NAT, END),)), (Receive(0, 1), Halt()), 2)


def test_hand_over_is_verified() -> None:
    """Wherever it stands, the child can go on."""
    for number in range(40):
        for at in (0, 1):
            changed = Draft(SENDS, REGISTERS)
            hand_over(Source(key=f"{number}"), changed, at)
            assert any(isinstance(each, Spawn) for each in changed.code)
            verify(Image("p", (changed.program(), HEARS)))


def test_every_twist_changes_something() -> None:
    """Each spawns or transfers."""
    for twist in TWISTS:
        for number in range(40):
            changed = Draft(SENDS, REGISTERS)
            twist(Source(key=f"{number}"), changed, 0)
            assert any(isinstance(each, Spawn | Transfer) for each in changed.code)
