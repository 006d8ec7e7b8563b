"""Looking at evidence, making it anew, and what a run that needs it does without."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.evidence.file import encode_evidence
from antiphon.evidence.sources import sources_digest
from antiphon.machine.contracts import evidence
from tests.cli.command import TRIP, call

AGING = ("run", "trip.scr", "--policy", "aging", "--choices", "leave")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where evidence is looked for."""
    monkeypatch.chdir(tmp_path)
    Path("trip.scr").write_text(TRIP)
    path = tmp_path / "evidence.json"
    monkeypatch.setenv("ANTIPHON_EVIDENCE", str(path))
    return path


def test_written_and_used(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    """What a lane found now is written, is fresh, and admits what it shows."""
    answer = call(capsys, "parity", "evidence", "--write", "--cases", 100, "--json")
    assert answer.code == 0
    claims = {each["claim"]: each for each in answer.json["evidence"]}
    assert claims["lockstep.aging"]["fresh"]
    assert claims["lockstep.aging"]["counts"]["cases"] == 100
    assert answer.json["file"] == str(file)
    assert call(capsys, "parity", "evidence").out.startswith("fresh  lockstep.")
    assert call(capsys, *AGING).code == 0
    assert call(capsys, *AGING, "--engine", "model").code == 0


def test_stale(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    """Stale evidence is a no, and refuses what rests on it; a run in turn needs none."""
    pieces = (evidence("lockstep.aging", "lockstep", "before", (("cases", 9),), ""),)
    file.write_bytes(encode_evidence(pieces))
    answer = call(capsys, "parity", "evidence")
    assert answer.code == 1
    assert "stale  lockstep.aging" in answer.out
    assert "antiphon parity evidence --write" in answer.out
    for engine in ("engine", "model"):
        refused = call(capsys, *AGING, "--engine", engine, "--json")
        assert refused.code == 2
        assert refused.json["error"]["code"] == "stale-evidence"
        message = refused.json["error"]["message"]
        assert "scheduler.aging needs lockstep.aging: its evidence is stale" in message
        assert "antiphon parity evidence --write" in message
    assert call(capsys, "run", "trip.scr", "--choices", "leave").code == 0
    assert call(capsys, *AGING, "--record", "out.json").code == 2
    assert not Path("out.json").exists()


def test_absent(capsys: pytest.CaptureFixture[str]) -> None:
    """Without evidence the same, and looking at it is refused."""
    answer = call(capsys, "parity", "evidence", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "no-evidence")
    answer = call(capsys, *AGING, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "missing-contracts")
    assert call(capsys, "run", "trip.scr", "--choices", "leave").code == 0


def test_an_edited_byte(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    """Evidence of which one byte was edited is refused."""
    pieces = (evidence("lockstep.aging", "lockstep", sources_digest(), (("cases", 8),), ""),)
    file.write_bytes(encode_evidence(pieces).replace(b'"cases": 8', b'"cases": 9'))
    answer = call(capsys, *AGING, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "damaged-evidence")
    assert call(capsys, "run", "trip.scr", "--choices", "leave").code == 0


def test_rejects_cases_without_write(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is run unless it is written."""
    answer = call(capsys, "parity", "evidence", "--cases", 5, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "usage")
