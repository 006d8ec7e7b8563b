"""The report as text."""

from antiphon.parity.claims.claim import Claim, Finding
from antiphon.parity.claims.registry import CLAIMS, run
from antiphon.parity.claims.report import render_claims, render_table

HOLDS = Claim("a", 1, "A", "All.", scopes=("the world",), look=lambda _, __: Finding(3, 2, 1))
FAILS = Claim("b", 1, "B", "All.", look=lambda _, __: Finding(1, 1, 1, "look here"))
WAITS = Claim("c", 1, "C", "All.", reason="better times")


def test_render_claims() -> None:
    """A verdict each, what it rests on, and at the end what is not as expected."""
    lines = render_claims(run("quick", (HOLDS, FAILS, WAITS))).splitlines()
    assert lines[0] == "holds     a: A"
    assert lines[1].strip() == "exhaustive in scope the world"
    assert lines[2].strip() == "3 generated, 2 met the hypotheses, 1 checked"
    assert "          counter-example: look here" in lines
    assert "          waits for better times" in lines
    assert lines[-2] == "3 claims, profile quick: 1 holds, 1 fails, 1 not-run"
    assert lines[-1] == "not as expected: b fails"


def test_render_table() -> None:
    """One row each, and no bar that would end a cell."""
    rows = render_table().splitlines()
    assert len(rows) == len(CLAIMS) + 2
    assert all(row.count("|") == rows[0].count("|") for row in rows)
