"""The states and transitions of local types."""

import os
from collections import Counter
from functools import cache
from random import Random

import pytest

from antiphon.theory.conflict import Unmergeable
from antiphon.theory.global_type import GlobalType
from antiphon.theory.graph import automaton
from antiphon.theory.interchange import local_from_json, local_to_json
from antiphon.theory.local_type import Input, LocalEnd, LocalType, Output
from antiphon.theory.projection import project_all
from antiphon.theory.transitions import after, narrow, number_states, successors
from antiphon.theory.unfold import head
from antiphon.theory.wellformed import check_local
from tests.unit.theory.small_scope import (
    Scope,
    global_types,
    moves,
    random_global,
    report,
    same_behaviour,
    world,
)

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


@cache
def samples() -> list[dict[str, LocalType]]:
    """The projections of small types, and of some that are not so small."""
    rng = Random(5)
    roots: list[GlobalType] = global_types(Scope(3, 2, 2, loops=True))[:: 1 if DEEP else 15]
    roots.extend(random_global(rng, 4, 3, 4) for _ in range(10_000 if DEEP else 500))
    found: list[dict[str, LocalType]] = []
    for root in roots:
        try:
            found.append({role: one.local_type for role, one in project_all(root).items()})
        except Unmergeable:
            continue
    return found


def test_projections_are_well_formed(request: pytest.FixtureRequest) -> None:
    """What projection makes is closed, contractive and survives JSON as the same object."""
    checked = 0
    for projections in samples():
        for one in projections.values():
            assert check_local(one) == ()
            assert local_from_json(local_to_json(one)) is one
            checked += 1
    report(request, {"checked": checked})
    assert checked > 300


def test_states_are_closed_under_transitions(request: pytest.FixtureRequest) -> None:
    """Every state that a transition leads to has a number, numbers are 0, 1, 2, ... in preorder."""
    found: Counter[str] = Counter()
    for projections in samples():
        for one in projections.values():
            numbers = number_states(one)
            assert list(numbers.values()) == list(range(len(numbers)))
            assert next(iter(numbers)) is head(one)
            for state, number in numbers.items():
                found["states"] += 1
                nexts = successors(state)
                assert all(then in numbers for then in nexts)
                assert not nexts or numbers[nexts[0]] <= number + 1
            drawn = automaton(one)
            assert drawn.states == len(numbers)
            assert len(drawn.transitions) == sum(len(successors(state)) for state in numbers)
            found["transitions"] += len(drawn.transitions)
    report(request, found)
    assert found["states"] > 500
    assert found["transitions"] > 500


def test_narrowing_and_going_on_is_going_on(request: pytest.FixtureRequest) -> None:
    """To choose a label and then send it leads where sending it leads."""
    checked = 0
    for projections in samples():
        for one in projections.values():
            for state in number_states(one):
                if isinstance(state, Output | Input):
                    for label, _, then in state.branches:
                        assert after(state, label) is head(then)
                        if isinstance(state, Output):
                            assert after(narrow(state, label), label) is head(then)
                        checked += 1
                else:
                    assert isinstance(state, LocalEnd)
    report(request, {"checked": checked})
    assert checked > 500


def test_unfolding_does_not_change_behaviour(request: pytest.FixtureRequest) -> None:
    """A type and its unfolding allow the same."""
    checked = 0
    for projections in samples():
        for one in projections.values():
            assert same_behaviour(one, head(one))
            checked += head(one) is not one
    report(request, {"checked": checked})
    assert checked > 100


def test_running_stays_within_the_states(request: pytest.FixtureRequest) -> None:
    """Whatever a role comes to in a run is one of its numbered states."""
    met = 0
    for projections in samples():
        numbers = {role: number_states(one) for role, one in projections.items()}
        rng = Random(1)
        here = world(projections)
        for _ in range(30):
            ways = list(moves(here, 2))
            if not ways:
                break
            here = rng.choice(ways)[1]
            for role, state in here.locals:
                assert state in numbers[role]
                met += 1
    report(request, {"met": met})
    assert met > 1_000
