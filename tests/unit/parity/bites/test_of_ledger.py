"""The rules of the ledger that are broken: every one that its checkers know."""

import re

from antiphon.parity.bites.of_ledger import LEDGER, UPDATE
from antiphon.parity.ledger import check, update


def test_every_code_is_said() -> None:
    """Each code that the checkers document is that of some case, and of it alone."""
    documented = re.findall(r"^ *([a-z-]+)  ", check.__doc__ or "", re.MULTILINE)
    documented += update.CODES.values()
    assert len(documented) == 13
    alone = {bite.says[0] for bite in (*LEDGER.values(), *UPDATE.values()) if len(bite.says) == 1}
    first = {bite.says[0] for bite in LEDGER.values() if bite.says}
    assert set(documented) - alone == {"resolved-but-differs"}, "what differs is uncovered too"
    assert "resolved-but-differs" in first


def test_everything_is_told_at_once() -> None:
    """A ledger with five things wrong has five problems."""
    assert len(LEDGER["everything at once"].says) == 5
