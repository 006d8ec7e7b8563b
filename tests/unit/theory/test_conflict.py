"""Two runs that a role cannot tell apart."""

import pytest

from antiphon.errors import Refusal
from antiphon.theory import conflict
from antiphon.theory.conflict import Step, Unmergeable, find_conflict
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.horizon import Horizons
from antiphon.theory.positions import positions
from antiphon.values.sort import NAT, UNIT


def horizons(root: GlobalType) -> Horizons:
    """The horizons of a type."""
    return Horizons(positions(root))


def test_two_runs_and_what_would_follow() -> None:
    """The conflict has both runs, both duties and the choice at which the runs part."""
    left = message("B", "C", "x", sort=NAT)
    root = comm("A", "B", [("left", UNIT, left), ("right", UNIT, message("C", "B", "y"))])
    found = find_conflict(horizons(root), "C")
    assert found.first == (Step("A", "B", "left"),)
    assert found.second == (Step("A", "B", "right"),)
    assert found.first_next == "receives x(nat) from B"
    assert found.second_next == "sends y to B"
    assert found.choice is root
    assert found.reason == "it must either send or receive"


def test_the_role_saw_the_same() -> None:
    """Both runs hold what the role itself did, and it did the same in both."""
    tail = comm("A", "B", [("l", UNIT, message("C", "A", "x")), ("r", UNIT, END)])
    root = message("A", "C", "hello", rec("X", message("C", "A", "ok", tail)))
    found = find_conflict(horizons(root), "C")
    shared = (Step("A", "C", "hello"), Step("C", "A", "ok"))
    assert found.first == (*shared, Step("A", "B", "r"))
    assert found.second == (*shared, Step("A", "B", "l"))
    assert found.first_next == "is done"
    assert found.choice is tail


def test_a_trap_is_done() -> None:
    """A run that goes on for ever without the role is over for it."""
    trap = rec("Y", message("A", "B", "m", var("Y")))
    root = comm("A", "B", [("l", UNIT, trap), ("r", UNIT, message("C", "D", "x"))])
    found = find_conflict(horizons(root), "D")
    assert (found.first_next, found.second_next) == ("is done", "receives x from C")


def test_the_diagnostic() -> None:
    """The diagnostic says in words all that the conflict holds."""
    root = comm("A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, END)])
    wrong = find_conflict(horizons(root), "C").diagnostic()
    assert wrong.code == "unmergeable"
    assert wrong.message == (
        "C cannot tell two runs apart: after one it is done, after the other it receives x from B "
        "(only one of the two runs goes on for it)"
    )
    assert wrong.notes == (
        "first run: A -> B: r; then C is done",
        "second run: A -> B: l; then C receives x from B",
    )
    assert "A decide" in wrong.help


def test_long_runs_are_shortened() -> None:
    """Of a long run the diagnostic shows the beginning and the end."""
    root: GlobalType = comm("A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, END)])
    for number in reversed(range(20)):
        root = message("A", "B", f"m{number}", root)
    found = find_conflict(horizons(root), "C")
    assert len(found.first) == 21
    note = found.diagnostic().notes[0]
    assert note.startswith("first run: A -> B: m0; A -> B: m1;")
    assert "... 9 more ...; A -> B: m15" in note


def test_an_early_conflict_says_so() -> None:
    """The error holds one conflict for each role, and the diagnostics of all."""
    root = comm("A", "B", [("l", UNIT, message("C", "D", "x")), ("r", UNIT, END)])
    found = [find_conflict(horizons(root), role) for role in "CD"]
    wrong = Unmergeable(tuple(found))
    assert [one.role for one in wrong.conflicts] == ["C", "D"]
    assert [one.code for one in wrong.diagnostics] == ["unmergeable", "unmergeable"]


def test_rejects_too_many_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search is bounded as projection is."""
    monkeypatch.setattr(conflict, "STATES_MAX", 2)
    root: GlobalType = comm("A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, END)])
    for _ in range(3):
        root = message("A", "C", "m", root)
    with pytest.raises(Refusal) as caught:
        find_conflict(horizons(root), "C")
    assert caught.value.code == "projection-too-large"
