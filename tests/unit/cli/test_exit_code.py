"""The exit codes."""

from __future__ import annotations

from antiphon.cli.exit_code import ExitCode


def test_values_are_for_ever() -> None:
    """Scripts depend on them."""
    assert {code.name: code.value for code in ExitCode} == {
        "YES": 0,
        "NO": 1,
        "USAGE": 2,
        "BUG": 70,
        "INTERRUPTED": 130,
        "CLOSED": 141,
    }
