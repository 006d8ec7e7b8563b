"""The registry of the seeded faults of buffers and budgets."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_failure import FAILURE_MUTANTS
from antiphon.parity.mutants_load import source_of


def test_they_break_both_machines() -> None:
    """Each side has its share, and the names say which."""
    for side in ("model", "engine"):
        mutants = [mutant for mutant in FAILURE_MUTANTS if mutant.file.startswith(side)]
        assert len(mutants) >= 10
        assert all(mutant.id.startswith(f"{side}-") for mutant in mutants)


@pytest.mark.parametrize("mutant", FAILURE_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
