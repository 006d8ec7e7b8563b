"""Claims about projections."""

import pytest

from antiphon.parity.claims.claim import Claim, judge
from antiphon.parity.claims.explore import Configuration
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.of_types import (
    CLAIMS,
    after_choices,
    every_branch,
    head_only,
    inductive,
)
from antiphon.theory.local_type import END, input_
from antiphon.theory.notation import one_line
from antiphon.values.sort import UNIT


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdicts(claim: Claim) -> None:
    """Each is as expected in the smallest scope."""
    result = judge(claim, "quick", HEALTHY)
    assert result.is_good, result.finding


def test_rows_of_the_earlier_prototype() -> None:
    """Its numbers of types, projectable ones, states and edges, by its own conventions."""
    found = inductive("quick", HEALTHY)
    row = "3 roles, 2 labels, depth 2: "
    counts = {name: number for name, number in found.counts if name.startswith(row)}
    assert [*counts.values()] == [1093, 301, 277, 2623, 3384]


def test_every_branch() -> None:
    """The counter-example is the smallest there is: of shorter types each keeps to it."""
    found = every_branch("quick", HEALTHY)
    assert found.counterexample.startswith("A → B : { a . B → C : a . A → C : a . end, b . B → C")
    shapes = [one_line(root) for root in after_choices()]
    assert len(shapes) == len({*shapes}) == 157 * 13


def test_head_only() -> None:
    """The head takes what is in transit, or it is a counter-example."""
    takes = input_("A", [("a", UNIT, input_("C", [("c", UNIT, END)]))])
    from_a = Configuration((("B", takes),), ((("A", "B"), ("a",)),))
    from_c = Configuration((("B", takes),), ((("C", "B"), ("c",)),))
    assert head_only(from_a, ()) == ""
    assert head_only(from_c, ()) == "B does not take c of C first"
