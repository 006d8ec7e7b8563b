"""The positions of a global type."""

import pytest

from antiphon.errors import ProgramError
from antiphon.theory import positions as limits
from antiphon.theory.global_type import END as GLOBAL_END
from antiphon.theory.global_type import GlobalType, comm, message, rec, var
from antiphon.theory.positions import END, back, positions
from antiphon.values.sort import UNIT


def test_a_line() -> None:
    """Each message leads to the next, the last to the end."""
    second = message("B", "C", "m")
    graph = positions(message("A", "B", "l", second))
    assert graph.start == 0
    assert [str(one) for one in graph.comms] == ["A -> B {l}", "B -> C {m}"]
    assert graph.edges == ((1,), (END,))
    assert graph.order == (1, 0)
    assert graph.looping == frozenset()


def test_nothing() -> None:
    """The empty conversation has no position."""
    graph = positions(GLOBAL_END)
    assert (graph.start, graph.comms, graph.order) == (END, (), ())


def test_shared_parts_are_one_position() -> None:
    """Two branches that go on alike lead to one position."""
    last = message("B", "C", "m")
    graph = positions(comm("A", "B", [("l", UNIT, last), ("r", UNIT, last)]))
    assert graph.edges == ((1, 1), (END,))
    assert graph.order == (1, 0)


def test_a_variable_leads_back() -> None:
    """A back edge names the position at the top of its loop."""
    loop = rec("X", comm("A", "B", [("l", UNIT, var("X")), ("r", UNIT, GLOBAL_END)]))
    graph = positions(message("C", "A", "go", loop))
    assert graph.edges == ((1,), (back(1), END))
    assert graph.successors(1) == (1, END)
    assert graph.names == {1: ("X",)}
    assert graph.looping == {1}


def test_names_are_resolved_by_binding() -> None:
    """The same body under two recursions of one name is two positions."""
    body = message("A", "B", "l", var("X"))
    inner = rec("X", body)
    graph = positions(rec("X", comm("B", "A", [("a", UNIT, inner), ("b", UNIT, body)])))
    assert graph.edges == ((1, 2), (back(1),), (back(0),))


def test_several_names_for_one_position() -> None:
    """Rec X . rec Y . G begins where G begins, under both names."""
    graph = positions(rec("X", rec("Y", message("A", "B", "l", var("X")))))
    assert graph.names == {0: ("X", "Y")}
    assert graph.edges == ((back(0),),)


def test_a_recursion_that_only_goes_back() -> None:
    """Rec Y . X inside rec X is X."""
    graph = positions(rec("X", message("A", "B", "l", rec("Y", var("X")))))
    assert graph.edges == ((back(0),),)


def test_rejects_open_and_unguarded_types() -> None:
    """What is not closed and contractive has no graph."""
    for root, code in ((var("X"), "unbound"), (rec("X", var("X")), "unguarded")):
        with pytest.raises(ProgramError) as caught:
            positions(root)
        assert caught.value.diagnostics[0].code == f"{code}-recursion"


def test_rejects_types_that_unfold_to_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that several recursions share is one position for each of their meanings."""
    monkeypatch.setattr(limits, "POSITIONS_MAX", 1000)

    def root(depth: int) -> GlobalType:
        last = [(f"v{number}", UNIT, var(f"X{number}")) for number in range(depth)]
        node: GlobalType = comm("A", "B", last)
        for number in range(depth):
            left, right = (rec(f"X{number}", message("A", "B", label, node)) for label in "pq")
            node = comm("A", "B", [("l", UNIT, left), ("r", UNIT, right)])
        return node

    assert len(positions(root(6)).comms) == 253
    with pytest.raises(ProgramError) as caught:
        positions(root(40))
    assert [one.code for one in caught.value.diagnostics] == ["type-size"]
