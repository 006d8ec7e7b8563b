"""The founding promise: every section, row and name of it stands in the parity matrix."""

import pytest

from tests.house.promise import PROMISE, complaints
from tests.house.tree import DOCS

MATRIX = (DOCS / "parity_matrix.md").read_text(encoding="utf-8")


def test_matrix_keeps_the_promise() -> None:
    """Every promised section, column, row and name is in the matrix, each row with a status."""
    owed = complaints(MATRIX)
    assert not owed, "docs/parity_matrix.md owes:\n" + "\n".join(owed)


@pytest.mark.parametrize(
    ("printed", "changed", "complaint"),
    [
        ("# Model-Engine Parity Matrix", "# Parity", "the title is not 'Model-Engine Parity"),
        ("## Update Rule", "## Updates", "no section 'Update Rule'"),
        ("| Model API |", "| API |", "section 'Runtime Capability and Admission Gates': no column"),
        ("`DeterminismMode.Replay`", "`replay`", "row 'Replay': its cell under 'Engine' does not"),
        ("`model/gates.py::request_determinism_profile`", "x", "row 'Determinism profile val"),
        ("(premise-scoped)", "", "row '`n > 1` envelope-bounded parity': does not say 'premise-"),
        ("`scripts/check-parity-ledger.sh`", "a script", "section 'Enforcement Lanes': does not"),
        ("`.github/workflows/verify.yml`", "a file", "section 'Enforcement Lanes': does not name"),
    ],
)
def test_rejects_a_name_taken_out(printed: str, changed: str, complaint: str) -> None:
    """Taking one name out of the matrix gives exactly one complaint, about that name."""
    assert printed in MATRIX
    owed = complaints(MATRIX.replace(printed, changed, 1))
    assert len(owed) == 1
    assert owed[0].startswith(complaint)


@pytest.mark.parametrize("row", PROMISE["rows"], ids=lambda row: row["area"])
def test_rejects_a_row_taken_out(row: dict[str, str]) -> None:
    """Taking any one row out of the matrix gives exactly the complaint about that row."""
    lines = MATRIX.splitlines(keepends=True)
    without = [line for line in lines if not line.startswith(f"| {row['area']} |")]
    assert len(without) == len(lines) - 1
    assert complaints("".join(without)) == [f"section {row['section']!r}: no row {row['area']!r}"]


@pytest.mark.parametrize("status", ["Unreached", "Thin", "Aligned", "Broken", "Diverged (some-id)"])
def test_accepts_a_status(status: str) -> None:
    """Every status that the matrix defines is accepted."""
    assert complaints(with_status("Replay", status)) == []


@pytest.mark.parametrize("status", ["", "Fine", "Diverged"])
def test_rejects_a_status(status: str) -> None:
    """A row with no status, or with a word that is none, is named."""
    assert complaints(with_status("Replay", status)) == [f"row 'Replay': {status!r} is no status"]


def test_rejects_a_weaker_promise() -> None:
    """A row that was promised without an envelope may not be aligned under one."""
    [owed] = complaints(with_status("Replay", "Aligned under envelope contract"))
    assert owed.startswith("row 'Replay': may become 'Aligned', not ")


def with_status(area: str, status: str) -> str:
    """The matrix with another status in the row of this area."""
    (row,) = [line for line in MATRIX.splitlines() if line.startswith(f"| {area} |")]
    return MATRIX.replace(row, row.rsplit("|", 2)[0] + f"| {status} |")
