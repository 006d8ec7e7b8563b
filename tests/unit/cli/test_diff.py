"""Two recorded runs compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import TRIP, call


@pytest.fixture(autouse=True)
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with recordings."""
    monkeypatch.chdir(tmp_path)
    Path("trip.scr").write_text(TRIP)
    for name, *words in (
        ("short", "--choices", "journey,leave"),
        ("long", "--choices", "journey,journey,leave"),
        ("other", "--choices", "journey,leave", "--policy", "round-robin"),
        ("silent", "--choices", "journey,leave", "--no-trace"),
    ):
        assert call(capsys, "run", "trip.scr", *words, "--record", f"{name}.rec").code == 0


@pytest.mark.parametrize("engine", ["model", "engine"])
def test_the_same_run(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A run is the same as itself in every respect, and as it was recorded without a trace."""
    for other in ("short.rec", "silent.rec"):
        answer = call(capsys, "diff", "short.rec", other, "--under", "full", "--engine", engine)
        assert (answer.code, answer.out[:22]) == (0, "The same run: digest 6")
    found = call(capsys, "diff", "short.rec", "short.rec", "--json").json
    assert (found["equal"], found["relation"], found["setup"]) == (True, "full", [])
    assert found["divergence"] is None
    assert set(found["dimensions"].values()) == {"exact"}
    assert found["digests"]["a"] == found["digests"]["b"]


def test_another_order(capsys: pytest.CaptureFixture[str]) -> None:
    """Runs that differ in the order of independent steps are the same under the normal form."""
    answer = call(capsys, "diff", "short.rec", "other.rec")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("The same up to the order of independent steps: normal ")
    assert lines[1] == "They are set up differently: policy."
    assert "  scheduler: reordered" in lines
    strict = call(capsys, "diff", "short.rec", "other.rec", "--under", "full", "--json")
    assert (strict.code, strict.json["equal"], strict.json["relation"]) == (1, False, "normal")


def test_another_run(capsys: pytest.CaptureFixture[str]) -> None:
    """The first difference is said from both sides, with its place."""
    answer = call(capsys, "diff", "short.rec", "long.rec")
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "Different runs.",
        "They part at event 7:",
        "  A  step 11, session 0: Customer chooses leave, at trip.scr:3",
        "  B  step 11, session 0: Customer chooses journey, at trip.scr:3",
        "  scheduler: different",
        "  effect ordering: different",
        "  failure visible: exact",
        "  output condition: different",
    ]
    found = call(capsys, "diff", "short.rec", "long.rec", "--json").json
    assert (found["relation"], found["divergence"]["number"]) == (None, 6)
    assert found["divergence"]["B"]["label"] == "journey"


def test_a_recording_of_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    """A run that is not had again as it was recorded is the same as no other."""
    text = Path("short.rec").read_text()
    Path("wrong.rec").write_text(text.replace('{"label":"journey"}', '{"label":"leave"}', 1))
    answer = call(capsys, "diff", "wrong.rec", "wrong.rec")
    assert answer.code == 1
    assert answer.out.startswith("A is not what was recorded here: its steps differs.\nB is not ")
    found = call(capsys, "diff", "wrong.rec", "short.rec", "--json").json
    assert found["replayed"] == {"a": False, "b": True}


def test_rejects_what_is_no_recording(capsys: pytest.CaptureFixture[str]) -> None:
    """Bad input is told from a difference."""
    for other in ("none.rec", "trip.scr"):
        assert call(capsys, "diff", "short.rec", other).code == 2
