"""The registry of the seeded faults of ownership in the kernel."""

from antiphon.parity.mutants_kin import KIN_MUTANTS


def test_they_break_the_kernel() -> None:
    """All of these are faults of the kernel."""
    assert len(KIN_MUTANTS) >= 25
    assert all(mutant.file == "engine/kernel.py" for mutant in KIN_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in KIN_MUTANTS)
