"""The first pass: states to blocks."""

import pytest

from antiphon.compiler.blocks import Block, Landing, blocks
from antiphon.compiler.handover import Keep, Run
from antiphon.errors import ProgramError
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.theory.transitions import number_states
from antiphon.values.sort import NAT, UNIT, delegation

LOOP = rec(
    "X", output("B", [("more", NAT, input_("B", [("ok", UNIT, var("X"))])), ("no", UNIT, END)])
)


GIVEN = delegation("P", "B")
B = ("P", "B")


def plain(local_type: LocalType) -> list[Block]:
    """The blocks of a type that hands over nothing."""
    return [block for block in blocks(local_type) if isinstance(block, Block)]


def test_a_block_for_each_state() -> None:
    """Block n is that of state n, and names the blocks that follow."""
    made = plain(LOOP)
    assert [block.state for block in made] == list(number_states(LOOP))
    assert [block.after for block in made] == [(1, 3), (2,), (0,), (4,), ()]


def test_what_is_left_of_a_choice_is_marked() -> None:
    """The narrowed forms of an internal choice are marked, and nothing else."""
    assert [block.chosen for block in plain(LOOP)] == [False, True, False, True, False]
    assert blocks(END) == (Block(END, False, ()),)


def test_endpoints_are_dealt_with_between_blocks() -> None:
    """What is kept makes a block of its own, and on the way there is a landing."""
    give = output("X", [("give", GIVEN, END)])
    hear = input_("X", [("take", GIVEN, give), ("no", UNIT, give)])
    assert blocks(hear, ["P"]) == (
        Block(hear, False, (1, 4)),
        Landing((Keep(B),), 2),
        Block(give, False, (3,), passes=B),
        Block(END, False, ()),
        Block(give, False, (3,), opens=B),
    )
    assert blocks(hear) == (
        Block(hear, False, (1, 1)),
        Block(give, False, (2,)),
        Block(END, False, ()),
    )


def test_what_is_left_of_a_choice_is_marked_behind_a_landing() -> None:
    """A choice that ends all hope to pass on an endpoint leads to its branch by a landing."""
    decide = output("X", [("give", GIVEN, END), ("stop", UNIT, END)])
    give, stop = (output("X", [branch]) for branch in decide.branches)
    assert blocks(input_("X", [("take", GIVEN, decide)]), ["P"])[1:] == (
        Landing((Keep(B),), 2),
        Block(decide, False, (3, 5)),
        Block(give, True, (4,), passes=B),
        Block(END, False, ()),
        Landing((Run(B, kept=True),), 6),
        Block(stop, True, (4,)),
    )


def test_rejects_what_keeps_too_much() -> None:
    """Where any of many endpoints may be kept at a time, there would be a block for each set."""
    parts = [delegation("P", f"R{number}") for number in range(24)]
    turn = [(f"take{n}", part, var("L")) for n, part in enumerate(parts)]
    turn += [(f"ask{n}", UNIT, output("X", [("give", p, var("L"))])) for n, p in enumerate(parts)]
    with pytest.raises(ProgramError) as caught:
        blocks(rec("L", input_("X", turn)), ["P"])
    assert [problem.code for problem in caught.value.diagnostics] == ["code-length"]


@pytest.mark.parametrize(
    ("local_type", "code"),
    [
        (var("X"), "open-type"),
        (output("B", [("a", UNIT, var("X"))]), "open-type"),
        (rec("X", var("X")), "unguarded-recursion"),
        (output("B", [("a", UNIT, rec("X", rec("Y", var("X"))))]), "unguarded-recursion"),
    ],
    ids=repr,
)
def test_rejects_what_has_no_states(local_type: LocalType, code: str) -> None:
    """A type must be closed and contractive."""
    with pytest.raises(ProgramError) as caught:
        blocks(local_type)
    assert [problem.code for problem in caught.value.diagnostics] == [code]
