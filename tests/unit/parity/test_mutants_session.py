"""The registry of the seeded faults of sessions and of delegation in the model."""

from antiphon.parity.mutants_session import SESSION_MUTANTS


def test_they_break_the_model() -> None:
    """All of these are faults of the model."""
    assert len(SESSION_MUTANTS) >= 20
    assert all(mutant.is_of_model for mutant in SESSION_MUTANTS)
    assert all(mutant.id.startswith("model-") for mutant in SESSION_MUTANTS)
