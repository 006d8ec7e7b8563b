"""The demo, as it is seen."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.command import call, environment, spawn


def test_demo_shows_what_it_says(tmp_path: Path) -> None:
    """Both acts are drawn, compared and explained; the printed command has the instant again."""
    began = time.monotonic()
    answer = spawn("demo", "--recording", tmp_path / "mistake.json", PYTHONUTF8="1", COLUMNS="80")
    assert time.monotonic() - began < 5
    assert (answer.code, answer.err) == (0, "")
    first, _, second = answer.out.partition("2. One role speaks out of turn")
    assert '├────accept("Lisbon")────▶│' in first
    assert "The model agrees: 46 whole states and " in first
    assert "not-an-output: role Agency" in second
    assert "error[type-violation]: Agency fails at `send`: the type does not send now" in second
    assert "price(nat) from Airline to Agency;" in second
    assert "^^^^^^" in second
    assert "note: Agency may now receive price(nat) from Airline" in second
    assert "note: Customer waits for a message from Agency" in second
    printed = answer.out.rstrip().splitlines()[-1].strip()
    again = subprocess.run(
        printed, shell=True, env=environment(PYTHONUTF8="1"), capture_output=True, check=True
    )
    replayed = again.stdout.decode()
    assert "✗ type-violation (at send: head)" in replayed
    assert "not received: query from Agency to Airline" in replayed
    assert "This is the instant after step 8." in replayed
    assert "  Agency was to receive price(nat) from Airline" in replayed


def test_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same as numbers; the recording is where it says, in a folder of its own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = call(capsys, "demo", "--json").json
    assert found["protocol"] == "TravelAgency"
    assert found["differences"] == 0
    assert found["states_compared"] == found["steps"] + 1 + 11
    assert found["fault"] | {"notes": []} == {
        "role": "Agency",
        "step": 8,
        "code": "type-violation",
        "clause": "head",
        "line": 10,
        "notes": [],
    }
    assert Path(found["recording"]).is_file()
    assert Path(found["recording"]).is_relative_to(tmp_path)
    assert call(capsys, "replay", found["recording"], "--engine", "model").code == 0


def test_rejects_an_unwritable_recording(capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be written is said before anything is played."""
    answer = call(capsys, "demo", "--recording", "/nowhere/at/all")
    assert (answer.code, answer.out) == (2, "")
