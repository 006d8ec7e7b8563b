"""The registry of the seeded faults in composition."""

from antiphon.parity.composition_lane import PLACE
from antiphon.parity.mutants import COMPOSITION, judge
from antiphon.parity.mutants_composition import COMPOSITION_MUTANTS


def test_what_they_break() -> None:
    """Each kind of check has one; the lane kills them, and says by which trial."""
    assert {mutant.lane for mutant in COMPOSITION_MUTANTS} == {COMPOSITION}
    files = {mutant.file.removeprefix(PLACE) for mutant in COMPOSITION_MUTANTS}
    assert files >= {"links.py", "certificate.py", "memory.py", "admission.py", "runtime.py"}
    verdict = judge(COMPOSITION_MUTANTS[-1], {})
    assert (verdict.fate, verdict.killer) == ("killed", COMPOSITION)
    assert verdict.at.startswith("runs: ")
