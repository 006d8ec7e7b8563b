"""How much of a trace is kept, by its word."""

from __future__ import annotations

import pytest

from antiphon.errors import Refusal
from antiphon.machine.trace_mode import FULL, OFF, TraceMode, trace_mode


def test_modes() -> None:
    """Each word names a mode; true and false are the ends."""
    words = ("full", "off", "tail:12", "file", "file:a:b.trace")
    found = tuple(map(trace_mode, words))
    assert found == (
        FULL,
        OFF,
        TraceMode("tail", events=12),
        TraceMode("file"),
        TraceMode("file", path="a:b.trace"),
    )
    assert [mode.tail for mode in found] == [None, None, 12, None, None]
    assert (trace_mode(True), trace_mode(False)) == (FULL, OFF)


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("", "a mode is full, tail:N"),
        ("Full", "a mode is"),
        ("full:1", "a mode is"),
        ("tail", "after tail: comes how many"),
        ("tail:0", "not '0'"),
        ("tail:-1", "not '-1'"),
        ("tail:4294967297", "1 to 2^32"),
        ("tail:9" + "9" * 5000, "1 to 2^32"),
        ("file:", "the name of a file"),
    ],
    ids=lambda text: text[:20],
)
def test_rejects_other_words(word: str, wrong: str) -> None:
    """Anything else is refused, with what is wrong in it."""
    with pytest.raises(Refusal) as caught:
        trace_mode(word)
    assert caught.value.code == "unknown-trace-mode"
    assert wrong in str(caught.value)
