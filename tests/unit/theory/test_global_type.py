"""Global types."""

from antiphon.theory.global_type import (
    END,
    Comm,
    children,
    comm,
    message,
    nodes,
    rec,
    roles,
    var,
)
from antiphon.values.sort import NAT, UNIT


def test_constructors_share() -> None:
    """Equal types are one object, however they were made."""
    one = comm("A", "B", [("l", UNIT, END)])
    assert one is message("A", "B", "l")
    assert one is not message("A", "B", "l", sort=NAT)
    assert one is not message("B", "A", "l")
    assert rec("X", var("X")) is rec("X", var("X"))
    assert rec("X", one) is not rec("Y", one)


def test_branches_keep_their_order() -> None:
    """A choice has its branches in source order."""
    choice = comm("A", "B", [("z", UNIT, END), ("a", NAT, var("X"))])
    assert choice.branches == (("z", UNIT, END), ("a", NAT, var("X")))
    assert choice.free == {"X"}


def test_children() -> None:
    """The immediate subterms in order."""
    last = message("B", "C", "m")
    choice = comm("A", "B", [("l", UNIT, last), ("r", UNIT, END)])
    assert children(choice) == (last, END)
    assert children(rec("X", choice)) == (choice,)
    assert children(END) == ()
    assert children(var("X")) == ()


def test_nodes_are_met_once_in_preorder() -> None:
    """A shared subterm is met once, where it is met first."""
    last = message("B", "C", "m")
    choice = comm("A", "B", [("l", UNIT, last), ("r", UNIT, last)])
    assert list(nodes(choice)) == [choice, last, END]


def test_roles_in_order_of_appearance() -> None:
    """Each role once, the sender of the first message first."""
    assert roles(message("B", "C", "l", message("A", "C", "m"))) == ("B", "C", "A")
    assert roles(END) == ()


def test_long_types_are_walked() -> None:
    """20,000 messages in a row have 20,001 nodes and no recursion limit."""
    long = END
    for _ in range(20_000):
        long = message("A", "B", "l", long)
    assert sum(1 for _ in nodes(long)) == 20_001


def test_repr_is_short() -> None:
    """A node is shown by its head."""
    choice = comm("A", "B", [("l", UNIT, END), ("r", UNIT, END)])
    assert isinstance(choice, Comm)
    assert repr(choice) == "A -> B {l, r}"
    assert [repr(END), repr(var("X")), repr(rec("X", choice))] == ["end", "X", "rec X . ..."]
