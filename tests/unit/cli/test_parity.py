"""The engine compared with the model, by the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import TRIP, call


def test_lockstep(capsys: pytest.CaptureFixture[str]) -> None:
    """A few cases: no difference, and numbers that can be compared."""
    answer = call(capsys, "parity", "lockstep", "--cases", 30, "--seed", 5, "--json")
    assert (answer.code, answer.json["cases"], answer.json["differences"]) == (0, 30, 0)
    assert "pure" in answer.json["builds"]
    out = call(capsys, "parity", "lockstep", "--cases", 30, "--seed", 5).out
    assert out.startswith("30 cases of seed 5 on model, pure")
    assert ": 0 differences\n" in out


def test_pure_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build that the environment rules out is not compared."""
    monkeypatch.setenv("ANTIPHON_PURE", "1")
    answer = call(capsys, "parity", "lockstep", "--cases", 5, "--json")
    assert answer.json["builds"] == ["pure"]


def test_rejects_a_missing_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without recordings nothing can be said about mutants."""
    assert call(capsys, "parity", "mutants", "--corpus", tmp_path / "no").code == 2
    assert call(capsys, "parity", "mutants", "--corpus", tmp_path).code == 2


def test_mutants(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One recording kills some of the mutants; that others survive it is a no."""
    path = tmp_path / "trip.scr"
    path.write_text(TRIP)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    assert call(capsys, "run", path, "--record", corpus / "trip.json").code == 0
    answer = call(capsys, "parity", "mutants", "--corpus", corpus, "--json")
    assert answer.code == 1
    assert 0 < answer.json["killed"] < answer.json["mutants"]
    assert len(answer.json["survivors"]) == answer.json["mutants"] - answer.json["killed"]
