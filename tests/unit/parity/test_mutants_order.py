"""The registry of the seeded faults of the ready queue and the id trees."""

from antiphon.parity.mutants_order import ORDER_MUTANTS


def test_they_break_the_kernel() -> None:
    """All of these are faults of the kernel."""
    assert len(ORDER_MUTANTS) >= 12
    assert all(mutant.file == "engine/kernel.py" for mutant in ORDER_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in ORDER_MUTANTS)
