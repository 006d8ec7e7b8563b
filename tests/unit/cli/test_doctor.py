"""What runs here."""

from __future__ import annotations

import pytest

from antiphon.cli import doctor
from antiphon.errors import Refusal
from tests.cli.command import call


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    """The build, why it runs, and a small protocol that runs on it."""
    answer = call(capsys, "doctor", "--json")
    assert answer.code == 0
    assert answer.json["engine"] in ("pure", "compiled")
    assert answer.json["healthy"] is True
    out = call(capsys, "doctor").out
    assert f"engine        {answer.json['engine']}\n" in out
    assert "self-check    ok\n" in out


def test_pure_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment may ask for the plain build, and the reason says so."""
    monkeypatch.setenv("ANTIPHON_PURE", "1")
    found = call(capsys, "doctor", "--json").json
    assert (found["engine"], found["reason"]) == ("pure", "ANTIPHON_PURE is set")


def test_unhealthy(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that cannot run is a no."""

    def refuses(_: str) -> object:
        raise Refusal("unknown-build", "no engine here")

    monkeypatch.setattr(doctor, "protocol", refuses)
    answer = call(capsys, "doctor")
    assert answer.code == 1
    assert "self-check    unknown-build: no engine here" in answer.out
