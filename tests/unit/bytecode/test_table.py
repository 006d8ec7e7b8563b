"""The instruction table."""

import re

import pytest

from antiphon.bytecode.table import FAULT_CODES, INSTRUCTIONS, ROW_NUMBER, ROWS, TABLE, Instruction


def test_names_and_rows_are_distinct() -> None:
    """An instruction is known by its name, and a row by its id."""
    assert len(INSTRUCTIONS) == len(TABLE)
    assert len(ROW_NUMBER) == len(ROWS)
    assert [ROWS[number].id for number in ROW_NUMBER.values()] == list(ROW_NUMBER)


@pytest.mark.parametrize("instruction", TABLE, ids=lambda one: one.name)
def test_an_instruction_can_succeed(instruction: Instruction) -> None:
    """Each instruction has one way to succeed, the last; ``fetch`` has none."""
    kinds = [outcome.kind for outcome in instruction.outcomes]
    assert kinds.count("ok") == (instruction.name != "fetch")
    assert "ok" not in kinds[:-1]


@pytest.mark.parametrize("instruction", TABLE, ids=lambda one: one.name)
def test_codes_are_known(instruction: Instruction) -> None:
    """A fault has a fault code, a wait a reason to wait, and each clause its own row."""
    for outcome in instruction.outcomes:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", outcome.clause)
        assert (outcome.code in FAULT_CODES) == (outcome.kind == "fault")
        assert outcome.code.endswith("-wait") == (outcome.kind == "wait")
    assert len({outcome.clause for outcome in instruction.outcomes}) == len(instruction.outcomes)


def test_only_faults_are_static() -> None:
    """The verifier excludes faults; nothing that is no fault needs excluding."""
    assert {row.outcome.kind for row in ROWS if row.outcome.static} == {"fault"}


def test_every_fault_code_can_happen() -> None:
    """No fault code is there for nothing."""
    assert {row.outcome.code for row in ROWS if row.outcome.kind == "fault"} == set(FAULT_CODES)
