"""The registry of the model's seeded faults."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_load import source_of
from antiphon.parity.mutants_model import MODEL_MUTANTS


def test_there_are_enough() -> None:
    """There are many, and each breaks the model."""
    assert len(MODEL_MUTANTS) >= 24
    assert all(mutant.file.startswith("model/") for mutant in MODEL_MUTANTS)
    assert all(mutant.id.startswith("model-") for mutant in MODEL_MUTANTS)


@pytest.mark.parametrize("mutant", MODEL_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
