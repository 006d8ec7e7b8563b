"""The registry of the seeded faults of knowledge, flow policies and the output gate."""

from antiphon.parity.mutants_knowledge import KNOWLEDGE_MUTANTS


def test_they_break_both_machines() -> None:
    """Each id says which machine it breaks, and both are broken in more than ten ways."""
    for machine in ("model", "engine"):
        named = [mutant for mutant in KNOWLEDGE_MUTANTS if mutant.id.startswith(f"{machine}-")]
        assert len(named) > 10
        assert all(mutant.file.startswith(f"{machine}/") for mutant in named)
