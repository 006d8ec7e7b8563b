"""Where each role acts next."""

from antiphon.theory.global_type import END as GLOBAL_END
from antiphon.theory.global_type import GlobalType, comm, message, rec, var
from antiphon.theory.horizon import Horizons, horizon_of, members, union
from antiphon.theory.positions import END, positions
from antiphon.values.sort import UNIT


def horizons(root: GlobalType) -> Horizons:
    """The horizons of a type."""
    return Horizons(positions(root))


def test_sets_of_one_are_the_member() -> None:
    """A horizon of one position is that position, of several the set."""
    assert union([1, 1]) == 1
    assert union([1, END]) == {1, END}
    assert union([frozenset((1, 2)), 3]) == {1, 2, 3}
    assert horizon_of({4}) == 4
    assert members(frozenset((2, END))) == (END, 2)
    assert members(7) == (7,)


def test_a_line() -> None:
    """The next message of a role is its horizon; after the last one it is done."""
    found = horizons(message("A", "B", "l", message("B", "C", "m")))
    assert [found.start(role) for role in "ABCD"] == [0, 0, 1, END]
    assert found.after(0, 0, "A") == END
    assert found.after(0, 0, "B") == 1


def test_a_choice_unites() -> None:
    """A role that does not hear of a choice may act next in any branch."""
    left, right = message("B", "C", "x"), message("B", "C", "y")
    branches = [("l", UNIT, left), ("r", UNIT, right), ("s", UNIT, GLOBAL_END)]
    found = horizons(comm("A", "B", branches))
    assert found.start("C") == {1, 2, END}
    assert [found.after(0, branch, "B") for branch in range(3)] == [1, 2, END]


def test_a_loop_that_comes_back_is_neutral() -> None:
    """A loop adds nothing to what comes after it."""
    exit_ = message("B", "C", "done")
    found = horizons(rec("X", comm("A", "B", [("more", UNIT, var("X")), ("stop", UNIT, exit_)])))
    assert found.start("C") == 1
    assert found.after(0, 0, "A") == 0
    assert found.after(0, 1, "A") == END


def test_a_loop_without_the_role_is_the_end_for_it() -> None:
    """A loop that neither acts nor leaves is over for the role: the same as the end."""
    trap = rec("Y", message("A", "B", "m", var("Y")))
    found = horizons(comm("A", "B", [("l", UNIT, trap), ("r", UNIT, message("C", "D", "x"))]))
    assert found.start("C") == {2, END}
    assert horizons(trap).start("C") == END


def test_inner_loops_lead_to_outer_ones() -> None:
    """What comes after an inner loop may be what begins the outer one."""
    inner = rec("Y", comm("A", "B", [("again", UNIT, var("Y")), ("back", UNIT, var("X"))]))
    found = horizons(rec("X", message("C", "A", "go", inner)))
    assert found.start("C") == 0
    assert found.after(0, 0, "C") == 0
    assert found.loops("C") == [(0, 0)]


def test_shared_parts_are_not_changed_twice() -> None:
    """What one branch adds before a shared part is not seen by the other."""
    last = message("A", "B", "z")
    found = horizons(comm("A", "B", [("l", UNIT, message("C", "D", "x", last)), ("r", UNIT, last)]))
    assert found.start("C") == {1, END}
    assert [found.after(0, branch, "A") for branch in range(2)] == [2, 2]
