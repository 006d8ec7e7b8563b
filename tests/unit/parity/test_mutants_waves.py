"""The registry of the seeded faults of waves."""

from antiphon.parity.mutants_waves import WAVE_MUTANTS


def test_there_are_many() -> None:
    """At least fifteen, named so that they can be told apart."""
    names = [mutant.id for mutant in WAVE_MUTANTS]
    assert len(set(names)) == len(names) >= 15
