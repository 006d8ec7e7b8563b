"""Files in the one layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import FOREVER, TRIP, call


def test_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is in the layout is left alone, the rest rewritten, or only named."""
    good, loose = tmp_path / "good.scr", tmp_path / "loose.scr"
    good.write_text(TRIP)
    loose.write_text(FOREVER)
    answer = call(capsys, "fmt", "--check", good, loose, "--json")
    assert (answer.code, answer.json["changed"]) == (1, [str(loose)])
    assert loose.read_text() == FOREVER
    answer = call(capsys, "fmt", good, loose, "--json")
    assert (answer.code, answer.json["changed"]) == (0, [str(loose)])
    assert good.read_text() == TRIP
    assert call(capsys, "fmt", "--check", good, loose, "--json").json == {
        "changed": [],
        "diagnostics": [],
    }


def test_rejects_what_does_not_parse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong file is not touched, and does not keep the others from being formatted."""
    wrong, loose = tmp_path / "wrong.scr", tmp_path / "loose.scr"
    wrong.write_text("global protocol {")
    loose.write_text(FOREVER)
    answer = call(capsys, "fmt", wrong, loose)
    assert answer.code == 1
    assert answer.out == f"reformatted {loose}\n"
    assert "error[syntax-error]" in answer.err
    assert wrong.read_text() == "global protocol {"
    assert call(capsys, "fmt", wrong, "none.scr").code == 2
