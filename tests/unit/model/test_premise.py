"""The monitor: numbers of states, what comes after a label, the sort of a label."""

from antiphon.model.premise import after, number, sort_of_label
from antiphon.theory.local_type import END, output, rec, var
from antiphon.theory.transitions import narrow
from antiphon.values.sort import NAT, UNIT
from tests.unit.model.bench import TWO, TWO_HEARD


def test_numbers() -> None:
    """States count in depth-first preorder, a choice leading to its narrowed forms first."""
    assert number(TWO, TWO) == 0
    assert number(TWO, narrow(TWO, "yes")) == 1
    assert number(TWO, END) == 2
    assert number(TWO, narrow(TWO, "no")) == 3
    assert number(TWO_HEARD, END) == 1


def test_after() -> None:
    """A loop comes back to its unfolded head."""
    loop = rec("X", output("B", (("more", UNIT, var("X")), ("done", NAT, END))))
    start = output("B", (("more", UNIT, loop), ("done", NAT, END)))
    assert after(start, "more") is start
    assert after(start, "done") is END


def test_sort_of_label() -> None:
    """The sort of a branch; nothing for a label that is none."""
    assert sort_of_label(TWO, "yes") is NAT
    assert sort_of_label(TWO_HEARD, "no") is UNIT
    assert sort_of_label(TWO, "maybe") is None
