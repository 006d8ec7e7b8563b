"""A recorded run again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from antiphon.machine.event import Event
from antiphon.model.machine import Model
from tests.cli.command import TRIP, call


@pytest.fixture(autouse=True)
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with a recording."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("trip.scr").write_text(TRIP)
    words = ("--choices", "journey,leave,leave", "--sessions", 2, "--record", "run.json")
    assert call(capsys, "run", "trip.scr", *words).code == 0


@pytest.mark.parametrize("engine", ["model", "engine"])
def test_the_same_run(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Either machine has the same run, to the last digest."""
    words = ("--choices", "journey,leave,leave", "--sessions", 2)
    first = call(capsys, "run", "trip.scr", *words, "--events", "--json").json
    again = call(capsys, "replay", "run.json", "--engine", engine, "--events", "--json")
    assert again.code == 0
    assert again.json["same"] is True
    shared = first.keys() & again.json.keys() - {"engine", "file"}
    assert {"digest", "event_list", "outcome", "steps"} <= shared
    assert {name: first[name] for name in shared} == {name: again.json[name] for name in shared}


@pytest.mark.parametrize("engine", ["model", "engine"])
def test_until(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An instant: the conversation so far, what each role may do, who waits for whom."""
    answer = call(capsys, "replay", "run.json", "--until", 7, "--engine", engine)
    assert answer.code == 0
    assert answer.out.splitlines()[3:] == [
        "   1        ◆ chooses journey         │",
        '   5        ├───────journey("")──────▶│',
        "      in transit: journey from Customer to Agency",
        "",
        "This is the instant after step 7.",
        "  Customer may receive offer(nat) from Agency",
        "  Agency may receive journey(string) or leave from Customer",
        "  Customer waits for a message from Agency",
    ]
    found = call(capsys, "replay", "run.json", "--until", 7, "--json").json
    assert (found["steps"], found["partial"], found["same"]) == (7, True, None)
    assert call(capsys, "replay", "run.json", "--until", 10_000, "--json").json["same"] is True


def test_export(capsys: pytest.CaptureFixture[str]) -> None:
    """The same run as one JSON document, whole or up to an instant."""
    assert call(capsys, "replay", "run.json", "--export", "one.json").code == 0
    assert json.loads(Path("one.json").read_text())["version"] == 1
    again = call(capsys, "replay", "one.json", "--json").json
    whole = call(capsys, "replay", "run.json", "--json").json
    assert (again["version"], whole["version"]) == (1, 4)
    assert (again["digest"], again["same"]) == (whole["digest"], True)
    assert call(capsys, "replay", "run.json", "--until", 7, "--export", "some.json").code == 0
    some = call(capsys, "replay", "some.json", "--json").json
    assert (some["steps"], some["same"]) == (7, True)


def test_what_a_crash_left(capsys: pytest.CaptureFixture[str]) -> None:
    """A recording that was cut off replays to its last mark, and that is said."""
    data = Path("run.json").read_bytes()
    Path("cut.json").write_bytes(data[: data.rindex(b'["mark"') + 9])
    answer = call(capsys, "replay", "cut.json")
    assert answer.code == 0
    assert "The recording was cut off: it is whole up to step " in answer.out
    found = call(capsys, "replay", "cut.json", "--json").json
    assert (found["same"], found["whole"]) == (True, False)
    assert 0 < found["steps"] < call(capsys, "replay", "run.json", "--json").json["steps"]
    Path("cut.json").write_bytes(data[:99])
    assert call(capsys, "replay", "cut.json").code == 2


def test_a_run_without_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    """A run that keeps no events can be recorded: it is known again by its state."""
    words = ("--no-trace", "--record", "long.rec", "--json")
    first = call(capsys, "run", "trip.scr", "--sessions", 200, *words).json
    assert first["digest"] is None
    again = call(capsys, "replay", "long.rec", "--json").json
    assert (again["same"], again["state_digest"]) == (True, first["state_digest"])


def test_another_run(capsys: pytest.CaptureFixture[str]) -> None:
    """A recording whose digests are not those of its run is a no, and says what differs."""
    call(capsys, "replay", "run.json", "--export", "run.json")
    text = Path("run.json").read_text()
    at = text.index('"trace":"') + len('"trace":"')
    Path("run.json").write_text(f"{text[:at]}{'0' * 64}{text[at + 64 :]}")
    answer = call(capsys, "replay", "run.json")
    assert answer.code == 1
    assert "Not the run that was recorded: trace is " in answer.out
    assert call(capsys, "replay", "run.json", "--json").json["same"] is False


@pytest.mark.parametrize("engine", ["model", "engine"])
def test_the_instant_after_a_failure(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    """When the session has failed nothing is in transit, and no role may go on."""
    call(capsys, "run", "trip.scr", "--choices", "journey", "--record", "short.json")
    whole = call(capsys, "replay", "short.json", "--events", "--json").json
    kinds = [event["event"] for event in whole["event_list"]]
    failed = whole["event_list"][kinds.index("SessionFaulted")]["tick"] + 1
    before = call(capsys, "replay", "short.json", "--until", failed - 1, "--engine", engine).out
    assert "may" in before
    after = call(capsys, "replay", "short.json", "--until", failed, "--engine", engine).out
    assert after.endswith(
        f"This is the instant after step {failed}.\n"
        "The session has failed: nobody goes on, and each role is told when it tries to.\n"
        "  Customer was to send journey(string) or leave to Agency\n"
        "  Agency was to receive journey(string) or leave from Customer\n"
    )
    assert " may " not in after


def test_where_a_run_parts_from_its_recording(capsys: pytest.CaptureFixture[str]) -> None:
    """The first event that is another is said with its place, whatever is left of the recorded."""
    text = Path("run.json").read_text()
    Path("other.json").write_text(text.replace('{"label":"journey"}', '{"label":"leave"}', 1))
    answer = call(capsys, "replay", "other.json")
    assert answer.code == 1
    assert answer.out.endswith(
        "They part at event 3:\n"
        "  recorded  another event, which neither machine makes of what was recorded\n"
        "  actual    step 1, session 0: Customer chooses leave, at trip.scr:3\n"
    )
    found = call(capsys, "replay", "other.json", "--json").json["divergence"]
    assert (found["number"], found["recorded"]) == (2, None)
    assert (found["actual"]["label"], found["actual"]["line"]) == ("leave", 3)


@pytest.mark.parametrize("version", [1, 3])
def test_a_machine_that_has_changed(
    version: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was recorded is known by the other machine, if that still does it."""
    if version == 1:
        call(capsys, "replay", "run.json", "--export", "run.json")
    events = Model.events

    def some(machine: Model) -> Sequence[Event]:
        return events(machine)[:5]

    monkeypatch.setattr(Model, "events", some)
    answer = call(capsys, "replay", "run.json", "--engine", "model")
    assert answer.code == 1
    assert answer.out.splitlines()[-3:-2] == ["They part at event 6:"]
    assert answer.out.splitlines()[-2].startswith("  recorded  step 6, session ")
    assert answer.out.splitlines()[-1] == "  actual    nothing more"


def test_against_a_protocol_that_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    """What was decided is had in another protocol, and where that becomes another talk is said."""
    Path("new.scr").write_text(TRIP.replace("offer(nat)", "quote(nat)"))
    answer = call(capsys, "replay", "run.json", "--against", "new.scr")
    assert answer.code == 1
    assert answer.out.splitlines()[0] == "Not the conversation that was recorded, with new.scr."
    assert answer.out.splitlines()[2].endswith("Agency sends offer(0) to Customer, at trip.scr:5")
    assert answer.out.splitlines()[3].endswith("Agency sends quote(0) to Customer, at new.scr:5")
    found = call(capsys, "replay", "run.json", "--against", "new.scr", "--json").json
    assert found["same"] is False
    assert found["divergence"]["actual"]["file"] == "new.scr"
    same = call(capsys, "replay", "run.json", "--against", "trip.scr")
    assert (same.code, same.out[:31]) == (0, "The same conversation as record")


def test_rejects_options_that_do_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    """Another protocol has no instant of the recording, and no file."""
    words = ("replay", "run.json", "--against", "trip.scr")
    for more in (("--until", 3), ("--export", "x"), ("--events", "--json")):
        assert call(capsys, *words, *more).code == 2
    assert call(capsys, "replay", "run.json", "--against", "none.scr").code == 2
