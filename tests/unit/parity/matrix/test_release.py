"""What is in the way of a release; each rule is broken in ``bites``."""

from __future__ import annotations

import re

from antiphon.machine.contracts import evidence
from antiphon.parity.bites.of_matrix import RELEASE
from antiphon.parity.matrix import release
from antiphon.parity.matrix.record import Found, Record
from antiphon.parity.matrix.release import release_problems


def test_every_code_is_said() -> None:
    """Each code that is documented is that of some case, alone."""
    documented = re.findall(r"^([a-z-]+)  ", release.__doc__ or "", re.MULTILINE)
    assert {bite.says[0] for bite in RELEASE.values() if len(bite.says) == 1} == {*documented}


def test_where_it_is() -> None:
    """A row by its id, with how often it was reached; evidence by its claim."""
    record = Record("", {}, {"scheduler.aging": Found({"driven": 2}, "")})
    pieces = [evidence("lockstep.aging", "lockstep", "then", (("cases", 9),), "")]
    thin, stale = release_problems(record, {}, pieces, "now")
    assert (thin.place, thin.words.partition(":")[0]) == ("scheduler.aging", "2 of 3 times")
    assert stale.place == "lockstep.aging"
