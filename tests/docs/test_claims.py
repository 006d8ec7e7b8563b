"""The page of claims: its table is that of the registry."""

from antiphon.parity.claims.report import render_table
from tests.docs.documents import read


def test_the_table() -> None:
    """Run scripts/write_claims.py after a change of a claim."""
    assert f"\n{render_table()}\n" in read("docs/claims.md")
