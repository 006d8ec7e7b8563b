"""Faults as values."""

import pytest

from antiphon.bytecode.table import ROWS, Row
from antiphon.machine.fault import Fault

FAULTS = [row for row in ROWS if row.outcome.kind == "fault"]


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.id)
def test_every_fault_of_the_table_is_a_fault(row: Row) -> None:
    """For each row of the table that is a fault there is one, and it knows its row."""
    assert Fault(row.instruction, row.outcome.code, row.outcome.clause).row == row.id


def test_rejects_what_the_table_does_not_know() -> None:
    """A fault that the table does not list cannot be made."""
    with pytest.raises(ValueError, match=r"no row send\.type-violation\.empty"):
        Fault("send", "type-violation", "empty")
