"""Values in few characters."""

from __future__ import annotations

import pytest

from antiphon.drawing.brief import brief, clip, columns, message
from antiphon.values.value import DEPTH_MAX, UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value

WORDS: list[tuple[Value, str]] = [
    (UNIT, ""),
    (Nat(7), "7"),
    (Nat(10**30), "a 100-bit nat"),
    (Bool(True), "true"),
    (Bool(False), "false"),
    (Str('say "hi"'), r'"say \"hi\""'),
    (Str("a\x1b[2Jb\u202ec"), r'"a\u001b[2Jb\u202ec"'),
    (Prod(Str("Rome"), Prod(Nat(3), UNIT)), '"Rome", 3, ()'),
    (Prod(Prod(Nat(1), Nat(2)), Nat(3)), "(...), 3"),
    (Endpoint(2, "Shop"), "Shop@2"),
    (Blob("Date", b""), "Date"),
    (Blob("Date", b"today"), "Date:today"),
    (Blob("Date", b"\xff\x00"), "Date:ff00"),
]


@pytest.mark.parametrize(("value", "text"), WORDS, ids=lambda item: str(item)[:30])
def test_brief(value: Value, text: str) -> None:
    """Each kind of value has its own short form, without anything that moves a cursor."""
    assert brief(value) == text


@pytest.mark.parametrize(("value", "text"), WORDS, ids=lambda item: str(item)[:30])
def test_brief_keeps_to_its_width(value: Value, text: str) -> None:
    """No form is wider than it may be."""
    for width in range(12):
        assert columns(brief(value, width)) <= width
        assert text.startswith(brief(value, width).rstrip("…"))


def test_long_values_cost_little() -> None:
    """Of a huge value only as much is looked at as can be shown."""
    chain, part = Prod(UNIT, UNIT), Str("x" * 1_000_000)
    for _ in range(DEPTH_MAX - 1):
        chain = Prod(part, chain)
    assert columns(brief(chain, 30)) <= 30
    assert brief(Blob("Film", b"\x00" * 10**7), 20) == "Film:00000000000000…"


def test_columns() -> None:
    """Wide characters take two columns, accents none."""
    assert columns("ab") == 2
    assert columns("日本") == 4
    assert columns("e\u0301") == 1


def test_clip() -> None:
    """What does not fit ends in an ellipsis; where not even that fits, nothing is left."""
    assert clip("conversation", 12, "…") == "conversation"
    assert clip("conversation", 5, "…") == "conv…"
    assert clip("日本語", 4, "~") == "日~"
    assert clip("conversation", 0, "…") == ""


def test_message() -> None:
    """The value is cut before the label is."""
    assert message("price", Nat(12), 20) == "price(12)"
    assert message("leave", UNIT, 20) == "leave"
    assert message("order", Str("a long wish"), 12) == 'order("a l…)'
    assert message("order", Nat(12345), 7) == "order"
    assert message("order", Nat(12345), 3) == "or…"
