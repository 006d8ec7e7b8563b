"""What a role does, and what two roles say to each other."""

from __future__ import annotations

from itertools import permutations

import pytest

from antiphon.composition.conversation import GOES_ON, OVER, conversation, type_form
from antiphon.errors import Refusal
from antiphon.parity.generate_global import global_type
from antiphon.parity.source import Source
from antiphon.theory.global_type import END, comm, message, rec, var
from antiphon.theory.local_type import END as DONE
from antiphon.theory.local_type import LocalType, output
from antiphon.theory.local_type import rec as local_rec
from antiphon.theory.local_type import var as local_var
from antiphon.theory.projection import project
from antiphon.values.sort import NAT, UNIT


def again(*labels: str) -> LocalType:
    """Says the labels to B for ever."""
    body: LocalType = local_var("X")
    for label in reversed(labels):
        body = output("B", ((label, NAT, body),))
    return local_rec("X", body)


def test_equal_up_to_unfolding() -> None:
    """Types with the same unfolding have one form; others have another."""
    assert type_form(again("a")) == type_form(again("a", "a"))
    assert type_form(output("B", (("a", NAT, again("a")),))) == type_form(again("a"))
    assert type_form(again("a")) != type_form(again("a", "b"))
    assert type_form(again("a")) != type_form(output("B", (("a", NAT, DONE),)))
    for one, other in ((NAT, UNIT), (UNIT, NAT)):
        assert type_form(output("B", (("a", one, DONE),))) != type_form(
            output("B", (("a", other, DONE),))
        )


def test_what_others_hear_is_left_out() -> None:
    """The pair is told apart from the rest, with where it may be over."""
    root = rec(
        "X",
        comm(
            "A",
            "C",
            (
                ("more", UNIT, message("A", "B", "go", var("X"), NAT)),
                ("stop", UNIT, message("A", "B", "end", message("C", "B", "bye", END), NAT)),
            ),
        ),
    )
    found = conversation(project(root, "A").local_type, "A", "B")
    assert found.rows == (
        (GOES_ON, ((("A", "B", "end", "nat"), 1), (("A", "B", "go", "nat"), 0))),
        (OVER, ()),
    )
    other = conversation(project(root, "B").local_type, "B", "C")
    assert [mark for mark, _ in other.rows] == [GOES_ON, OVER]


@pytest.mark.parametrize("number", range(30))
def test_the_two_views_of_a_pair_are_dual(number: int) -> None:
    """Of every protocol that can be projected: either role of a pair tells the same."""
    root = global_type(Source(key=f"dual/{number}"))
    for one, other in permutations("ABCDE", 2):
        mine = conversation(project(root, one).local_type, one, other)
        theirs = conversation(project(root, other).local_type, other, one)
        assert mine == theirs


def test_too_large() -> None:
    """A role with very many states is refused."""
    local: LocalType = DONE
    for number in range(2100):
        local = output("B", ((f"m{number}", NAT, local),))
    with pytest.raises(Refusal, match="more than 2048 states"):
        type_form(local)
    with pytest.raises(Refusal, match="more than 2048 states"):
        conversation(local, "A", "B")
