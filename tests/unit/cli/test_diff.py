"""Two recorded runs compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import TRIP, call
from tests.unit.machine.test_envelope import GOOD


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
    assert lines[5:] == [
        "A ran under cooperative, in waves of 1.",
        "B ran under round-robin, in waves of 1.",
        "They are alike by modulo_commutativity.",
        "  scheduler: reordered (in session 0 independent steps are in another order)",
        "  wave width: 1",
        "  effect ordering: exact",
        "  failure visible: exact",
        "  output condition: exact",
    ]
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
        "A ran under cooperative, in waves of 1.",
        "B ran under cooperative, in waves of 1.",
        "They are alike by no profile.",
        "  scheduler: violation (Agency sends or is given other messages in session 0)",
        "  wave width: 1",
        "  effect ordering: violation (the host did or decided something else)",
        "  failure visible: exact",
        "  output condition: exact",
    ]
    found = call(capsys, "diff", "short.rec", "long.rec", "--json").json
    assert (found["relation"], found["divergence"]["number"]) == (None, 6)
    assert found["divergence"]["B"]["label"] == "journey"
    assert found["dimensions"]["effect_ordering"] == "different"
    assert found["envelope"]["classes"]["effect_ordering"] == "violation"
    assert found["policies"] == {"a": "cooperative", "b": "cooperative"}
    assert found["wave_widths"] == {"a": 1, "b": 1}
    assert not any(found["profiles"].values())
    assert (found["admitted"], found["breaches"]) == (None, None)


def test_an_envelope_decides(capsys: pytest.CaptureFixture[str]) -> None:
    """Whether runs are as alike as was declared, and where they are not."""
    Path("wide.json").write_text(json.dumps(GOOD | {"scheduler": "reordered"}))
    Path("tight.json").write_text(json.dumps(GOOD))
    pair = ("diff", "short.rec", "other.rec", "--under", "full", "--envelope")
    answer = call(capsys, *pair, "wide.json")
    assert answer.code == 0
    found = call(capsys, *pair, "wide.json", "--json").json
    assert (found["equal"], found["admitted"], found["breaches"]) == (False, True, [])
    last = answer.out.splitlines()[-1]
    assert last == f"wide.json admits them: artifact {found['envelope']['digest']}"
    tight = call(capsys, *pair, "tight.json")
    assert (tight.code, tight.out.splitlines()[-1]) == (
        1,
        "tight.json does not admit them: scheduler.",
    )
    found = call(capsys, *pair, "tight.json", "--json").json
    assert (found["admitted"], found["breaches"]) == (False, ["scheduler"])
    assert call(capsys, "diff", "short.rec", "short.rec", "--envelope", "tight.json").code == 0
    assert call(capsys, *pair, "short.rec").code == 2


def test_a_recording_of_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    """A run that is not had again as it was recorded is the same as no other."""
    text = Path("short.rec").read_text()
    Path("wrong.rec").write_text(text.replace('{"label":"journey"}', '{"label":"leave"}', 1))
    answer = call(capsys, "diff", "wrong.rec", "wrong.rec")
    assert answer.code == 1
    assert answer.out.startswith("A is not what was recorded here: its steps differs.\nB is not ")
    found = call(capsys, "diff", "wrong.rec", "short.rec", "--json").json
    assert found["replayed"] == {"a": False, "b": True}
    Path("wide.json").write_text(json.dumps(GOOD))
    same = call(capsys, "diff", "wrong.rec", "wrong.rec", "--envelope", "wide.json")
    assert same.code == 1
    assert same.out.endswith("does not admit them: what was recorded is not had here.\n")


def test_rejects_what_is_no_recording(capsys: pytest.CaptureFixture[str]) -> None:
    """Bad input is told from a difference."""
    for other in ("none.rec", "trip.scr"):
        assert call(capsys, "diff", "short.rec", other).code == 2
