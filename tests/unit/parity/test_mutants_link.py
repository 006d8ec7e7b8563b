"""The registry of the seeded faults of crashes, links and deadlines."""

from antiphon.parity.mutants_link import LINK_MUTANTS


def test_they_break_both_machines() -> None:
    """Each side has its share, and the names say which."""
    for side in ("model", "engine"):
        mutants = [mutant for mutant in LINK_MUTANTS if mutant.file.startswith(side)]
        assert len(mutants) >= 10
        assert all(mutant.id.startswith(f"{side}-") for mutant in mutants)
