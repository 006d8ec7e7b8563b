"""How runs end."""

from antiphon.machine.outcome import Outcome, Report, Waiting


def test_names_of_outcomes() -> None:
    """The five outcomes print as documented."""
    assert sorted(outcome.value for outcome in Outcome) == [
        "Deadlock",
        "Done",
        "Exhausted",
        "Faulted",
        "Quiescent",
    ]


def test_reports_are_values() -> None:
    """Reports are compared by what they say, the wait-for graph included."""
    edge = Waiting(1, "A", 0, "B", "A", 2)
    assert Report(3, Outcome.DONE) == Report(3, Outcome.DONE, ())
    assert Report(3, Outcome.DEADLOCK, (edge,)) != Report(3, Outcome.DEADLOCK)
