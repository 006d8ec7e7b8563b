"""Every interleaving of roles that keep to their local types."""

from antiphon.parity.claims.explore import Configuration, Leads, explore, folded, show, start, steps
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import UNIT

PAIR = {"A": output("B", [("a", UNIT, END)]), "B": input_("A", [("a", UNIT, END)])}
LOOP = {
    "A": rec("X", output("B", [("a", UNIT, var("X"))])),
    "B": rec("X", input_("A", [("a", UNIT, var("X"))])),
}
STUCK = {"A": END, "B": input_("A", [("a", UNIT, END)])}
CHOICE = {
    "A": output("B", [("a", UNIT, END), ("b", UNIT, END)]),
    "B": input_("A", [("a", UNIT, END), ("b", UNIT, END)]),
}


def fine(_: Configuration, __: Leads) -> str:
    """Nothing is wrong."""
    return ""


def test_counts() -> None:
    """One message: three configurations, two steps; a choice has both branches."""
    assert explore(PAIR, fine).states == 3
    assert explore(PAIR, fine).edges == 2
    assert explore(CHOICE, fine).states == 4


def test_a_bound_makes_loops_finite() -> None:
    """Nobody sends into a queue that is full."""
    assert explore(LOOP, fine, 2).states == 3
    assert explore(LOOP, fine, 5).states == 6


def test_folded_types_are_others() -> None:
    """Recursion that is not unfolded is counted apart from what it unfolds to."""
    loop = {"A": END, "B": END, **LOOP}
    assert explore(loop, fine, 1, folded).states == explore(loop, fine, 1).states
    inner = {
        "A": output("B", [("a", UNIT, LOOP["A"])]),
        "B": input_("A", [("a", UNIT, LOOP["B"])]),
    }
    assert explore(inner, fine, 1, folded).states > explore(inner, fine, 1).states


def test_stops_at_what_is_wrong() -> None:
    """The first bad configuration is shown."""
    reached = explore(STUCK, lambda _, leads: "" if leads else "stuck")
    assert reached.wrong == "stuck: A at end, B at A ? {a}; in transit nothing"


def test_over() -> None:
    """All are at their ends, and nothing is in transit."""
    here = start(PAIR)
    assert not here.is_over
    ((sends, there),) = steps(here)
    assert str(sends) == "A sends a to B"
    assert there.incoming("B") == (("A", ("a",)),)
    assert show(there) == "A at end, B at A ? {a}; in transit A->B: a"
    assert not there.is_over
    ((takes, end),) = steps(there)
    assert str(takes) == "B receives a from A"
    assert end.is_over
