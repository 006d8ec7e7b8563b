"""The three kinds of wrong."""

from __future__ import annotations

import pytest

from antiphon.errors import (
    AntiphonError,
    Bug,
    Diagnostic,
    ProgramError,
    Refusal,
    Span,
    printable,
)


@pytest.mark.parametrize("kind", [ProgramError, Refusal, Bug])
def test_three_kinds(kind: type[AntiphonError]) -> None:
    """Each kind is ours, and none is another."""
    assert kind.__mro__[1] is AntiphonError


def test_program_error_keeps_its_diagnostics() -> None:
    """Every problem found is there, in order, and in the message."""
    found = [
        Diagnostic("self-message", "A sends to itself", Span("p.scr", 1, 2, 1, 3)),
        Diagnostic("unmergeable", "B cannot tell"),
    ]
    error = ProgramError(iter(found))
    assert error.diagnostics == tuple(found)
    assert str(error) == "self-message: A sends to itself\nunmergeable: B cannot tell"


def test_refusal_has_a_code() -> None:
    """A request that is declined says under which code, and why."""
    error = Refusal("missing-file", "x.scr: there is no such file")
    assert (error.code, str(error)) == ("missing-file", "x.scr: there is no such file")


def test_diagnostic_defaults() -> None:
    """A diagnostic needs no more than a code and words."""
    assert Diagnostic("c", "m") == Diagnostic("c", "m", None, "", ())


def test_printable() -> None:
    """Letters of every script stay; what breaks a line, steers a terminal or is half a character
    becomes an escape.
    """
    assert printable("\u00fc \u65e5 'x' \\") == "\u00fc \u65e5 'x' \\"
    steering = "a\nb\r\t\x00\x1b[31m\x7f\x9b\u2028\u202e\ud800"
    assert printable(steering) == (r"a\nb\r\t\x00\x1b[31m\x7f\x9b\u2028\u202e\ud800")
