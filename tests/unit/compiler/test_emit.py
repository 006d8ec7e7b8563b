"""The second pass: blocks to instructions."""

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Offer,
    Receive,
    Select,
    Send,
)
from antiphon.compiler.blocks import blocks
from antiphon.compiler.emit import emit
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import NAT, UNIT


def emitted(local_type: LocalType, **producers: str) -> tuple[tuple[Instruction, ...], ...]:
    """The instructions of the blocks of a type."""
    return emit(blocks(local_type), producers.get)


def test_one_label() -> None:
    """One label is sent or received without asking which."""
    talk = output("B", [("a", NAT, input_("B", [("b", NAT, END)]))])
    assert emitted(talk) == ((Send(0, HOST),), (Receive(0, 1),), (Halt(),))


def test_internal_choice() -> None:
    """The host decides, and what is left is offered; numbers of blocks stand for addresses."""
    decide = output("B", [("yes", NAT, END), ("no", UNIT, END)])
    assert emitted(decide) == (
        (Select(0, (("yes", 1), ("no", 3))),),
        (Offer(0, "yes", HOST),),
        (Halt(),),
        (Offer(0, "no", HOST), Jump(2)),
    )


def test_external_choice() -> None:
    """Each label leads to its block."""
    follow = input_("B", [("yes", NAT, END), ("no", UNIT, output("B", [("sorry", UNIT, END)]))])
    assert emitted(follow) == (
        (Choose(0, 1, (("yes", 1), ("no", 2))),),
        (Halt(),),
        (Send(0, HOST), Jump(1)),
    )


def test_recursion_jumps_back() -> None:
    """A block that goes on with an earlier one ends in a jump."""
    assert emitted(rec("X", output("B", [("a", NAT, var("X"))]))) == ((Send(0, HOST), Jump(0)),)


def test_a_producer_makes_the_payload() -> None:
    """Where an action is bound to a label, it is invoked before the label is sent."""
    decide = output("B", [("yes", NAT, END), ("no", UNIT, END)])
    assert emitted(decide, no="excuse")[1:] == (
        (Offer(0, "yes", HOST),),
        (Halt(),),
        (Invoke("excuse", (), 2), Offer(0, "no", 2), Jump(2)),
    )
