"""Substitution and unfolding of local types."""

import pytest

from antiphon.theory.local_type import END, LocalType, output, rec, var
from antiphon.theory.unfold import head, substitute
from antiphon.values.sort import UNIT


def test_unfolds_under_choices() -> None:
    """Rec X . B!{a: X, b: end} unfolds to B!{a: rec X ..., b: end}."""
    loop = rec("X", output("B", [("a", UNIT, var("X")), ("b", UNIT, END)]))
    assert head(loop) is output("B", [("a", UNIT, loop), ("b", UNIT, END)])


def test_unfolds_through_several_recursions() -> None:
    """Rec X . rec Y . L is unfolded to its action, both names bound."""
    body = output("B", [("a", UNIT, var("X")), ("b", UNIT, var("Y"))])
    outer = rec("X", rec("Y", body))
    inner = rec("Y", output("B", [("a", UNIT, outer), ("b", UNIT, var("Y"))]))
    assert head(outer) is output("B", [("a", UNIT, outer), ("b", UNIT, inner)])


def test_an_inner_binder_shadows() -> None:
    """Only free occurrences are replaced."""
    inner = rec("X", output("B", [("a", UNIT, var("X"))]))
    root = output("B", [("l", UNIT, inner), ("r", UNIT, var("X"))])
    assert substitute(root, "X", END) is output("B", [("l", UNIT, inner), ("r", UNIT, END)])


def test_head_of_an_action_is_itself() -> None:
    """What is not a recursion stays as it is."""
    for one in (END, output("B", [("a", UNIT, END)])):
        assert head(one) is one


def test_rejects_unguarded_recursion() -> None:
    """Rec X . X has no head."""
    samples: list[LocalType] = [rec("X", var("X")), rec("X", rec("Y", var("X")))]
    for one in samples:
        with pytest.raises(ValueError, match="unguarded"):
            head(one)


def test_rejects_an_unbound_variable() -> None:
    """An open type has no head."""
    with pytest.raises(ValueError, match="unbound"):
        head(var("X"))


def test_long_bodies_are_substituted() -> None:
    """A loop of 20,000 messages unfolds without a recursion limit."""
    body: LocalType = var("X")
    for _ in range(20_000):
        body = output("B", [("a", UNIT, body)])
    assert head(rec("X", body)).free == frozenset()
