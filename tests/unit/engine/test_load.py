"""Images as tables: operands, addresses and queues decided, and every pointer inside."""

from __future__ import annotations

import gc
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.bytecode.instruction import (
    Choose,
    Halt,
    Invoke,
    Jump,
    Move,
    Receive,
    Select,
    Send,
    Set,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine import load
from antiphon.engine.load import (
    EMPTY,
    MISSING,
    OPCODE,
    Cell,
    hashed,
    known_label,
    label_number,
    label_of,
    tables,
)
from antiphon.engine.premise import END as AT_END
from antiphon.errors import ProgramError
from antiphon.theory.local_type import END, rec, var
from antiphon.values.value import UNIT
from tests.unit.engine.images import alone, arbitrary, handshake, sends


def test_cells() -> None:
    """Operands stand in the cell; a register that does not exist is -1 in the first."""
    image = alone(END, Move(1, 2), Move(1, 3), Set(-1, UNIT), Send(0, -1), Send(0, -2), Halt())
    assert tables(image).cells == (
        Cell(OPCODE["move"], 1, 2),
        Cell(OPCODE["move"], MISSING),
        Cell(OPCODE["set"], MISSING, 0),
        Cell(OPCODE["send"], 0, -1),
        Cell(OPCODE["send"], MISSING),
        Cell(OPCODE["halt"]),
        Cell(OPCODE["fetch"]),
    )


def test_addresses_outside_have_cells() -> None:
    """The end of the code and each address outside is one cell that knows its pc."""
    image = alone(END, Jump(-3), Jump(2**80), Jump(3), Choose(0, 1, (("a", -3), ("b", 0))))
    found = tables(image)
    assert found.addresses == (0, 1, 2, 3, 4, -3, 2**80)
    assert [cell.a for cell in found.cells[:3]] == [5, 6, 3]
    assert {target for label, target in found.jumps if label != EMPTY} == {5, 0}


def test_queues() -> None:
    """Only pairs that some type speaks of have a queue, in order; one to nobody leads nowhere."""
    first = sends("B", "m", then=sends("Z", "m", then=sends("A", "m")))
    image = Image("q", (RoleProgram("A", first, (), 1), RoleProgram("B", END, (), 1)))
    found = tables(image)
    assert found.queues == (("A", "A"), ("A", "B"), ("A", "Z"))
    assert found.targets == (0, 1, -1)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_hashed(labels: list[int]) -> None:
    """Every label is found by probing from its own place, before an empty entry."""
    entries = hashed(labels)
    size = len(entries)
    assert size & size - 1 == 0
    assert (size == 1) == (len(labels) == 1)
    for label in labels:
        at = label % size
        while (number := entries[at]) is None or labels[number] != label:
            assert number is not None
            at = (at + 1) % size
        assert number == labels.index(label)
    assert len(labels) == 1 or None in entries


@given(st.integers(0, 2**32))
def test_every_pointer_is_inside(seed: int) -> None:
    """Whatever the image says, no entry of the tables leads outside of them."""
    found = tables(arbitrary(Random(seed)))
    branches, cells, states = len(found.branches), len(found.cells), len(found.states)
    for row in found.states:
        assert 0 <= row.branch <= row.branch + row.mask < branches
        assert row.kind == AT_END or 0 <= row.queue < len(found.queues)
    for row in found.branches:
        assert 0 <= row.then < states
        assert 0 <= row.narrowed < states
        assert row.label == EMPTY or 0 <= row.sort < len(found.sorts)
    for _, target in found.jumps:
        assert 0 <= target < cells
    for place, cell in enumerate(found.cells):
        if cell.op == OPCODE["jump"]:
            assert 0 <= cell.a < cells
        elif cell.op in (OPCODE["choose"], OPCODE["select"]):
            assert 0 <= cell.c <= cell.c + cell.d < len(found.jumps)
        assert cell.op in (OPCODE["fetch"], OPCODE["jump"], OPCODE["halt"]) or place + 1 < cells
    assert len(found.addresses) == cells
    assert len(found.transitions) == branches


def test_tables_are_made_once_per_image() -> None:
    """An image has its tables for as long as it lives."""
    image = handshake()
    assert tables(image) is tables(image)
    assert tables(handshake()) is not tables(image)
    gc.collect()
    before = len(load._CACHE)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    del image
    gc.collect()
    assert len(load._CACHE) == before - 1  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def test_rejects_what_no_machine_may_load() -> None:
    """A type that cannot be unfolded, and a size that nobody could hold, get no tables."""
    for image, code in (
        (alone(rec("X", var("X"))), "unguarded-recursion"),
        (alone(END, size=2**63), "register-count"),
    ):
        with pytest.raises(ProgramError) as caught:
            tables(image)
        assert [problem.code for problem in caught.value.diagnostics] == [code]


def test_numbers_fit_into_words() -> None:
    """However large a number the code mentions, no row has one that a table cannot hold."""
    huge = 2**64
    code = (Move(1, huge), Move(huge, 1), Send(0, -huge), Receive(huge, huge), Jump(-huge))
    code += (Invoke("act", (huge,), huge), Select(huge, (("a", huge),)))
    found = tables(alone(END, *code, Choose(0, huge, (("a", -huge),)), Set(-huge, UNIT)))
    rows = (*found.cells, *found.states, *found.branches, *found.jumps, *found.role_rows)
    assert max(abs(number) for row in rows for number in row) < 2**50


def test_labels_have_numbers_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A label keeps its number whatever else there is, also where hashes collide."""
    assert label_number("hello") == label_number("hello") == 0xBE603AD82B17
    monkeypatch.setattr(load, "_LABEL_BYTES", 1)
    labels = [f"collides {number}" for number in range(300)]
    numbers = list(map(label_number, labels))
    assert len(set(numbers)) == 300
    assert list(map(label_of, numbers)) == labels
    assert list(map(label_number, labels)) == numbers
    assert known_label("collides 0") == numbers[0]
    assert known_label("never seen anywhere") is None
