"""The seeded faults of the conformance kit."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants import judge
from antiphon.parity.mutants_conformance import CONFORMANCE_MUTANTS


@pytest.mark.parametrize("mutant", CONFORMANCE_MUTANTS, ids=lambda mutant: mutant.id)
def test_the_claim_fails(mutant: Mutant) -> None:
    """By what it says, and not because the copy cannot be used."""
    verdict = judge(mutant, {})
    assert (verdict.fate, verdict.killer, verdict.how) == ("killed", "conformance", "fails")
    assert not verdict.at.startswith("raised")
