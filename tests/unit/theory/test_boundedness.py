"""How many messages may be in transit."""

import pytest

from antiphon.theory import boundedness
from antiphon.theory.boundedness import Occupancy, components, occupancies
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.positions import Positions, positions
from antiphon.theory.projection import project_all
from antiphon.values.sort import UNIT
from tests.unit.theory.small_scope import Scope, global_types, moves, world


def found(root: GlobalType) -> dict[str, Occupancy]:
    """What is known of each queue, by a name like AB."""
    return {one.sender + one.receiver: one for one in occupancies(positions(root))}


def test_a_line_is_counted_exactly() -> None:
    """Three messages in a row may all be in transit; an answer in between empties the queue."""
    three = message("A", "B", "l", message("A", "B", "l", message("A", "B", "l")))
    assert found(three) == {"AB": Occupancy("A", "B", True, None, 3, exact=True)}
    answered = message("A", "B", "l", message("B", "A", "ok", message("A", "B", "l")))
    assert [one.most for one in found(answered).values()] == [1, 1]


def test_an_answer_by_a_third_role_counts() -> None:
    """A hears through C that B has received."""
    root = message(
        "A", "B", "l", message("B", "C", "l", message("C", "A", "l", message("A", "B", "l")))
    )
    assert found(root)["AB"].most == 1


def test_the_fullest_branch_counts() -> None:
    """The maximum is over all branches."""
    two = message("A", "B", "l", message("A", "B", "l"))
    root = comm("A", "B", [("l", UNIT, END), ("r", UNIT, two)])
    assert found(root)["AB"].most == 3


def test_a_loop_without_an_answer_is_unbounded() -> None:
    """A producer may run ahead of its consumer."""
    assert found(rec("X", message("A", "B", "l", var("X")))) == {
        "AB": Occupancy("A", "B", False, 0)
    }


def test_a_loop_with_an_answer_is_bounded() -> None:
    """Direct or through others, an answer bounds both ways."""
    pair = rec("X", message("A", "B", "l", message("B", "A", "ok", var("X"))))
    assert [one.bounded for one in found(pair).values()] == [True, True]
    ring = rec(
        "X", message("A", "B", "l", message("B", "C", "l", message("C", "A", "l", var("X"))))
    )
    assert [one.bounded for one in found(ring).values()] == [True, True, True]


def test_each_way_around_needs_its_answer() -> None:
    """One branch that is not answered makes the edge unbounded, another edge is not."""
    silent = message("A", "B", "data", var("X"))
    asked = message("A", "B", "data", message("B", "A", "ok", var("X")))
    root = rec("X", comm("A", "C", [("fast", UNIT, silent), ("safe", UNIT, asked)]))
    assert {name: one.bounded for name, one in found(root).items()} == {
        "AC": False,
        "AB": False,
        "BA": True,
    }


def test_the_way_back_may_lead_through_others() -> None:
    """B tells C, and C tells A: in both branches of B or only in one."""
    answer = message("C", "A", "ok", var("X"))

    def told(other: GlobalType) -> bool | None:
        back = comm("B", "C", [("p", UNIT, answer), ("q", UNIT, other)])
        return found(rec("X", message("A", "B", "l", back)))["AB"].bounded

    assert told(message("C", "A", "also", var("X"))) is True
    assert told(var("X")) is False
    assert told(message("A", "C", "never mind", var("X"))) is False


def test_messages_outside_of_loops_are_bounded_above() -> None:
    """Before and after a loop there is at most what is on the longest path."""
    loop = rec("X", comm("A", "B", [("l", UNIT, var("X")), ("r", UNIT, message("B", "C", "done"))]))
    root = message("B", "C", "hello", loop)
    assert found(root)["BC"] == Occupancy("B", "C", True, None, 2)


def test_too_much_work_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the search is given up the answer is that it is not known."""
    monkeypatch.setattr(boundedness, "LOOP_WORK_MAX", -1)
    back = comm("B", "C", [("p", UNIT, message("C", "A", "l", var("X"))), ("q", UNIT, var("X"))])
    assert found(rec("X", message("A", "B", "l", back)))["AB"].bounded is None


def test_too_many_paths_are_bounded_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """When there are too many conversations to count, the longest one is an upper bound."""
    monkeypatch.setattr(boundedness, "PATHS_MAX", 2)
    root = END
    for _ in range(3):
        root = comm("A", "B", [("l", UNIT, root), ("r", UNIT, message("B", "A", "k", root))])
    assert found(root)["AB"] == Occupancy("A", "B", True, None, 3)


def test_components() -> None:
    """The strongly connected parts are the loops, inner ones within outer ones."""
    inner = rec("Y", comm("B", "C", [("again", UNIT, var("Y")), ("back", UNIT, var("X"))]))
    graph = positions(message("A", "B", "go", rec("X", message("A", "B", "l", inner))))
    assert list(components(graph, range(3))) == [frozenset((1, 2))]
    assert list(components(graph, frozenset((0, 2)))) == [frozenset((2,))]


def fullest(root: GlobalType, bound: int) -> dict[tuple[str, str], int]:
    """The most messages in each queue over all runs with at most ``bound`` in any."""
    here = world({role: one.local_type for role, one in project_all(root).items()})
    seen = {here}
    stack = [here]
    most: dict[tuple[str, str], int] = {}
    while stack:
        here = stack.pop()
        for edge, queue in here.queues:
            most[edge] = max(len(queue), most.get(edge, 0))
        for _, there in moves(here, bound):
            if there not in seen:
                seen.add(there)
                stack.append(there)
    return most


@pytest.mark.parametrize("scope", [Scope(3, 1, 3, loops=True), Scope(4, 1, 3), Scope(2, 2, 2)])
def test_all_runs_of_a_small_scope_agree(scope: Scope) -> None:
    """Exact counts are met, upper bounds are kept, and a queue fills up iff it is unbounded."""
    checked = 0
    for root in global_types(scope):
        most = fullest(root, 5)
        for one in occupancies(positions(root)):
            full = most[one.sender, one.receiver]
            checked += 1
            if one.most is not None:
                assert full == one.most if one.exact else full <= one.most, (root, one)
            else:
                assert (full < 5) is one.bounded, (root, one)
    assert checked > 50


@pytest.mark.parametrize("back", [True, False])
def test_one_long_loop_takes_time_in_proportion(
    monkeypatch: pytest.MonkeyPatch, *, back: bool
) -> None:
    """All queues of a loop are judged together: each position is visited a few times in all."""
    count = 500
    root: GlobalType = var("X")
    for number in reversed(range(count)):
        ends = (f"R{number}", f"R{(number + 1) % count}") if back else ("A", f"R{number}")
        root = message(*ends, "l", root)
    graph = positions(rec("X", root))
    visited: list[int] = []
    successors = Positions.successors

    def counted(graph: Positions, position: int) -> tuple[int, ...]:
        visited.append(position)
        return successors(graph, position)

    monkeypatch.setattr(Positions, "successors", counted)
    assert {one.bounded for one in occupancies(graph)} == {back}
    assert count <= len(visited) <= 5 * count
