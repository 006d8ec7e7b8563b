"""The registry of the seeded faults of threads."""

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants_load import source_of
from antiphon.parity.mutants_threads import THREAD_MUTANTS


def test_they_can_be_told_apart() -> None:
    """Each has a name of its own, and is judged by the trial of threads."""
    names = [mutant.id for mutant in THREAD_MUTANTS]
    assert len(set(names)) == len(names) > 12
    assert {mutant.trial for mutant in THREAD_MUTANTS} == {"threads"}


@pytest.mark.parametrize("mutant", THREAD_MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
