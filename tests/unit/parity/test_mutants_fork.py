"""The registry of the seeded faults of forks."""

from antiphon.parity.mutants_fork import FORK_MUTANTS


def test_there_are_many() -> None:
    """At least ten, named so that they can be told apart."""
    names = [mutant.id for mutant in FORK_MUTANTS]
    assert len(set(names)) == len(names) >= 10
