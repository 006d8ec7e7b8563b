"""The registry of the seeded faults of what parity is governed by."""

from antiphon.parity.mutant import GOVERNED
from antiphon.parity.mutants import BITES, judge
from antiphon.parity.mutants_governance import GOVERNANCE_MUTANTS


def test_what_they_break() -> None:
    """Each folder has some, and nothing of a machine is broken."""
    for folder in GOVERNED:
        assert sum(mutant.file.startswith(folder) for mutant in GOVERNANCE_MUTANTS) >= 7
    assert all(mutant.lane == BITES for mutant in GOVERNANCE_MUTANTS)


def test_killed_without_a_case() -> None:
    """It is a rule that kills them, and it is named."""
    verdict = judge(GOVERNANCE_MUTANTS[0], {})
    assert (verdict.fate, verdict.killer, verdict.at) == ("killed", BITES, "expired")
