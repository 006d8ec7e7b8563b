"""The registry of the seeded faults of sessions and of delegation in the model."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_load import source_of
from antiphon.parity.mutants_session import SESSION_MUTANTS


def test_they_break_the_model() -> None:
    """All of these are faults of the model."""
    assert len(SESSION_MUTANTS) >= 20
    assert all(mutant.is_of_model for mutant in SESSION_MUTANTS)
    assert all(mutant.id.startswith("model-") for mutant in SESSION_MUTANTS)


@pytest.mark.parametrize("mutant", SESSION_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
