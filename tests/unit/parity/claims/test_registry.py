"""Every claim, and what became of them."""

import pytest

from antiphon.errors import Refusal
from antiphon.parity.claims.claim import Claim, Finding
from antiphon.parity.claims.registry import CLAIMS, Report, named, run
from antiphon.parity.mutants_load import ROOT

SMALL = Claim("a", 1, "A", "All.", look=lambda _, __: Finding(1, 1, 1))
WRONG = Claim("b", 1, "B", "All.", look=lambda _, __: Finding(1, 1, 1, "no"))


def test_ids() -> None:
    """Ids are unique, and each claim has one by which it is found."""
    assert len({claim.id for claim in CLAIMS}) == len(CLAIMS)
    assert named("absorb").number == 9
    with pytest.raises(Refusal) as refused:
        named("nonsense")
    assert refused.value.code == "unknown-claim"


def test_claims_say_what_they_are() -> None:
    """A claim that is run has a place, a scope and a witness; one that is not says why."""
    for claim in CLAIMS:
        assert (claim.look is None) == bool(claim.reason)
        assert claim.title
        assert claim.statement.endswith((".", ")"))
        if claim.look is not None:
            file, _, name = claim.place.partition(" ")
            assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8"), claim.place
            assert claim.witness, claim.id
            assert all(claim.scopes)


def test_the_inventory_is_whole() -> None:
    """Each number of the inventory is claimed, or said to be waited for."""
    assert {claim.number for claim in CLAIMS} <= set(range(1, 25))


def test_run() -> None:
    """One result each; all is well if all are as expected."""
    told: list[tuple[int, int, str]] = []

    def progress(done: int, every: int, name: str) -> None:
        told.append((done, every, name))

    report = run("quick", (SMALL, WRONG), progress)
    assert told == [(0, 2, "a"), (1, 2, "b")]
    assert [result.verdict for result in report.results] == ["holds", "fails"]
    assert not report.is_good
    assert Report("quick", report.results[:1]).is_good
    data = report.to_json()
    assert (data["profile"], data["is_good"]) == ("quick", False)
