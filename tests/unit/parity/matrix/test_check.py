"""Where something is wrong with the matrix; each rule is broken in ``bites``."""

from __future__ import annotations

from antiphon.parity.matrix.check import matrix_problems
from antiphon.parity.matrix.record import EMPTY
from antiphon.parity.matrix.rows import all_rows


def test_the_first_line_that_differs() -> None:
    """The page's problem has the line, a row's has its id."""
    problems = matrix_problems("a\nb\nc", "a\nx\nc", EMPTY, {})
    assert problems[0].place == "docs/parity_matrix.md:2"
    assert "antiphon parity matrix --write" in problems[0].words
    assert matrix_problems("a", "a\nb", EMPTY, {})[0].place == "docs/parity_matrix.md:2"
    unreached = [each.place for each in problems if each.code == "row-unreached"]
    assert unreached == [row.id for row in all_rows() if not row.waits]
