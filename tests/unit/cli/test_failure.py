"""How a command says that it cannot answer."""

from __future__ import annotations

import json

import pytest

from antiphon.cli import failure
from antiphon.cli.exit_code import ExitCode
from antiphon.errors import Diagnostic, ProgramError, Span

WRONG = ProgramError([Diagnostic("c", "m", Span("f.scr", 1, 2, 1, 3), "h", ("n",))])


def test_refuse(capsys: pytest.CaptureFixture[str]) -> None:
    """A request that cannot be met: a code and a reason."""
    assert failure.refuse("c", "m", as_json=False) is ExitCode.USAGE
    assert capsys.readouterr() == ("", "error[c]: m\n")
    assert failure.refuse("c", "m", as_json=True) is ExitCode.USAGE
    assert json.loads(capsys.readouterr().out) == {"error": {"code": "c", "message": "m"}}


def test_reject(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong program: every diagnostic."""
    assert failure.reject(WRONG, as_json=False) is ExitCode.NO
    assert "error[c]: m\n --> f.scr:1:2" in capsys.readouterr().err
    assert failure.reject(WRONG, as_json=True) is ExitCode.NO
    found = json.loads(capsys.readouterr().out)
    assert found["error"] == {"code": "c", "message": "m"}
    assert found["diagnostics"] == [
        {
            "code": "c",
            "message": "m",
            "file": "f.scr",
            "line": 1,
            "column": 2,
            "end_line": 1,
            "end_column": 3,
            "help": "h",
            "notes": ["n"],
        }
    ]


def test_diagnostic_without_a_place() -> None:
    """What has no place says so."""
    found = failure.diagnostic_json(Diagnostic("c", "m"))
    assert [found[name] for name in ("file", "line", "column")] == [None, None, None]


def test_interrupted(capsys: pytest.CaptureFixture[str]) -> None:
    """An interrupt is one word."""
    assert failure.interrupted(as_json=False) is ExitCode.INTERRUPTED
    assert capsys.readouterr().err == "interrupted\n"
    failure.interrupted(as_json=True)
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "interrupted"


def test_bug(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake of ours says what and where in one line, how to report it, and no traceback."""
    for as_json in (False, True):
        with pytest.raises(KeyError) as raised:
            raise KeyError("surprise" * 1000)
        assert failure.bug(raised.value, as_json=as_json) is ExitCode.BUG
        out, err = capsys.readouterr()
        text = json.loads(out)["error"]["message"] if as_json else err
        assert "KeyError at test_failure.py:" in text
        assert "Traceback" not in text
        assert len(text) < 1000
        assert as_json or "antiphon doctor" in text
