"""Write the table of claims into docs/claims.md, from the registry."""

from __future__ import annotations

from pathlib import Path

from antiphon.parity.claims.report import render_table

PAGE = Path(__file__).parents[1] / "docs" / "claims.md"
MARK = "<!-- by scripts/write_claims.py -->\n"


def page(text: str) -> str:
    """The page with the table as it must be now."""
    before, _, rest = text.partition(MARK)
    _, _, after = rest.partition(MARK)
    return f"{before}{MARK}\n{render_table()}\n{MARK}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
