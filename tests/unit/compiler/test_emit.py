"""The second pass: blocks to instructions."""

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
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
    Spawn,
)
from antiphon.compiler.blocks import blocks
from antiphon.compiler.emit import Parts, emit
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import NAT, UNIT, delegation


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


PARTS = Parts(
    {"P": {"A": END, "B": END, "C": END}}, {("P", "A"): 7, ("P", "C"): 9}, {("P", "B"): 3}, 4
)


def with_parts(local_type: LocalType, first: int = 0) -> tuple[tuple[Instruction, ...], ...]:
    """The instructions of the blocks of a type that hands over endpoints of P."""
    return emit(blocks(local_type, PARTS.protocols), {"give": "unused"}.get, PARTS, first)


def test_a_session_is_opened_to_be_handed_over() -> None:
    """Children run the other roles."""
    assert with_parts(output("X", [("give", delegation("P", "B"), END)])) == (
        (
            Open("P", (("A", END, 4), ("B", END, 5), ("C", END, 6))),
            Spawn(7, (4,), 2),
            Spawn(9, (6,), 2),
            Send(0, 5),
        ),
        (Halt(),),
    )


def test_an_endpoint_is_kept_and_passed_on() -> None:
    """It waits in its register, in a program whose blocks are counted from another number."""
    give = output("X", [("give", delegation("P", "B"), END)])
    hear = input_("X", [("take", delegation("P", "B"), give), ("no", UNIT, END)])
    assert with_parts(hear, 20) == (
        (Choose(0, 1, (("take", 21), ("no", 23))),),
        (Move(3, 1),),
        (Send(0, 3),),
        (Halt(),),
    )


def test_a_child_runs_an_endpoint() -> None:
    """What was just received, or what was kept; the role goes on with its block."""
    hear = input_("X", [("take", delegation("P", "A"), rec("L", output("X", [("a", UNIT, END)])))])
    assert with_parts(hear)[1] == (Spawn(7, (1,), 2),)
    decide = output("X", [("give", delegation("P", "B"), END), ("stop", UNIT, END)])
    kept = Parts(PARTS.protocols, {("P", "B"): 8}, PARTS.kept, 4)
    made = emit(
        blocks(input_("X", [("take", delegation("P", "B"), decide)]), kept.protocols),
        dict[str, str]().get,
        kept,
    )
    assert made[5:] == ((Spawn(8, (3,), 2),), (Offer(0, "stop", HOST), Jump(4)))


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
