"""The registry of the seeded faults that a law shows on the corpus."""

import pytest

from antiphon.parity.complaints import LAW_FILES
from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants import judge
from antiphon.parity.mutants_strict import STRICT_MUTANTS, UNSEEN_MUTANTS
from tests.parity.test_corpus import CASES


def test_what_they_break() -> None:
    """The strict ones break laws, the others rules of the model."""
    assert all(mutant.file in LAW_FILES for mutant in STRICT_MUTANTS)
    assert all(mutant.file not in LAW_FILES for mutant in UNSEEN_MUTANTS)


@pytest.mark.parametrize("mutant", UNSEEN_MUTANTS, ids=lambda mutant: mutant.id)
def test_no_difference_shows(mutant: Mutant) -> None:
    """The model is stopped by itself."""
    assert judge(mutant, CASES).how == "exception"
