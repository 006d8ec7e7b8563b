"""The registry of the seeded faults of ownership in the kernel."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_kin import KIN_MUTANTS
from antiphon.parity.mutants_load import source_of


def test_they_break_the_kernel() -> None:
    """All of these are faults of the kernel."""
    assert len(KIN_MUTANTS) >= 25
    assert all(mutant.file == "engine/kernel.py" for mutant in KIN_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in KIN_MUTANTS)


@pytest.mark.parametrize("mutant", KIN_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
