"""What is known of parity is in order: the page, its evidence and the ledger fit each other."""

from __future__ import annotations

from datetime import date

from antiphon.cli.governance import matrix_found
from antiphon.cli.source_tree import PACKAGE, source_tree
from antiphon.parity.ledger.check import Setting, ledger_problems
from antiphon.parity.matrix.render import rows_digest

TREE = source_tree(None)
RECORD = TREE.record()
LEDGER, MALFORMED = TREE.ledger()
RENEW = "antiphon parity evidence --write"


def test_matrix() -> None:
    """The page and the line of README.md are what the evidence says, and no row is broken.

    Evidence may be stale while one works on the machines: a release may not go out with it.
    """
    wrong = [str(each) for each in matrix_found(TREE) if each.code != "row-stale"]
    assert not wrong, "\n".join((*wrong, RENEW))


def test_ledger() -> None:
    """Nothing is wrong with the ledger on the day of the evidence."""
    assert MALFORMED == ()
    rows, day = rows_digest(RECORD, LEDGER.covers), date.fromisoformat(RECORD.made)
    setting = Setting(RECORD.fingerprints, rows, day, PACKAGE, TREE.root, TREE.passes)
    wrong = [str(each) for each in ledger_problems(LEDGER, setting)]
    assert not wrong, "\n".join((*wrong, RENEW))
