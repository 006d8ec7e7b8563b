"""Paths through a global type."""

import pytest

from antiphon.errors import ProgramError
from antiphon.theory.global_type import END, Comm, comm, message, rec, var
from antiphon.theory.path import Paths, Received, Sent, action_at, positions_of, substitute
from antiphon.values.sort import UNIT

ASK = comm("A", "B", [("more", UNIT, message("B", "A", "item", var("X"))), ("stop", UNIT, END)])
LOOP = rec("X", ASK)


def test_substitution_is_under_every_constructor() -> None:
    """Free occurrences are replaced, bound ones are not."""
    inner = rec("X", message("A", "B", "l", var("X")))
    root = comm(
        "A", "B", [("l", UNIT, inner), ("r", UNIT, rec("Y", message("B", "A", "m", var("X"))))]
    )
    replaced = rec("Y", message("B", "A", "m", END))
    assert substitute(root, "X", END) is comm("A", "B", [("l", UNIT, inner), ("r", UNIT, replaced)])


def test_a_path_goes_through_recursion() -> None:
    """Points are communications or the end, recursion is unfolded on the way."""
    paths = Paths(LOOP)
    first = paths.start
    assert isinstance(first, Comm)
    assert first is substitute(ASK, "X", LOOP)
    assert paths.leads(first)["stop"] is END
    item = paths.leads(first)["more"]
    assert isinstance(item, Comm)
    assert item is message("B", "A", "item", LOOP)
    assert paths.leads(item)["item"] is first


def test_an_action_is_of_a_role() -> None:
    """The sender sends what the receiver receives."""
    ask = message("A", "B", "l")
    assert action_at(ask, "A", "l") == Sent("A", "B", "l")
    assert action_at(ask, "B", "l") == Received("A", "B", "l")
    assert [Sent("A", "B", "l").role, Received("A", "B", "l").role] == ["A", "B"]
    assert str(Sent("A", "B", "l")) == "A sends l to B"
    assert str(Received("A", "B", "l")) == "B receives l from A"


def test_where_a_role_may_be() -> None:
    """After its own actions a role may be at any communication that fits them."""
    root = comm(
        "A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, message("B", "C", "y"))]
    )
    assert positions_of(root, "C", []) == (message("B", "C", "x"), message("B", "C", "y"))
    assert positions_of(root, "A", []) == (root,)
    assert positions_of(root, "B", [Received("A", "B", "r")]) == (message("B", "C", "y"),)
    assert positions_of(root, "A", [Sent("A", "B", "l")]) == ()
    assert positions_of(root, "A", [Sent("A", "B", "nothing")]) == ()
    assert positions_of(LOOP, "A", [Sent("A", "B", "more"), Received("B", "A", "item")]) == (
        Paths(LOOP).start,
    )


def test_rejects_ill_formed_types() -> None:
    """Only well-formed types have paths."""
    with pytest.raises(ProgramError) as caught:
        Paths(rec("X", var("X")))
    assert caught.value.diagnostics[0].code == "unguarded-recursion"
