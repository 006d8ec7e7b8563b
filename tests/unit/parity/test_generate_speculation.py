"""Programs with forks: what should go well is verified, and everything turns up."""

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Choose,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Offer,
    Receive,
    Select,
    Send,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.verify import verify
from antiphon.parity.draft import Draft
from antiphon.parity.generate_ownership import REGISTERS
from antiphon.parity.generate_speculation import TWISTS, WELL, commit
from antiphon.parity.source import Source
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import NAT

ANSWER = output("B", (("yes", NAT, END), ("no", NAT, var("X"))))
TYPE = rec("X", input_("B", (("ask", NAT, input_("B", (("a", NAT, ANSWER), ("b", NAT, END)))),)))
CODE = (
    Receive(0, 1),
    Choose(0, 1, (("a", 2), ("b", 4))),
    Select(0, (("yes", 3), ("no", 5))),
    Offer(0, "yes", HOST),
    Halt(),
    Send(0, HOST),
    Jump(0),
)
PROGRAM = RoleProgram("A", TYPE, CODE, 2)
PEER = RoleProgram("B", END, (Halt(),), 1)


def twisted(number: int) -> tuple[Instruction, ...]:
    """The code after one twist."""
    source, draft = Source(key=f"fork {number}"), Draft(PROGRAM, REGISTERS)
    source.pick(TWISTS)(source, draft, source.below(len(draft.code)))
    return draft.program().code


@pytest.mark.parametrize("twist", WELL, ids=lambda twist: twist.__name__)
@pytest.mark.parametrize("at", range(len(CODE)))
def test_what_goes_well_is_verified(twist: object, at: int) -> None:
    """Wherever it is done, the verifier accepts it, and mostly there is a fork."""
    assert callable(twist)
    forks = 0
    for number in range(20):
        draft = Draft(PROGRAM, REGISTERS)
        twist(Source(key=f"well {number}"), draft, at)
        verify(Image("p", (draft.program(), PEER)))
        forks += any(isinstance(each, Fork) for each in draft.code)
    assert forks == 20 or CODE[at] in (Jump(0), Halt()) or (at not in (0, 5) and twist is commit)


def test_everything_turns_up() -> None:
    """Forks that are open at the end, ends of none, actions and halts between them."""
    codes = [twisted(number) for number in range(400)]
    every = {each for code in codes for each in code}
    assert {type(each) for each in every} >= {Fork, Join, Abort, Invoke}
    assert any(code[:1] == (Join(),) or code[:1] == (Abort(),) for code in codes)
    assert any(sum(isinstance(each, Fork) for each in code) > 16 for code in codes)
