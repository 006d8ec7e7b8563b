"""The registry of the seeded faults of the laws."""

from antiphon.model.laws import LAWS
from antiphon.parity.complaints import LAW_FILES, missed
from antiphon.parity.mutants_laws import LAW_MUTANTS
from antiphon.parity.mutants_load import source_of
from antiphon.parity.violations import STATES, STEPS


def test_they_break_laws_only() -> None:
    """Each is in a file of the laws, and says so."""
    assert all(mutant.file in LAW_FILES for mutant in LAW_MUTANTS)
    assert all(mutant.id.startswith("law-") for mutant in LAW_MUTANTS)


def test_every_law_is_made_lax() -> None:
    """Of each law some fault lets pass what breaks it."""
    laws = {name: law for name, (law, *_) in {**STATES, **STEPS}.items()}
    found: set[str] = set()
    for mutant in LAW_MUTANTS:
        text = source_of(mutant.file)
        found.add(laws[missed({mutant.file: text.replace(mutant.old, mutant.new)})])
    assert found == set(LAWS)
