"""Local types."""

from antiphon.theory.local_type import (
    END,
    Input,
    LocalType,
    Output,
    children,
    input_,
    nodes,
    output,
    rec,
    var,
    with_children,
)
from antiphon.values.sort import NAT, UNIT


def test_constructors_share() -> None:
    """Equal types are one object; sending is not receiving."""
    sends = output("B", [("l", UNIT, END)])
    assert sends is output("B", (("l", UNIT, END),))
    assert isinstance(sends, Output)
    receives = input_("B", [("l", UNIT, END)])
    assert isinstance(receives, Input)
    assert id(sends) != id(receives)
    assert output("B", [("l", NAT, END)]) is not sends


def test_children_and_back() -> None:
    """A type is its constructor over its children."""
    sends = output("B", [("l", UNIT, END), ("r", NAT, var("X"))])
    samples: list[LocalType] = [sends, rec("X", sends), input_("A", sends.branches), END, var("X")]
    for one in samples:
        assert with_children(one, children(one)) is one
    assert children(sends) == (END, var("X"))
    assert with_children(sends, (END, END)) is output("B", [("l", UNIT, END), ("r", NAT, END)])


def test_nodes_are_met_once_in_preorder() -> None:
    """A shared subterm is met once, where it is met first."""
    last = output("C", [("m", UNIT, END)])
    choice = input_("A", [("l", UNIT, last), ("r", UNIT, last)])
    assert list(nodes(choice)) == [choice, last, END]


def test_free_variables() -> None:
    """A recursion binds its name."""
    body = output("B", [("l", UNIT, var("X")), ("r", UNIT, var("Y"))])
    assert body.free == {"X", "Y"}
    assert rec("X", body).free == {"Y"}


def test_repr_is_short() -> None:
    """A node is shown by its head."""
    branches = [("l", UNIT, END), ("r", UNIT, END)]
    assert repr(output("B", branches)) == "B ! {l, r}"
    assert repr(input_("B", branches)) == "B ? {l, r}"
    assert [repr(END), repr(var("X")), repr(rec("X", END))] == ["end", "X", "rec X . ..."]
