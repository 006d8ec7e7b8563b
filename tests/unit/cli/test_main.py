"""The table of commands, and what becomes of whatever a command raises."""

from __future__ import annotations

import pytest
import typer

from antiphon.cli import doctor
from antiphon.cli.main import app, execute, main
from tests.cli.command import call


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (RuntimeError("impossible"), 70, "this is a bug of ours"),
        (MemoryError(), 70, "this is a bug of ours"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (typer.Abort(), 130, "interrupted"),
        (typer.BadParameter("no"), 2, "error[usage]: "),
        (BrokenPipeError(), 141, ""),
    ],
    ids=lambda item: repr(item)[:20],
)
def test_whatever_is_raised(
    error: BaseException,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Each kind of exception has its exit code and its words, and none escapes."""

    def raises(**_: object) -> int:
        raise error

    monkeypatch.setattr(doctor, "doctor", raises)
    assert execute(["doctor"]) == code
    assert words in capfd.readouterr().err


def test_every_command_takes_json() -> None:
    """Each command has the option, in every group."""
    stack: list[object] = [typer.main.get_command(app)]
    found = 0
    while stack:
        command = stack.pop()
        inner: dict[str, object] = getattr(command, "commands", {})
        stack += inner.values()
        if not inner:
            found += 1
            assert any("--json" in one.opts for one in getattr(command, "params", ()))
    assert found == 23


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is that of the package."""
    answer = call(capsys, "--version")
    assert (answer.code, answer.out.split()[0]) == (0, "antiphon")


def test_main_exits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends the process with its code."""
    monkeypatch.setattr("sys.argv", ["antiphon", "sing"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "sing" in capsys.readouterr().err
