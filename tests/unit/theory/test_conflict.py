"""Two runs that a role cannot tell apart."""

import pytest

from antiphon.errors import Refusal
from antiphon.theory import conflict, horizon
from antiphon.theory.conflict import Step, Unmergeable, find_conflict
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.horizon import Horizons
from antiphon.theory.positions import positions
from antiphon.theory.projection import project_all
from antiphon.values.sort import NAT, STR, UNIT


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
    assert wrong.help == (
        "let B send C a message in every branch of A -> B, each time with another label, or in none"
    )


def after_choice(left: GlobalType, right: GlobalType) -> GlobalType:
    """A tells B of its choice; what follows on the left, and what on the right."""
    return comm("A", "B", [("l", UNIT, left), ("r", UNIT, right)])


X_NAT, X_STR = message("B", "C", "x", sort=NAT), message("B", "C", "x", sort=STR)
SAYS_B = message("C", "B", "x")
HELP: dict[str, tuple[GlobalType, str, GlobalType]] = {
    "one run is over": (
        after_choice(message("B", "C", "x"), END),
        "let B send C a message in every branch",
        after_choice(message("B", "C", "x"), message("B", "C", "nothing")),
    ),
    "one run is over, or silence": (
        after_choice(message("B", "C", "x"), END),
        "or in none",
        after_choice(END, END),
    ),
    "two sorts": (
        after_choice(X_NAT, X_STR),
        "give them different labels",
        after_choice(X_NAT, message("B", "C", "y", sort=STR)),
    ),
    "two sorts made one": (
        after_choice(X_NAT, X_STR),
        "let the two messages carry the same",
        after_choice(X_NAT, X_NAT),
    ),
    "two senders": (
        after_choice(message("B", "C", "x"), message("A", "C", "x")),
        "from the same role first in every branch of A -> B, either B or A, each time with another",
        after_choice(message("B", "C", "x"), message("B", "C", "y", message("A", "C", "x"))),
    ),
    "send or receive": (
        after_choice(message("B", "C", "x"), SAYS_B),
        "tell C first which branch was taken",
        after_choice(message("B", "C", "x"), message("B", "C", "y", SAYS_B)),
    ),
    "send two sorts": (
        after_choice(message("C", "B", "x", sort=NAT), message("C", "B", "x", sort=STR)),
        "tell C first which branch was taken",
        after_choice(
            message("B", "C", "l", message("C", "B", "x", sort=NAT)),
            message("B", "C", "r", message("C", "B", "x", sort=STR)),
        ),
    ),
    "send to two": (
        after_choice(
            message("C", "D", "x", message("C", "B", "x")),
            message("C", "B", "x", message("C", "D", "x")),
        ),
        "let C go on alike in every branch of A -> B",
        after_choice(
            message("C", "D", "x", message("C", "B", "x")),
            message("C", "D", "x", message("C", "B", "x")),
        ),
    ),
    "send two labels": (
        after_choice(message("C", "B", "x"), message("C", "B", "y")),
        "let C go on alike",
        after_choice(message("C", "B", "x"), message("C", "B", "x")),
    ),
}


@pytest.mark.parametrize(("wrong", "words", "right"), HELP.values(), ids=HELP)
def test_the_help_helps(wrong: GlobalType, words: str, right: GlobalType) -> None:
    """For each reason: who does what the help says has a protocol that every role can play."""
    with pytest.raises(Unmergeable) as caught:
        project_all(wrong)
    assert words in caught.value.diagnostics[0].help
    assert {"A", "B"} <= project_all(right).keys()


def test_every_reason_has_help() -> None:
    """The examples of help reach every reason that there is."""
    reasons: set[str] = set()
    for wrong, _, _ in HELP.values():
        with pytest.raises(Unmergeable) as caught:
            project_all(wrong)
        reasons |= {found.reason for found in caught.value.conflicts}
    assert len(reasons) == 6


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
    monkeypatch.setattr(horizon, "STATES_MIN", 2)
    monkeypatch.setattr(horizon, "STATES_PER_POSITION", 0)
    root: GlobalType = comm("A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, END)])
    for _ in range(3):
        root = message("A", "C", "m", root)
    with pytest.raises(Refusal) as caught:
        find_conflict(horizons(root), "C")
    assert caught.value.code == "projection-too-large"


def test_rejects_runs_that_are_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is the search for the two runs."""
    root: GlobalType = comm("A", "B", [("l", UNIT, message("B", "C", "x")), ("r", UNIT, END)])
    for _ in range(10):
        root = message("A", "B", "m", root)
    assert len(find_conflict(horizons(root), "C").first) == 11
    monkeypatch.setattr(conflict, "PLACES_MAX", 10)
    with pytest.raises(Refusal) as caught:
        find_conflict(horizons(root), "C")
    assert caught.value.code == "projection-too-large"
