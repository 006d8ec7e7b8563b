"""Scenarios of values, registers and the host."""

import pytest

from tests.unit.conformance.scenarios.shown import rows, states, steps, values


def test_each_sort() -> None:
    """Of every kind of value one is sent, and one of another sort is none."""
    sent = [*map(str, values("each-sort", "Sent"))]
    kinds = ("Unit", "{'Nat'", "{'Bool'", "{'Str'", "{'Prod'", "{'Prod'", "{'Blob'")
    assert all(value.startswith(kind) for value, kind in zip(sent, kinds, strict=True))
    for name in ("unit", "nat", "bool", "string", "pair", "pair-in-pair", "blob"):
        assert rows(f"no-{name}")[-2:] == ["send.type-violation.sort", "send.invoke-fault.answer"]


@pytest.mark.parametrize("name", ["no-left-part", "a-label-for-a-payload"])
def test_no_answers(name: str) -> None:
    """To a question for a payload."""
    assert rows(name)[-1] == "send.invoke-fault.answer"


def test_no_choice() -> None:
    """A value does not choose."""
    assert rows("a-value-for-a-choice")[-1] == "select.invoke-fault.answer"


def test_registers() -> None:
    """Each operand is looked at."""
    for name in ("send-val", "offer-val", "receive-dst", "choose-dst", "move-src", "move-dst"):
        assert rows(f"no-register-{name}")[-1] == f"{name.split('-')[0]}.out-of-registers.operand"
    for name in ("select-chan", "open-entry"):
        assert rows(f"no-register-{name}")[-1] == f"{name.split('-')[0]}.out-of-registers.operand"


def test_answers_that_were_used() -> None:
    """One that lets wait is none, and a value from a register is none."""
    seen = states("answers-that-were-used")
    counted = [state["sessions"][0]["endpoints"][0]["answers"] for state in seen[1:]]
    assert counted == [0, 0, 0, 0, 1, 2, 3, 4]
    assert [step.host for step in steps("answers-that-were-used")][3] == "pending"


def test_which_comes_first() -> None:
    """Of two that fail."""
    assert rows("value-before-table")[-1] == "choose.type-violation.message-sort"
