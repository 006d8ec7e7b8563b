"""The registry of the seeded faults of the conformance kit."""

from antiphon.parity.mutants_conformance import CONFORMANCE_MUTANTS


def test_there_are_many() -> None:
    """At least fifteen, named so that they can be told apart, in several of its files."""
    names = [mutant.id for mutant in CONFORMANCE_MUTANTS]
    assert len(set(names)) == len(names) >= 15
    files = {mutant.file for mutant in CONFORMANCE_MUTANTS}
    assert len(files) >= 3
    assert all(file.startswith("conformance/") for file in files)
    assert {mutant.claim for mutant in CONFORMANCE_MUTANTS} == {"conformance"}
