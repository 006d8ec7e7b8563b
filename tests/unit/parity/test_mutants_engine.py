"""The registry of the engine's seeded faults."""

from antiphon.parity.mutants_engine import ENGINE_MUTANTS


def test_there_are_enough() -> None:
    """There are many, and each breaks the engine."""
    assert len(ENGINE_MUTANTS) >= 24
    assert all(mutant.file.startswith("engine/") for mutant in ENGINE_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in ENGINE_MUTANTS)
