"""Verdicts of the claims of `of_images`, in the smallest scope."""

import pytest

from antiphon.bytecode.instruction import Halt, Jump, Send
from antiphon.bytecode.program import RoleProgram
from antiphon.parity.claims.claim import Claim, judge
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.of_images import CLAIMS, accepted, side_by_side
from antiphon.theory.local_type import END, output
from antiphon.values.sort import UNIT

SAYS = output("B", [("a", UNIT, END)])


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_verdicts(claim: Claim) -> None:
    """Each is as expected."""
    result = judge(claim, "quick", HEALTHY)
    assert result.is_good, result.finding


def test_side_by_side_notices() -> None:
    """Code that goes on after the type has ended, or leads nowhere."""
    halts = RoleProgram("A", SAYS, (Halt(),), 2)
    runs_out = RoleProgram("A", SAYS, (Send(0, 1),), 2)
    spins = RoleProgram("A", SAYS, (Jump(0),), 2)
    fine = RoleProgram("A", SAYS, (Jump(1), Send(0, 1), Halt()), 2)
    assert [any(side_by_side(one)) for one in (halts, runs_out, spins, fine)] == [
        True,
        True,
        True,
        False,
    ]


def test_accepted() -> None:
    """Some images are accepted, and some are not."""
    found = accepted("quick", HEALTHY)
    assert 0 < found.satisfied < found.generated
