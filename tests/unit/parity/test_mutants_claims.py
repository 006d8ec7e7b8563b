"""The registry of the seeded faults that claims must notice."""

from antiphon.parity.claims.registry import CLAIMS
from antiphon.parity.mutants_claims import CLAIM_MUTANTS
from antiphon.parity.mutants_conformance import CONFORMANCE_MUTANTS
from antiphon.parity.mutants_envelope import ENVELOPE_MUTANTS
from antiphon.parity.mutants_waves import WAVE_MUTANTS


def test_each_claim_has_one() -> None:
    """Every claim that is run can fail."""
    run = {claim.id for claim in CLAIMS if claim.look is not None}
    seeded = (*CLAIM_MUTANTS, *CONFORMANCE_MUTANTS, *ENVELOPE_MUTANTS, *WAVE_MUTANTS)
    assert {mutant.claim for mutant in seeded} == run
