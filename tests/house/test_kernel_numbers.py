"""The kernel's numbers are those of the instruction table."""

from __future__ import annotations

from scripts.number_kernel import KERNEL, numbered


def test_the_numbers_are_current() -> None:
    """The script changes nothing."""
    source = KERNEL.read_text(encoding="utf-8")
    assert numbered(source) == source, "run python scripts/number_kernel.py"


def test_a_wrong_number_is_written_again() -> None:
    """A number kept by hand is put right."""
    source = KERNEL.read_text(encoding="utf-8")
    wrong = source.replace("    SEND_OWNER = 3\n", "    SEND_OWNER = 4\n")
    assert wrong != source
    assert numbered(wrong) == source


def test_a_missing_row_is_written_again() -> None:
    """A row that the kernel has not heard of is added."""
    source = KERNEL.read_text(encoding="utf-8")
    short = source.replace("    SEND_OWNER = 3\n", "").replace("    SEND_OWNER,\n", "")
    assert numbered(short) == source
