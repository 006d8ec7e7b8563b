"""The automaton of a local type: its states are those of the theory, number for number."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.engine.premise import END, INPUT, OUTPUT, Branch, State, automaton
from antiphon.theory import local_type, transitions
from antiphon.theory.local_type import Input, LocalType, Output, input_, output, rec, var
from antiphon.values.sort import BOOL, NAT
from tests.unit.engine.images import arbitrary

LOOP = rec(
    "X", output("B", [("a", NAT, input_("B", [("c", BOOL, var("X"))])), ("b", NAT, local_type.END)])
)


def test_numbers_and_transitions() -> None:
    """Depth first in branch order, the narrowed forms of a choice first."""
    assert automaton(LOOP) == (
        State(OUTPUT, "B", (Branch("a", NAT, 2, 1), Branch("b", NAT, 4, 3))),
        State(OUTPUT, "B", (Branch("a", NAT, 2, 1),)),
        State(INPUT, "B", (Branch("c", BOOL, 0, 2),)),
        State(OUTPUT, "B", (Branch("b", NAT, 4, 3),)),
        State(END, "", ()),
    )


def agrees(root: LocalType) -> None:
    """The automaton is the one that ``theory.transitions`` describes."""
    numbers = transitions.number_states(root)
    states = automaton(root)
    assert len(states) == len(numbers)
    for node, number in numbers.items():
        branches = states[number].branches
        if isinstance(node, Output | Input):
            assert states[number].peer == node.peer
            assert [branch.label for branch in branches] == [label for label, _, _ in node.branches]
            for branch in branches:
                assert branch.then == numbers[transitions.after(node, branch.label)]
        else:
            assert states[number] == State(END, "", ())
        if isinstance(node, Output):
            for branch in branches:
                assert branch.narrowed == numbers[transitions.narrow(node, branch.label)]


@given(st.integers(0, 2**32))
def test_agrees_with_the_theory(seed: int) -> None:
    """For any type, found by two walks."""
    for program in arbitrary(Random(seed)).programs:
        agrees(program.local_type)


def test_long_types() -> None:
    """A type of any length needs no recursion."""
    root: LocalType = local_type.END
    for _ in range(5000):
        root = output("B", [("m", NAT, root)])
    assert len(automaton(root)) == 5001


@pytest.mark.parametrize("root", [rec("X", var("X")), output("B", [("m", NAT, var("Y"))])])
def test_no_automaton(root: LocalType) -> None:
    """Open types and unguarded recursion have none."""
    with pytest.raises(ValueError, match="recursion"):
        automaton(root)
