"""How to say the command again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from antiphon.cli.invocation import command_words


def test_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bare name where that is this command; else its path; else the module."""
    script = tmp_path / "antiphon"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script)])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command_words() == "antiphon"
    monkeypatch.setenv("PATH", "/nowhere")
    assert command_words() == str(script)
    monkeypatch.setattr(sys, "argv", ["/somewhere/__main__.py"])
    assert command_words() == f"{sys.executable} -m antiphon"
