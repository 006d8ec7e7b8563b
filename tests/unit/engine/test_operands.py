"""The registers that instructions name."""

from dataclasses import fields
from typing import Any

import pytest

from antiphon.bytecode.codec import build_instruction
from antiphon.bytecode.instruction import CLASSES, HOST, Offer, Send
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.engine.operands import registers_of
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT

SAMPLES: dict[Operand, Any] = {
    Operand.SOURCE: 7,
    Operand.REGISTERS: (8, 9),
    Operand.LABEL: "a",
    Operand.TABLE: (("a", 0),),
    Operand.ADDRESS: 3,
    Operand.VALUE: UNIT,
    Operand.ACTION: "act",
    Operand.PROTOCOL: "P",
    Operand.ENTRIES: (("A", END, 5), ("B", END, 6)),
    Operand.LAYER: "m",
}


@pytest.mark.parametrize("name", CLASSES)
def test_of_every_instruction(name: str) -> None:
    """Those that the table says, whatever the instruction."""
    kinds = [kind for _, kind in INSTRUCTIONS[name].operands]
    given = [SAMPLES.get(kind, place) for place, kind in enumerate(kinds)]
    one = build_instruction(name, given, lambda _, item: item)
    wanted: set[int] = set()
    for field, kind in zip(fields(one), kinds, strict=True):
        operand = getattr(one, field.name)
        if kind in (Operand.REGISTER, Operand.SOURCE):
            wanted.add(operand)
        elif kind is Operand.REGISTERS:
            wanted.update(operand)
        elif kind is Operand.ENTRIES:
            wanted.update(register for _, _, register in operand)
    assert set(registers_of(one)) == wanted


def test_the_host_is_no_register() -> None:
    """A value that the host is asked for is in none."""
    assert registers_of(Send(0, HOST)) == registers_of(Offer(0, "a", HOST)) == (0,)
