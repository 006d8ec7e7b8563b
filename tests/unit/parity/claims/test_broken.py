"""A claim about something that has a fault."""

from antiphon.parity.claims.broken import broken
from antiphon.parity.mutants_load import source_of


def test_without_a_fault() -> None:
    """A copy without a fault is as good as the healthy one."""
    for place in ("theory/merge.py", "parity/claims/survey.py"):
        result = broken("progress", {place: source_of(place)})
        assert result.is_good, result.finding


def test_with_a_fault() -> None:
    """A claim that is itself changed is looked at as it is then."""
    place = "parity/claims/refuted.py"
    text = source_of(place).replace("QUORUM_MAX: Final = 9", "QUORUM_MAX: Final = 4")
    assert broken("C-QUORUM-MAJ", {place: text}).verdict == "fails"
