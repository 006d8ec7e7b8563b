"""What is written where."""

from __future__ import annotations

import io
import sys

import pytest

from antiphon.cli.terminal import (
    Progress,
    _console,  # pyright: ignore[reportPrivateUsage]
    complain,
    draw,
    glyphs,
    say,
    say_json,
    styled,
    width,
)
from antiphon.drawing.glyphs import ASCII, UNICODE


class Screen(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_streams(capsys: pytest.CaptureFixture[str]) -> None:
    """Answers go to one stream, reasons to the other, lines are plain where nobody watches."""
    say("yes")
    say_json({"a": "ü"})
    complain("because")
    draw([styled("line", "fault")])
    out, err = capsys.readouterr()
    assert out == 'yes\n{\n  "a": "\\u00fc"\n}\nline\n'
    assert err == "because\n"


def test_what_cannot_be_encoded_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text makes writing fail."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert glyphs() is ASCII
    say("\u00fc \ud800 \u65e5")
    sys.stdout.flush()
    assert raw.getvalue() == b"\\xfc \\ud800 \\u65e5\n"


@pytest.mark.parametrize("coloured", [False, True])
def test_nothing_steers_the_terminal(
    coloured: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is said or drawn, only lines and tabs of ours reach the terminal as they are."""
    say("a\x1b[2J\tb\r\nc\u202e")
    assert capsys.readouterr().out == "a\\x1b[2J\tb\\r\nc\\u202e\n"
    monkeypatch.setattr("antiphon.cli.terminal.is_live", lambda: coloured)
    _console.cache_clear()
    draw([styled("a\x1b[2Jb\x07", "fault")])
    _console.cache_clear()
    assert capsys.readouterr().out == "a\\x1b[2Jb\\x07\n"


def test_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """As wide as the terminal, but not wider than can be read."""
    monkeypatch.setenv("COLUMNS", "91")
    assert width() == 91
    monkeypatch.setenv("COLUMNS", "1000")
    assert width() == 120


def test_glyphs(capsys: pytest.CaptureFixture[str]) -> None:
    """ASCII on request."""
    assert glyphs() is UNICODE
    assert glyphs(ascii_only=True) is ASCII
    assert capsys.readouterr().out == ""


def test_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """A watched count replaces itself and leaves nothing; an unwatched one says nothing."""
    screen, log = Screen(), io.StringIO()
    for stream in (screen, log):
        monkeypatch.setattr(sys, "stderr", stream)
        progress = Progress("running")
        progress.show("5 steps")
        progress.clear()
        progress.clear()
    assert screen.getvalue() == "\rrunning: 5 steps\x1b[K\r\x1b[K"
    assert log.getvalue() == ""
