"""The gates of the model, by every row of their tables."""

from __future__ import annotations

import pytest

from antiphon.model import gates
from tests.unit.machine.gate_rows import ROWS, Row, check_profiles, check_row, check_snapshot


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row(row: Row) -> None:
    """Each gate says what the row says, and what is unmet is named."""
    check_row(gates, row)


def test_profiles() -> None:
    """A profile has its bit, and is granted by it, the switch for mixed ones, and evidence."""
    check_profiles(gates)


def test_snapshot() -> None:
    """Each name once."""
    check_snapshot(gates)
