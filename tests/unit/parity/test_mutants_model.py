"""The registry of the model's seeded faults."""

from antiphon.parity.mutants_model import MODEL_MUTANTS


def test_there_are_enough() -> None:
    """There are many, and each breaks the model."""
    assert len(MODEL_MUTANTS) >= 24
    assert all(mutant.file.startswith("model/") for mutant in MODEL_MUTANTS)
    assert all(mutant.id.startswith("model-") for mutant in MODEL_MUTANTS)
