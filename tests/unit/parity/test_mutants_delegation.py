"""The registry of the seeded faults of sessions and of delegation in the engine."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_delegation import ENGINE_DELEGATION_MUTANTS
from antiphon.parity.mutants_load import source_of


def test_they_break_the_engine() -> None:
    """All of these are faults of the engine."""
    assert len(ENGINE_DELEGATION_MUTANTS) >= 30
    assert all(mutant.file.startswith("engine/") for mutant in ENGINE_DELEGATION_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in ENGINE_DELEGATION_MUTANTS)


@pytest.mark.parametrize("mutant", ENGINE_DELEGATION_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
