"""What became of a coroutine that failed: a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.bytecode.table import ROW_NUMBER


@dataclass(frozen=True, slots=True)
class Fault:
    """The instruction that failed, the fault's code, and the clause of the table that decided."""

    instruction: str
    code: str
    clause: str

    def __post_init__(self) -> None:
        if self.row not in ROW_NUMBER:
            raise ValueError(f"the instruction table has no row {self.row}")

    @property
    def row(self) -> str:
        """The id of the table's row."""
        return f"{self.instruction}.{self.code}.{self.clause}"
