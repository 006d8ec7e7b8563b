"""The registry of the seeded faults of chains of forks."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_chains import CHAIN_MUTANTS
from antiphon.parity.mutants_load import source_of


def test_there_are_many() -> None:
    """At least ten, named so that they can be told apart."""
    names = [mutant.id for mutant in CHAIN_MUTANTS]
    assert len(set(names)) == len(names) >= 10


@pytest.mark.parametrize("mutant", CHAIN_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
