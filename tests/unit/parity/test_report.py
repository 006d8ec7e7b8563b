"""The reports as text."""

from collections import Counter

from antiphon.bytecode.table import ROWS
from antiphon.parity.comparison import Parting
from antiphon.parity.counts import Counts
from antiphon.parity.lane import DRAWN, PART, Lane, Look
from antiphon.parity.lockstep import Difference, LockstepReport
from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants import MutantReport, Verdict
from antiphon.parity.report import render_lockstep, render_mutants, render_suite
from antiphon.parity.suite import Skip, SuiteReport
from tests.unit.parity.test_corpus import recording


def counts() -> Counts:
    """A few counts."""
    made = Counts()
    made.reach(["model", "pure"], "send.ok.commit")
    made.cases = Counter({"cases": 2, "small": 1, "typed": 1})
    made.outcomes = Counter({"Done": 2, "small Done": 1})
    return made


def test_lockstep() -> None:
    """Cases, steps, rows, generators, outcomes; what was not reached is listed."""
    text = render_lockstep(LockstepReport(7, ("pure",), counts(), (), None))
    assert text.startswith("2 cases of seed 7 on model, pure: 0 differences\n1 steps compared")
    assert f"1 of {len(ROWS)} rows" in text
    assert "  not reached: yield.ok.commit\n" in text
    assert "  not reached: send.ok.commit\n" not in text
    generated = "1 small, 1 typed, 0 mutated, 0 crowd, 0 twisted, 0 handed, 0 guarded"
    assert f"\ngenerated: {generated}\n" in text
    assert "\nended: 2 Done\n" in text


def test_difference() -> None:
    """A difference is told with its place, both sides, the draws and the programs."""
    parting = Parting(".snapshot.clock", "3", "4")
    found = Difference(5, "pure", "choice 3", parting, (1, 2), recording("random"))
    text = render_lockstep(LockstepReport(7, ("pure",), counts(), (5,), found))
    assert "2 cases of seed 7 on model, pure: 1 differences" in text
    assert "in case 5 of seed 7" in text
    assert "  where     .snapshot.clock\n  expected  3\n  actual    4\n" in text
    assert "  draws     1 2\n" in text
    assert "send" in text.split("sessions  1 of:")[1]


def test_difference_that_cannot_be_recorded() -> None:
    """Where a session was opened on the way, there is no recording."""
    found = Difference(5, "pure", "load", Parting("", "0", "1"), ())
    text = render_lockstep(LockstepReport(7, ("pure",), counts(), (5,), found))
    assert "it is a script and no recording" in text


def test_mutants() -> None:
    """Each mutant is told with what it breaks and what killed it."""
    mutant = Mutant("m", "the clock", "model/step.py", "a", "b")
    verdicts = (
        Verdict(mutant, "killed", "one", "difference", "choice 1: .clock"),
        Verdict(mutant, "survived"),
    )
    assert render_mutants(MutantReport(verdicts)) == (
        "1 of 2 seeded faults killed\n"
        "  killed    m: the clock; by one (difference at choice 1: .clock)\n"
        "  survived  m: the clock\n"
    )


def test_suite() -> None:
    """A line for each lane, then what is wrong, and the sum of it."""
    lanes = (
        Lane("lockstep", DRAWN, Look(12, 345, "ab" * 32), 1.26),
        Lane("lockstep.choice", PART, Look(0, 0, "cd" * 32), 1.26),
    )
    report = SuiteReport(3, 12, lanes, (Skip("compiled", "a C compiler", True),), 8.4)
    assert render_suite(report) == (
        "lane                       cases     steps  seconds  hash\n"
        "lockstep                      12       345      1.3  abababababababab\n"
        "  lockstep.choice              0         0           cdcdcdcdcdcdcdcd\n"
        "skipped: compiled build: needs a C compiler\n"
        "error[no-cases]: lockstep.choice: nothing was looked at: a lane must have cases\n"
        "12 cases of seed 3, 345 steps, 8 seconds: 0 differences\n"
    )
