"""The first pass: states to blocks."""

import pytest

from antiphon.compiler.blocks import Block, blocks
from antiphon.errors import ProgramError
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.theory.transitions import number_states
from antiphon.values.sort import NAT, UNIT

LOOP = rec(
    "X", output("B", [("more", NAT, input_("B", [("ok", UNIT, var("X"))])), ("no", UNIT, END)])
)


def test_a_block_for_each_state() -> None:
    """Block n is that of state n, and names the blocks that follow."""
    made = blocks(LOOP)
    assert [block.state for block in made] == list(number_states(LOOP))
    assert [block.after for block in made] == [(1, 3), (2,), (0,), (4,), ()]


def test_what_is_left_of_a_choice_is_marked() -> None:
    """The narrowed forms of an internal choice are marked, and nothing else."""
    assert [block.chosen for block in blocks(LOOP)] == [False, True, False, True, False]
    assert blocks(END) == (Block(END, False, ()),)


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
