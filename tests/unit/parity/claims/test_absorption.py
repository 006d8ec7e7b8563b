"""``absorb`` by its definition; the model's law says the same."""

import pytest

from antiphon.model.absorb import expected
from antiphon.parity.claims.absorption import absorbs
from antiphon.parity.claims.explore import Configuration, Leads, explore
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import projections
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import UNIT

A_THEN_C = input_("A", [("a", UNIT, input_("C", [("c", UNIT, END)]))])
EITHER = input_("A", [("a", UNIT, input_("C", [("c", UNIT, END)])), ("b", UNIT, END)])
CHOICE = output("A", [("a", UNIT, input_("C", [("c", UNIT, END)])), ("b", UNIT, END)])
LOOP = rec("X", input_("A", [("a", UNIT, var("X"))]))


@pytest.mark.parametrize(
    ("state", "transit", "answer"),
    [
        (END, {}, True),
        (END, {"A": ("a",)}, False),
        (A_THEN_C, {"A": ("a",), "C": ("c",)}, True),
        (A_THEN_C, {"C": ("c",)}, True),
        (A_THEN_C, {"C": ("d",)}, False),
        (A_THEN_C, {"A": ("a", "a")}, False),
        (EITHER, {"C": ("c",)}, True),
        (EITHER, {"C": ("d",)}, False),
        (EITHER, {"A": ("b",), "C": ("c",)}, False),
        (EITHER, {"A": ("a",), "C": ("c",)}, True),
        (CHOICE, {"C": ("c",)}, False),
        (LOOP, {"A": ("a", "a", "a")}, True),
        (LOOP, {"A": ("a", "b")}, False),
        (LOOP, {"B": ("b",)}, True),
    ],
)
def test_absorbs(state: LocalType, transit: dict[str, tuple[str, ...]], answer: bool) -> None:
    """Each clause; whoever waits for ever for others never finds that it must not."""
    assert absorbs(state, transit) == answer


def test_every_choice_of_a_peer() -> None:
    """If all that a peer may choose must lead there, less is absorbed."""
    assert not absorbs(EITHER, {"C": ("c",)}, all)
    assert absorbs(EITHER, {"A": ("a",), "C": ("c",)}, all)
    assert absorbs(A_THEN_C, {"C": ("c",)}, all)
    assert absorbs(LOOP, {"B": ("b",)}, all)


@pytest.mark.parametrize("scope", [Scope(3, 1, 2, is_recursive=True, bound=2), Scope(3, 2, 2)])
def test_the_law_says_the_same(scope: Scope) -> None:
    """On all that projections reach, and on the same with each label changed."""
    looked: set[bool] = set()

    def check(here: Configuration, _: Leads) -> str:
        for role, state in here.types:
            transit = here.incoming(role)
            for altered in (transit, tuple((who, ("b", *rest[1:])) for who, rest in transit)):
                found = absorbs(state, dict(altered))
                looked.add(found)
                if found != (expected(state, altered) is not None):
                    return "they differ"
        return ""

    for root in scope.types():
        local = projections(root, HEALTHY)
        if local is not None:
            assert explore(local, check, scope.bound).wrong == ""
    assert looked == {True, False}
