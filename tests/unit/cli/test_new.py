"""A folder of one's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import call, environment


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder."""
    monkeypatch.chdir(tmp_path)


def test_scaffold_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """What is made is accepted, in the layout, and runs."""
    assert call(capsys, "new", "my-shop").out.startswith("my-shop/ has a protocol")
    assert call(capsys, "check", "my-shop/my-shop.scr").code == 0
    assert call(capsys, "fmt", "--check", "my-shop/my-shop.scr").code == 0
    assert call(capsys, "run", "my-shop/my-shop.scr").code == 0
    done = subprocess.run(
        [sys.executable, "run.py"],
        cwd="my-shop",
        env=environment(PYTHONUTF8="1"),
        capture_output=True,
        check=True,
    )
    out = done.stdout.decode()
    assert 'goods("one book")' in out
    assert "book: Done after " in out
    assert "chooses refuse" in out
    assert "piano: Done after " in out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """What was made."""
    assert call(capsys, "new", "a_b", "--json").json == {
        "folder": "a_b",
        "protocol": "AB",
        "files": ["a_b.scr", "run.py", "README.md"],
    }
    assert {path.name for path in Path("a_b").iterdir()} == {"a_b.scr", "run.py", "README.md"}


@pytest.mark.parametrize("name", ["", "1st", "-x", "a/b", "..", "a b", "ä", "x" * 65, "a\n"])
def test_rejects_names(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that could lead elsewhere is refused."""
    answer = call(capsys, "new", "--", name)
    assert answer.code == 2
    assert "error[bad-name]" in answer.err
    assert list(Path().iterdir()) == []


def test_rejects_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that exists is touched, be it a folder or a file."""
    Path("shop").mkdir()
    Path("file").write_text("mine")
    for name in ("shop", "file"):
        answer = call(capsys, "new", name)
        assert (answer.code, answer.err[:13]) == (2, "error[exists]")
    assert list(Path("shop").iterdir()) == []
    assert Path("file").read_text() == "mine"
