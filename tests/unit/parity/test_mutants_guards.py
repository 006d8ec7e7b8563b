"""The registry of the seeded faults of guard layers."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_guards import GUARD_MUTANTS
from antiphon.parity.mutants_load import source_of


@pytest.mark.parametrize("mutant", GUARD_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    source = source_of(mutant.file)
    assert source.count(mutant.old) == 1
    compile(source.replace(mutant.old, mutant.new), mutant.file, "exec")


def test_they_break_both_machines() -> None:
    """Each id says which machine it breaks, and both are broken in more than ten ways."""
    for machine in ("model", "engine"):
        named = [mutant for mutant in GUARD_MUTANTS if mutant.id.startswith(f"{machine}-")]
        assert len(named) > 10
        assert all(mutant.file.startswith(f"{machine}/") for mutant in named)
