"""A machine that could not be compared is named: nothing is silently left out."""

import pytest

from tests import conftest
from tests.parity.machines import builds, missing


class Terminal:
    """A terminal that keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write_line(self, line: str) -> None:
        """Keep a line."""
        self.lines.append(line)


@pytest.mark.parametrize(
    ("can_compile", "lines"),
    [(True, []), (False, ["Unreached: compiled build: needs a C compiler"])],
)
def test_summary(can_compile: bool, lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary of a run names the compiled build where there is no compiler to make it."""
    terminal = Terminal()
    monkeypatch.setattr(conftest, "BUILDS", builds(can_compile=can_compile))
    conftest.pytest_terminal_summary(terminal)
    assert terminal.lines == lines
    assert (missing(builds(can_compile=can_compile)) == ()) == can_compile
