"""The steps of a local type, and the numbers of its states."""

import pytest

from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.theory.transitions import after, narrow, number_states, successors
from antiphon.theory.unfold import head
from antiphon.values.sort import NAT, UNIT

CHOICE = output("B", [("l", NAT, END), ("r", UNIT, input_("B", [("k", UNIT, END)]))])


def test_narrowing_keeps_one_branch() -> None:
    """A choice narrowed to a label is the same choice with only that label."""
    assert narrow(CHOICE, "l") is output("B", [("l", NAT, END)])
    with pytest.raises(KeyError):
        narrow(CHOICE, "k")


def test_after_a_label_comes_its_branch_unfolded() -> None:
    """After a label that loops, the state is the loop's action again."""
    loop = rec("X", output("B", [("l", UNIT, var("X"))]))
    state = output("B", [("l", UNIT, loop)])
    assert after(state, "l") is head(loop)
    assert head(loop) is state
    with pytest.raises(KeyError):
        after(state, "k")


def test_successors() -> None:
    """A choice of this role leads to its narrowed forms, all else to what follows."""
    assert successors(CHOICE) == (narrow(CHOICE, "l"), narrow(CHOICE, "r"))
    assert successors(narrow(CHOICE, "l")) == (END,)
    assert successors(input_("B", CHOICE.branches)) == (END, input_("B", [("k", UNIT, END)]))
    assert successors(END) == ()


def test_states_are_numbered_depth_first() -> None:
    """The first branch is numbered to its end before the second."""
    last = input_("B", [("k", UNIT, END)])
    assert number_states(CHOICE) == {
        CHOICE: 0,
        narrow(CHOICE, "l"): 1,
        END: 2,
        narrow(CHOICE, "r"): 3,
        last: 4,
    }


def test_a_loop_has_finitely_many_states() -> None:
    """Rec X . B!l . A?m . X has two states."""
    loop = rec("X", output("B", [("l", UNIT, input_("A", [("m", UNIT, var("X"))]))]))
    assert list(number_states(loop).values()) == [0, 1]
