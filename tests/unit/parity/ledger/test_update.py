"""Who changes a row changes both files."""

from antiphon.parity.ledger.update import LEDGER, MATRIX, update_problems


def test_names_the_file_that_is_not_in_the_change() -> None:
    """The place of a problem is the file that lacks."""
    found = list(update_problems("before", "now", ("src/antiphon/model/step.py", MATRIX)))
    assert [(each.code, each.place) for each in found] == [("ledger-not-in-change", LEDGER)]
    assert list(update_problems("now", "now", ())) == []
