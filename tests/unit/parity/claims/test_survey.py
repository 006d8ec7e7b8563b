"""Going through every type of a scope."""

import pytest

from antiphon.errors import ProgramError
from antiphon.parity.claims.explore import Configuration, explore
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import (
    CHECKS,
    SCOPES,
    depth,
    finding,
    projections,
    scope_words,
    smallest,
    stuck,
    survey,
    unabsorbed,
    unexpected,
    unpaid,
    work,
)
from antiphon.theory.local_type import END, input_, output
from antiphon.theory.projection import project_all
from antiphon.values.sort import UNIT

SAYS = output("B", [("a", UNIT, END)])
HEARS = input_("A", [("a", UNIT, END)])


def at(**types: object) -> Configuration:
    """Nothing is in transit."""
    return Configuration(tuple(types.items()), ())  # pyright: ignore[reportArgumentType]


def test_projections() -> None:
    """Just those types have projections that can be projected, and these are theirs."""
    for root in Scope(3, 2, 2).types():
        found = projections(root, HEALTHY)
        if found is None:
            with pytest.raises(ProgramError):
                project_all(root)
        else:
            assert found == {role: one.local_type for role, one in project_all(root).items()}


def test_checks_notice() -> None:
    """Each check finds what is wrong, and says nothing else."""
    lost = Configuration((("A", END), ("B", END)), ((("A", "B"), ("a",)),))
    other = Configuration((("A", END), ("B", HEARS)), ((("A", "B"), ("b",)),))
    assert "nobody" in stuck(at(A=END, B=HEARS), ())
    assert stuck(at(A=END, B=END), ()) == ""
    assert "at end" in unexpected(lost, ())
    assert "does not expect b" in unexpected(other, ())
    assert unexpected(at(A=SAYS, B=HEARS), ()) == ""
    assert "does not absorb" in unabsorbed(lost, ())
    assert unabsorbed(at(A=SAYS, B=HEARS), ()) == ""
    assert explore({"A": SAYS, "B": HEARS}, unpaid).wrong == ""
    assert (depth(SAYS), work(lost), work(at(A=SAYS, B=HEARS))) == (1, 1, 4)


def test_survey() -> None:
    """The numbers of the earlier prototype, and nothing wrong."""
    found = survey(Scope(3, 2, 2), HEALTHY)
    assert (found.types, found.projectable, found.states, found.edges) == (1093, 301, 2623, 3384)
    assert not found.wrong


def test_finding() -> None:
    """Work is a matter of types without recursion."""
    every, finite = finding("progress", "quick", HEALTHY), finding("work", "quick", HEALTHY)
    assert every.generated == every.cardinality > finite.generated == finite.cardinality
    assert "recursion" in scope_words("quick")
    assert "recursion" not in scope_words("quick", recursive=False)


def test_smallest() -> None:
    """A counter-example stops the search; without one it goes to the end."""
    found = smallest(lambda here, _: "over" if here.is_over else "", "quick", HEALTHY)
    assert (found.generated, found.counterexample[:9]) == (1, "end: over")
    assert smallest(stuck, "quick", HEALTHY).counterexample == ""


def test_scopes_grow() -> None:
    """Larger profiles look at more."""
    assert set(SCOPES["full"]) < set(SCOPES["deep"])
    assert set(CHECKS) == {"absorb", "full-merge-sound", "progress", "work"}
