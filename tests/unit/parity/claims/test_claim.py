"""Verdicts: what was looked at decides, and nothing else."""

import pytest

from antiphon.parity.claims.claim import (
    FAILS,
    HOLDS,
    NOT_RUN,
    PROPERTY,
    REFUTED,
    VACUOUS,
    Claim,
    Finding,
    Profile,
    Result,
    judge,
)
from antiphon.parity.claims.ground import HEALTHY, Ground

CLAIM = Claim("a", 1, "A", "All is well.", scopes=("one", "two", "three"))


def looked(found: Finding, *, is_refuted: bool = False) -> Result:
    """The result of a claim that finds this."""
    claim = Claim("a", 1, "A", "All.", look=lambda _, __: found, is_refuted=is_refuted)
    return judge(claim, "quick", HEALTHY)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (Finding(3, 2, 5), HOLDS),
        (Finding(3, 2, 5, cardinality=3), HOLDS),
        (Finding(3, 2, 5, cardinality=4), FAILS),
        (Finding(3, 2, 5, "x"), FAILS),
        (Finding(3, 0, 0), VACUOUS),
        (Finding(3, 2, 0), VACUOUS),
        (Finding(0, 0, 0, "x"), VACUOUS),
    ],
)
def test_verdicts(found: Finding, verdict: str) -> None:
    """No hypothesis met is no claim; a scope that was not gone through is none either."""
    result = looked(found)
    assert result.verdict == verdict
    assert result.is_good == (verdict == HOLDS)


def test_refuted() -> None:
    """A refuted claim needs its counter-example, found now."""
    assert looked(Finding(3, 2, 5, "x"), is_refuted=True).verdict == REFUTED
    assert looked(Finding(3, 2, 5), is_refuted=True).verdict == FAILS
    assert looked(Finding(3, 0, 0, "x"), is_refuted=True).verdict == VACUOUS


def test_not_run() -> None:
    """A claim that is not run is as expected, and rests on nothing."""
    result = judge(CLAIM, "quick", HEALTHY)
    assert (result.verdict, result.is_good, result.assurance) == (NOT_RUN, True, "none")


def raises(_: Profile, __: Ground) -> Finding:
    """What a claim is about breaks down."""
    raise ValueError("gone")


@pytest.mark.parametrize("is_refuted", [False, True])
def test_what_raises_fails(is_refuted: bool) -> None:
    """An exception is no evidence for anything."""
    claim = Claim("a", 1, "A", "All.", look=raises, is_refuted=is_refuted)
    result = judge(claim, "quick", HEALTHY)
    assert result.verdict == FAILS
    assert result.finding is not None
    assert result.finding.counterexample == ("" if is_refuted else "raised ValueError: gone")


def test_scopes() -> None:
    """The scope of each profile; the last one is that of all beyond."""
    assert CLAIM.scope("full") == "two"
    assert Claim("a", 1, "A", "All.", scopes=("all",)).scope("deep") == "all"


def test_kinds() -> None:
    """A claim is conditional if it has a hypothesis."""

    def look(_: Profile, __: Ground) -> Finding:
        return Finding(1, 1, 1)

    assert CLAIM.kind == NOT_RUN
    assert Claim("a", 1, "A", "B", look=look).kind == "unconditional"
    assert Claim("a", 1, "A", "B", hypotheses=("x",), look=look).kind == "conditional"
    assert Claim("a", 1, "A", "B", look=look, is_refuted=True).kind == REFUTED


def test_json() -> None:
    """All claims have the same keys, run or not."""
    run = looked(Finding(3, 2, 5, counts=(("x", 1),))).to_json()
    assert run.keys() == judge(CLAIM, "deep", HEALTHY).to_json().keys()
    assert (run["generated"], run["satisfied"], run["checked"]) == (3, 2, 5)
    assert run["counts"] == {"x": 1}


def test_assurance() -> None:
    """It names the scope, or the counter-example."""
    result = looked(Finding(1, 1, 1))
    assert result.assurance.startswith("exhaustive in scope")
    claim = Claim("a", 1, "A", "B", method=PROPERTY, look=lambda _, __: Finding(1, 1, 1))
    assert judge(claim, "quick", HEALTHY).assurance.startswith("property over")
    assert "counter-example" in looked(Finding(1, 1, 1, "x"), is_refuted=True).assurance
