"""The command as a process: streams, signals, start-up."""

from __future__ import annotations

import shlex
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import FOREVER, TRIP, command, environment, spawn


def test_help_starts_fast() -> None:
    """Help imports nothing of the package but the table of commands, and no rich."""
    words = command("--help")
    words[1:1] = ["-X", "importtime"]
    done = subprocess.run(words, env=environment(), capture_output=True, check=True)
    lines = done.stderr.decode().splitlines()
    loaded = {line.rpartition("|")[2].strip() for line in lines}
    ours = {name for name in loaded if name.startswith("antiphon.")}
    names = ("main", "options", "parity_verbs", "exit_code")
    assert ours <= {"antiphon.cli", *(f"antiphon.cli.{name}" for name in names)}
    assert not any(name == "rich" or name.startswith("rich.") for name in loaded)


def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    """When the reader stops, the command stops, and says nothing."""
    path = tmp_path / "forever.scr"
    path.write_text(FOREVER)
    words = command("run", path, "--max-steps", 100, "--json", "--events")
    with subprocess.Popen(
        words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@contextmanager
def heeding_interrupts() -> Generator[None]:
    """A process started inside heeds interrupts even if whoever started the tests ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def test_interrupt(tmp_path: Path) -> None:
    """An interrupt is exit code 130, one word, and no traceback."""
    path = tmp_path / "forever.scr"
    path.write_text(FOREVER)
    words = command("run", path, "--max-steps", 10**6)
    with (
        heeding_interrupts(),
        subprocess.Popen(
            words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().decode().split() == ["interrupted"]
    assert process.returncode == 130


def test_ascii_where_nothing_else_can_be_shown(tmp_path: Path) -> None:
    """A stream that only takes ASCII gets a diagram in ASCII, and escapes for the rest."""
    path = tmp_path / "trip.scr"
    path.write_text(TRIP)
    answer = spawn("run", path, "--seed", 3, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert answer.code in (0, 1)
    assert answer.out.isascii()
    assert "+--------+" in answer.out
    assert answer.err == ""


def test_module_is_the_command() -> None:
    """``python -m antiphon`` knows its version."""
    answer = spawn("--version")
    assert answer.code == 0
    assert answer.out.startswith("antiphon ")


@pytest.mark.parametrize("words", [("check",), ("run", "--json"), ("--help",)], ids="-".join)
def test_output_that_cannot_be_written(words: tuple[str, ...], tmp_path: Path) -> None:
    """A full disk, here a limit on files, is no bug of ours."""
    path = tmp_path / "trip.scr"
    path.write_text(TRIP)
    line = command(*words) if words == ("--help",) else command(*words, path)
    with (tmp_path / "out").open("wb") as full:
        done = subprocess.run(
            ["sh", "-c", f"ulimit -f 0; exec {shlex.join(line)}"],
            env=environment(PYTHONDONTWRITEBYTECODE="1"),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    (said,) = done.stderr.decode().splitlines()
    assert said.startswith("error[unwritable-output]: standard output cannot be written: ")


@pytest.mark.parametrize(("closing", "said"), [(">&-", True), ("2>&-", False), (">&- 2>&-", False)])
def test_closed_streams(closing: str, *, said: bool, tmp_path: Path) -> None:
    """The exit code is the answer to whoever closed the streams before the start."""
    path = tmp_path / "trip.scr"
    path.write_text(TRIP)
    for words, code in ((("check", path), 0), (("check", path, "--json"), 0), (("sing",), 2)):
        line = f"exec {shlex.join(command(*words))} {closing}"
        done = subprocess.run(
            ["sh", "-c", line], env=environment(), capture_output=True, check=False
        )
        assert done.returncode == code
        assert bool(done.stderr) == (said and code == 2)
