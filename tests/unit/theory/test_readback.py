"""From an automaton back to a local type."""

from collections.abc import Callable

import pytest

from antiphon.errors import Refusal
from antiphon.theory.horizon import Horizon
from antiphon.theory.local_type import END, nodes, output, rec, var
from antiphon.theory.merge import Merged
from antiphon.theory.readback import read_back
from antiphon.values.sort import UNIT


def automaton(*rows: dict[str, int]) -> Callable[[Horizon], Merged | None]:
    """States 0, 1, ... with the next state per label; all send to B; -1 is the end."""

    def action(state: Horizon) -> Merged | None:
        assert isinstance(state, int)
        if state < 0:
            return None
        branches = tuple((label, UNIT, then) for label, then in rows[state].items())
        return Merged(True, "B", branches)

    return action


def named(names: dict[Horizon, str]) -> Callable[[Horizon], str | None]:
    """These states have these names."""
    return names.get


def unnamed(_state: Horizon) -> None:
    """No state has a name of its own."""


def test_nothing_to_do() -> None:
    """A final start is the end."""
    assert read_back(-1, automaton(), unnamed, 99) is END


def test_a_line_has_no_recursion() -> None:
    """States that are met once need no name."""
    second = output("B", [("m", UNIT, END)])
    assert read_back(0, automaton({"l": 1}, {"m": -1}), named({0: "X"}), 99) is output(
        "B", [("l", UNIT, second)]
    )


def test_a_loop_takes_the_wanted_name() -> None:
    """A state that is reached again becomes a recursion, under its own name if it has one."""
    loop = automaton({"l": 0, "r": -1})
    body = [("l", UNIT, var("Loop")), ("r", UNIT, END)]
    assert read_back(0, loop, named({0: "Loop"}), 99) is rec("Loop", output("B", body))
    body = [("l", UNIT, var("X")), ("r", UNIT, END)]
    assert read_back(0, loop, unnamed, 99) is rec("X", output("B", body))


def test_names_in_scope_differ() -> None:
    """Two open loops that want one name do not capture each other."""
    nested = automaton({"l": 1}, {"m": 1, "n": 0})
    inner = rec("X", output("B", [("m", UNIT, var("X")), ("n", UNIT, var("X1"))]))
    assert read_back(0, nested, named({0: "X", 1: "X"}), 99) is rec(
        "X1", output("B", [("l", UNIT, inner)])
    )


def test_loops_side_by_side_share_a_name() -> None:
    """Names that are not open together may be the same."""
    row = automaton({"l": 1, "r": 2}, {"m": 1}, {"n": 2})
    one = rec("X", output("B", [("m", UNIT, var("X"))]))
    two = rec("X", output("B", [("n", UNIT, var("X"))]))
    assert read_back(0, row, unnamed, 99) is output("B", [("l", UNIT, one), ("r", UNIT, two)])


def test_sharing_stays() -> None:
    """50 choices in a row with a shared continuation are 51 nodes, not 2 to the 50."""
    rows = [{"l": number + 1, "r": number + 1} for number in range(49)]
    written = read_back(0, automaton(*rows, {"l": -1, "r": -1}), unnamed, 99)
    assert sum(1 for _ in nodes(written)) == 51


def test_sharing_stays_inside_a_loop() -> None:
    """What is shared inside a loop is written once, its variable included."""
    rows = [{"l": number + 1, "r": number + 1} for number in range(49)]
    written = read_back(0, automaton(*rows, {"l": 0, "r": -1}), unnamed, 99)
    assert sum(1 for _ in nodes(written)) == 53


def test_a_loop_entered_at_two_states() -> None:
    """What was written inside a loop is not used outside of it, where its name means nothing."""
    crossed = automaton({"a": 1, "b": 2}, {"m": 2}, {"n": 1})
    left = rec("X", output("B", [("m", UNIT, output("B", [("n", UNIT, var("X"))]))]))
    right = output("B", [("n", UNIT, left)])
    assert read_back(0, crossed, unnamed, 99) is output(
        "B", [("a", UNIT, left), ("b", UNIT, right)]
    )


def test_rejects_too_many_states() -> None:
    """Past the limit the projection is refused."""
    rows = [{"l": number + 1} for number in range(5)]
    with pytest.raises(Refusal) as caught:
        read_back(0, automaton(*rows, {"l": -1}), unnamed, 3)
    assert caught.value.code == "projection-too-large"


def test_large_states_count_for_several() -> None:
    """A few states that stand for very many positions are too many as well."""
    wide: list[Horizon] = [frozenset(range(number, number + 320)) for number in range(4)]
    following: dict[Horizon, Horizon] = dict(zip(wide, [*wide[1:], -1], strict=True))

    def action(state: Horizon) -> Merged | None:
        if state == -1:
            return None
        return Merged(False, "B", (("l", UNIT, following[state]),))

    assert len([*nodes(read_back(wide[0], action, unnamed, 99))]) == 5
    with pytest.raises(Refusal) as caught:
        read_back(wide[0], action, unnamed, 20)
    assert caught.value.code == "projection-too-large"
