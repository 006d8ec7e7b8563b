"""Paths through a global type."""

import pytest

from antiphon.errors import ProgramError
from antiphon.theory.global_type import END, Comm, comm, message, rec, var
from antiphon.theory.path import Paths, Received, Sent, action_at, substitute
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


def test_rejects_ill_formed_types() -> None:
    """Only well-formed types have paths."""
    with pytest.raises(ProgramError) as caught:
        Paths(rec("X", var("X")))
    assert caught.value.diagnostics[0].code == "unguarded-recursion"
