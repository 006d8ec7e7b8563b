"""The registry of the seeded faults of ownership."""

from antiphon.parity.mutants_ownership import OWNERSHIP_MUTANTS


def test_they_break_the_model() -> None:
    """All of these are faults of the model."""
    assert len(OWNERSHIP_MUTANTS) >= 15
    assert all(mutant.is_of_model for mutant in OWNERSHIP_MUTANTS)
    assert all(mutant.id.startswith("model-") for mutant in OWNERSHIP_MUTANTS)
