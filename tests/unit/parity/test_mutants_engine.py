"""The registry of the engine's seeded faults."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_engine import ENGINE_MUTANTS
from antiphon.parity.mutants_load import source_of


def test_there_are_enough() -> None:
    """There are many, and each breaks the engine."""
    assert len(ENGINE_MUTANTS) >= 24
    assert all(mutant.file.startswith("engine/") for mutant in ENGINE_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in ENGINE_MUTANTS)


@pytest.mark.parametrize("mutant", ENGINE_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
