"""Write the numbers of instructions and rows into the kernel, from the instruction table.

The kernel is one source of two builds, so its numbers are literals. They are not kept by hand:
after a change of ``bytecode/table.py`` this script writes them again, and a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path

from antiphon.bytecode.table import ROWS, TABLE

KERNEL = Path(__file__).resolve().parent.parent / "src" / "antiphon" / "engine" / "kernel.py"
_BLOCKS = (
    (r"(    # Instructions, in the order of the table\.\n).*?(?=    # The table's rows\.\n)", True),
    (r"(    # The table's rows\.\n).*?(?=    # What a row does to the coroutine\.\n)", False),
)


def constant(name: str) -> str:
    """The kernel's name for a row or an instruction: ``SEND_MESSAGE_SORT``.

    ``TAG`` is something else there: the instruction has an underscore behind its name.
    """
    found = re.sub(r"[.-]", "_", name).upper()
    return "TAG_" if found == "TAG" else found


def row_constants() -> list[str]:
    """The kernel's name of each row: its instruction and its clause, in the table's order."""
    return [constant(f"{row.instruction}.{row.outcome.clause}") for row in ROWS]


def numbered(source: str) -> str:
    """The kernel's source with the table's numbers."""
    names = row_constants(), [constant(row.name) for row in TABLE]
    for pattern, is_instructions in _BLOCKS:
        lines = "".join(f"    {name} = {at}\n" for at, name in enumerate(names[is_instructions]))
        source = re.sub(pattern, lambda found, new=lines: found[1] + new, source, flags=re.DOTALL)
    listed = "".join(f"    {name},\n" for name in names[0])
    return re.sub(
        r"^ROWS = \(\n.*?^\)\n", f"ROWS = (\n{listed})\n", source, flags=re.DOTALL | re.MULTILINE
    )


if __name__ == "__main__":
    KERNEL.write_text(numbered(KERNEL.read_text(encoding="utf-8")), encoding="utf-8")
