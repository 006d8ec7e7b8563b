"""What the commands print for people, word for word where it is short."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import FOREVER, TRIP, call


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of one's own, 80 columns wide."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("trip.scr").write_text(TRIP)
    Path("forever.scr").write_text(FOREVER)


def test_run_draws(capsys: pytest.CaptureFixture[str]) -> None:
    """A run is drawn, then summed up."""
    answer = call(capsys, "run", "trip.scr", "--choices", "journey,leave")
    *picture, digest = answer.out.splitlines()
    assert picture == [
        "       ┌────────┐                 ┌──────┐",
        "       │Customer│                 │Agency│",
        "       └────┬───┘                 └───┬──┘",
        "   1        ◆ chooses journey         │",
        '   3        ├───────journey("")──────▶│',
        "   6        │◀───────offer(0)─────────┤",
        "  11        ◆ chooses leave           │",
        "  12        ├──────────leave─────────▶│",
        "  15        ┴                         ┴",
        "",
        "Done: 15 steps, 1 session, 3 messages",
    ]
    assert len(digest) == len("digest ") + 64


def test_run_that_goes_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """A fault is shown at its place in the protocol, with what the host said."""
    answer = call(capsys, "run", "trip.scr", "--choices", "sing")
    assert answer.code == 1
    assert "error[invoke-fault]: Customer fails at `select`" in answer.out
    assert "trip.scr:3:9" in answer.out
    assert "note: the host said: choice number 1 is sing" in answer.out
    assert "Faulted: " in answer.out


def test_run_that_does_not_end(capsys: pytest.CaptureFixture[str]) -> None:
    """A long run is drawn for a while; ended by request it is a yes."""
    answer = call(capsys, "run", "forever.scr", "--max-steps", "5000")
    assert answer.code == 0
    assert "and so on: what follows is counted, not drawn" in answer.out
    assert len(answer.out.splitlines()) < 250
    assert "Exhausted: 5000 steps, 1 session" in answer.out


def test_check_prints_the_guarantees(capsys: pytest.CaptureFixture[str]) -> None:
    """Each guarantee has a verdict and says what it means; on request also by which method it was
    shown, for what, and by whose theorem.
    """
    short = call(capsys, "check", "trip.scr").out
    assert "  deadlock-free               yes      until all are done somebody can go on" in short
    assert "[1]" not in short
    assert "CAV" not in short
    out = call(capsys, "check", "--explain", "trip.scr").out
    assert out.startswith("trip.scr: Trip is accepted: every role can play its part.\n")
    for words in ("deadlock-free ", "orphan-free ", "bounded Customer -> Agency ", "terminating "):
        assert f"  {words}" in out
    assert "  [1] by projection, for every run of one session" in out
    assert " (Li, Stutz, Wies and Zufferey, CAV 2023)" in " ".join(out.split())
    assert "  terminating                 unknown" in out


def test_check_reports_on_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    """One bad file does not hide another, and the worst of them decides the code."""
    Path("bad.scr").write_text(
        "global protocol P(role A, role B) { m() from A to C; n() from D to B; }"
    )
    answer = call(capsys, "check", "bad.scr", "trip.scr")
    assert answer.code == 1
    assert answer.out.count("error[undeclared-role]") == 2
    assert "^" in answer.out
    assert "trip.scr: Trip is accepted" in answer.out
    assert answer.out.endswith("\n1 of 2 files accepted\n")
    assert call(capsys, "check", "bad.scr", "trip.scr", "none.scr").code == 2


def test_fmt(capsys: pytest.CaptureFixture[str]) -> None:
    """A file is rewritten once; with --check only named."""
    assert call(capsys, "fmt", "--check", "forever.scr").code == 1
    assert call(capsys, "fmt", "forever.scr").out == "reformatted forever.scr\n"
    assert call(capsys, "fmt", "--check", "forever.scr").code == 0
    assert call(capsys, "fmt", "forever.scr").out == ""
    assert Path("forever.scr").read_text().count("\n") > 4


def test_no_command_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the commands are listed."""
    answer = call(capsys)
    assert answer.code == 0
    for verb in ("check", "project", "run", "replay", "fmt", "demo", "new", "doctor", "parity"):
        assert f"\n  {verb} " in answer.out
