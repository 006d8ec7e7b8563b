"""The verdict on files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import TRIP, UNPROJECTABLE, call

KEYS = {"code", "message", "file", "line", "column", "end_line", "end_column", "help", "notes"}
ROW = {"file", "protocol", "name", "verdict", "method", "scope", "detail", "source"}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A good file, a bad one, one with several protocols."""
    texts = {
        "good": TRIP,
        "bad": UNPROJECTABLE,
        "several": TRIP + TRIP.replace("Trip", "Two") + "aux " + TRIP.replace("Trip", "Three"),
        "aux": "aux " + TRIP,
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.scr").write_text(text)
    return {name: tmp_path / f"{name}.scr" for name in texts}


def test_accepted(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """An accepted file has guarantees and no diagnostics."""
    answer = call(capsys, "check", files["good"], "--json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json["accepted"] is True
    assert answer.json["diagnostics"] == []
    assert all(row.keys() == ROW for row in answer.json["guarantees"])
    verdicts = {row["name"]: row["verdict"] for row in answer.json["guarantees"]}
    assert verdicts["deadlock-free"] == "yes"
    assert verdicts["terminating"] == "unknown"


def test_rejected(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A rejected file has diagnostics; the others keep their guarantees."""
    answer = call(capsys, "check", files["bad"], files["good"], "--json")
    assert (answer.code, answer.json["accepted"]) == (1, False)
    assert all(found.keys() == KEYS for found in answer.json["diagnostics"])
    assert {row["protocol"] for row in answer.json["guarantees"]} == {"Trip"}


def test_refused(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read is a diagnostic without a line, and an error."""
    answer = call(capsys, "check", files["good"], "none.scr", "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "missing-file"
    (found,) = answer.json["diagnostics"]
    assert found.keys() == KEYS
    assert (found["file"], found["line"]) == ("none.scr", None)


def test_which_protocols(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """All but the aux ones; or the one that is named; or the aux ones where there is no other."""

    def names(*words: object) -> list[str]:
        return [one["name"] for one in call(capsys, "check", *words, "--json").json["protocols"]]

    assert names(files["several"]) == ["Trip", "Two"]
    assert names(files["several"], "--protocol", "Three") == ["Three"]
    assert names(files["aux"]) == ["Trip"]
    assert call(capsys, "check", files["several"], "--protocol", "Four").code == 2


def test_a_file_named_twice_is_checked_once(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Naming a file again changes nothing."""
    assert call(capsys, "check", files["good"], files["good"]).out.count("is accepted") == 1
