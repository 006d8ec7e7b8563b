"""The registry of the seeded faults of the envelope."""

from collections import Counter

from antiphon.parity.mutants_envelope import ENVELOPE_MUTANTS


def test_they_break_every_part() -> None:
    """Classes, lattice and artifact, normal form, relations, bounds."""
    count = Counter(mutant.file for mutant in ENVELOPE_MUTANTS)
    assert count["replay/classes.py"] >= 10
    assert count["replay/envelope.py"] >= 5
    assert count["model/envelope.py"] >= 5
    assert {"replay/normal_form.py", "machine/envelope.py"} < set(count)
    assert {mutant.claim for mutant in ENVELOPE_MUTANTS} == {"envelopes"}
