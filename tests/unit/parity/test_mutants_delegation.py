"""The registry of the seeded faults of sessions and of delegation in the engine."""

from antiphon.parity.mutants_delegation import ENGINE_DELEGATION_MUTANTS


def test_they_break_the_engine() -> None:
    """All of these are faults of the engine."""
    assert len(ENGINE_DELEGATION_MUTANTS) >= 30
    assert all(mutant.file.startswith("engine/") for mutant in ENGINE_DELEGATION_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in ENGINE_DELEGATION_MUTANTS)
