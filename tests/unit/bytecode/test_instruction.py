"""Instructions as records."""

from dataclasses import fields

import pytest

from antiphon.bytecode.instruction import CLASSES, Jump
from antiphon.bytecode.table import INSTRUCTIONS


def test_every_row_has_a_class() -> None:
    """The classes are those of the table, but for ``fetch``, in its order."""
    assert [*CLASSES, "fetch"] == list(INSTRUCTIONS)


@pytest.mark.parametrize("name", CLASSES)
def test_fields_are_the_operands(name: str) -> None:
    """The fields of a class are the operands of its row, in order."""
    operands = [operand for operand, _ in INSTRUCTIONS[name].operands]
    assert [field.name for field in fields(CLASSES[name])] == operands


def test_instructions_are_values() -> None:
    """Equal instructions are equal keys."""
    assert {Jump(1), Jump(1), Jump(2)} == {Jump(1), Jump(2)}
