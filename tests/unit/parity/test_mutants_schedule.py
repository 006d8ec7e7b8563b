"""The registry of the seeded faults of the policies."""

from antiphon.parity.mutants_schedule import SCHEDULE_MUTANTS


def test_both_sides_are_broken() -> None:
    """There are many of each: of the laws, and of what the engine does by itself."""
    of_model = [mutant.id for mutant in SCHEDULE_MUTANTS if mutant.is_of_model]
    of_engine = [mutant.id for mutant in SCHEDULE_MUTANTS if not mutant.is_of_model]
    assert len(of_model) >= 10
    assert len(of_engine) >= 20
    assert all(name.startswith("model-") for name in of_model)
    assert all(name.startswith("engine-") for name in of_engine)
