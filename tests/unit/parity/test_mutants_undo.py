"""The registry of the seeded faults of forks with links, facts and sessions."""

from antiphon.parity.mutants_undo import UNDO_MUTANTS


def test_there_are_many() -> None:
    """At least ten, named so that they can be told apart."""
    names = [mutant.id for mutant in UNDO_MUTANTS]
    assert len(set(names)) == len(names) >= 10
