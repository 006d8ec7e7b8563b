"""One run by the command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.command import FOREVER, TRIP, call


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with protocols."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    Path("trip.scr").write_text(TRIP)
    Path("forever.scr").write_text(FOREVER)


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The document says what was run and what it came to."""
    found = call(capsys, "run", "trip.scr", "--sessions", 2, "--json").json
    assert found["protocol"] == "Trip"
    assert (found["engine"], found["policy"], found["sessions"]) == ("engine", "cooperative", 2)
    assert found["outcome"] == "Done"
    assert "event_list" not in found
    events = call(capsys, "run", "trip.scr", "--json", "--events").json["event_list"]
    assert events[0] == {
        "event": "Opened",
        "tick": 0,
        "session": 0,
        "roles": ["Customer", "Agency"],
    }


def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """Done is yes; Exhausted is yes if it was asked for; anything else is no."""
    assert call(capsys, "run", "trip.scr").code == 0
    assert call(capsys, "run", "forever.scr", "--max-steps", 7).code == 0
    assert call(capsys, "run", "trip.scr", "--choices", "").code == 1


def test_default_limit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a limit of one's own a run that does not end is stopped, and that is a no."""
    monkeypatch.setattr("antiphon.cli.run.STEPS_MAX", 500)
    answer = call(capsys, "run", "forever.scr")
    assert answer.code == 1
    assert answer.out.endswith("stopped after 500 steps; say how many you want: --max-steps N.\n")


def test_hosts(capsys: pytest.CaptureFixture[str]) -> None:
    """Seed, choices and handler each decide what happens."""
    Path("answers.py").write_text(
        "def reply(ask):\n    return 'leave' if ask.labels[1:] else None\n"
    )
    Path("bad.py").write_text("raise SystemExit('no')\n")

    def sent(*words: object) -> int:
        return call(capsys, "run", "trip.scr", "--json", *words).json["events"]["Sent"]

    assert sent("--choices", "journey,journey, leave") == 5
    assert sent("--handler", "answers:reply") == 1
    assert sent("--seed", 1) == sent("--seed", 1)
    answer = call(capsys, "run", "trip.scr", "--handler", "bad:x")
    assert answer.code == 2
    assert "error[unusable-handler]: bad:x cannot be used: SystemExit: no" in answer.err


def test_the_folder_is_searched_for_the_handler_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A handler and what it imports are found first here; afterwards nothing is, so that no file
    of the user's is taken for a module of Python or of ours.
    """
    Path("sibling.py").write_text("LABEL = 'leave'\n")
    Path("beside.py").write_text(
        "import sys, sibling\n"
        "def reply(ask):\n"
        "    PATHS.append([*sys.path])\n"
        "    return sibling.LABEL if ask.labels[1:] else None\n"
        "PATHS = []\n"
    )
    Path("broken.py").write_text("import sys\nsys.path.remove(sys.path[0])\n1 / 0\n")
    before = [*sys.path]
    assert call(capsys, "run", "trip.scr", "--handler", "beside:reply").code == 0
    assert sys.path == before
    assert [before, before] == sys.modules["beside"].PATHS
    assert call(capsys, "run", "trip.scr", "--handler", "broken:reply").code == 2
    assert sys.path == before


def test_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a trace both machines still agree on the state."""
    found = [
        call(capsys, "run", "trip.scr", "--no-trace", "--json", "--engine", name).json
        for name in ("model", "engine")
    ]
    assert found[0] | {"engine": ""} == found[1] | {"engine": ""}
    assert found[0]["digest"] is None
    assert call(capsys, "run", "trip.scr", "--no-trace").out.startswith("Done: ")


def test_a_tail(capsys: pytest.CaptureFixture[str]) -> None:
    """The last events are told, on both machines; of what is not whole there is no digest."""
    whole = call(capsys, "run", "trip.scr", "--json", "--events").json
    for name in ("model", "engine"):
        words = ("--trace", "tail:3", "--engine", name)
        found = call(capsys, "run", "trip.scr", *words, "--json", "--events").json
        assert found["event_list"] == whole["event_list"][-3:]
        assert (found["state_digest"], found["digest"]) == (whole["state_digest"], None)
        assert (found["trace_digest"], found["normal_digest"], found["events"]) == (None,) * 3
    shown = call(capsys, "run", "trip.scr", "--trace", "tail:2").out.splitlines()
    assert shown[0] == "The last 2 events:"
    assert shown[2].endswith("session 0: the session is over")
    assert shown[3].startswith("Done: ")


def test_a_file_of_events(capsys: pytest.CaptureFixture[str]) -> None:
    """Every event is in it, on both machines, and the run has the digest of a whole trace."""
    whole = call(capsys, "run", "trip.scr", "--json", "--events").json
    for name in ("model", "engine"):
        words = ("--trace", "file:out", "--engine", name, "--record", "x.rec")
        found = call(capsys, "run", "trip.scr", *words, "--json").json
        for key in ("digest", "trace_digest", "state_digest"):
            assert found[key] == whole[key]
        assert (found["normal_digest"], found["events"]) == (None, None)
        lines = Path("out").read_text().splitlines()
        assert list(map(json.loads, lines[1:])) == whole["event_list"]
        assert call(capsys, "replay", "x.rec").out.endswith(f"digest {whole['digest']}\n")
    shown = call(capsys, "run", "trip.scr", "--trace", "file").out
    assert shown.endswith("The events are in Trip.trace.\n")
    assert Path("Trip.trace").read_bytes() == Path("out").read_bytes()


def test_full_and_off(capsys: pytest.CaptureFixture[str]) -> None:
    """They are what there is without the option, and ``--no-trace``."""
    one = ("run", "trip.scr", "--json")
    assert call(capsys, *one, "--trace", "full").json == call(capsys, *one).json
    off = call(capsys, *one, "--trace", "off").json
    assert off == call(capsys, *one, "--no-trace").json
    assert off == call(capsys, *one, "--no-trace", "--trace", "off").json


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--trace", "tale:3"), "unknown-trace-mode"),
        (("--trace", "tail:x"), "unknown-trace-mode"),
        (("--trace", "full", "--no-trace"), "usage"),
        (("--trace", "file:x", "--record", "./x"), "usage"),
        (("--trace", "file:trip.scr"), "unwritable-file"),
        (("--trace", "file:x", "--events"), "usage"),
        (("--trace", "tail:3", "--format", "mermaid"), "usage"),
        (("--trace", "tail:3", "--engine", "waves"), "usage"),
    ],
    ids=" ".join,
)
def test_rejects_modes(
    words: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mode that there is not, or that does not go with the rest, is refused before the run."""
    answer = call(capsys, "run", "trip.scr", "--json", *words)
    assert (answer.code, answer.json["error"]["code"]) == (2, code)
    assert Path("trip.scr").read_text() == TRIP
    assert not Path("x").exists()


def test_mermaid(capsys: pytest.CaptureFixture[str]) -> None:
    """The conversation as a Mermaid diagram and nothing else."""
    out = call(capsys, "run", "trip.scr", "--choices", "leave", "--format", "mermaid").out
    assert out.startswith("sequenceDiagram\n")
    assert out.endswith("    r0-)r1: leave\n")


def test_what_a_handler_prints_is_not_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With ``--json`` there is one document on standard output, whatever a handler prints."""
    monkeypatch.chdir(tmp_path)
    Path("trip.scr").write_text(TRIP)
    Path("chatty.py").write_text(
        "print('read')\n"
        "def reply(ask):\n"
        "    print('asked')\n"
        "    return 'leave' if ask.kind == 'choice' else None\n"
    )
    answer = call(capsys, "run", "trip.scr", "--handler", "chatty:reply", "--json")
    assert answer.json["outcome"] == "Done"
    assert answer.err.split()[:2] == ["read", "asked"]
    shown = call(capsys, "run", "trip.scr", "--handler", "chatty:reply")
    assert "asked" in shown.out


def test_rejects_a_recording_over_the_protocol(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recording is not written over the protocol that it is of, by any of its names."""
    path, link = tmp_path / "trip.scr", tmp_path / "link"
    path.write_text(TRIP)
    link.symlink_to(path)
    for target in (path, link):
        answer = call(capsys, "run", path, "--record", target)
        assert answer.code == 2
        assert "this is the protocol itself" in answer.err
    assert path.read_text() == TRIP


GIVING = """\
global protocol Giving(role A, role B) {
    rec Again {
        choice at A { give(Inner@Y) from A to B; continue Again; } or { stop() from A to B; }
    }
}
aux global protocol Inner(role X, role Y) {
    rec On { choice at X { on(nat) from X to Y; continue On; } or { off() from X to Y; } }
}
"""


TURNS = """\
import wanted


class Turns:
    def choice(self, ask):
        if ask.position.role == "A":
            return "give" if ask.position.iteration < wanted.gives else "stop"
        return "on" if ask.position.iteration < 2 * wanted.ons else "off"


turns = Turns()
"""


def test_sessions_that_are_opened_are_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """Below the first one, each from its start; not more than a few, and not without end."""
    Path("giving.scr").write_text(GIVING)
    Path("turns.py").write_text(TURNS)

    def drawn(gives: int, ons: int, *words: object) -> str:
        Path("wanted.py").write_text(f"gives, ons = {gives}, {ons}\n")
        for module in ("wanted", "turns"):
            sys.modules.pop(module, None)
        return call(capsys, "run", "giving.scr", "--handler", "turns:turns", *words).out

    lines = drawn(1, 0).splitlines()
    (start,) = (at for at, line in enumerate(lines) if line == "Session 1 was opened in step 3.")
    assert not any("off" in line for line in lines[:start])
    assert any("chooses off" in line for line in lines[start:])
    assert lines[-2].startswith("Done: ")
    many = drawn(5, 0)
    assert many.count(" was opened in step ") == 3
    assert "\n2 more were opened later.\n" in many
    assert "and so on" in drawn(1, 250).partition("Session 1 was opened")[2]
    assert "was opened" not in drawn(1, 0, "--sessions", 2)


def test_waves(capsys: pytest.CaptureFixture[str]) -> None:
    """Many sessions in waves have the normal digest of the engine; they are not recorded."""
    one = ("run", "trip.scr", "--sessions", 40, "--json")
    waves = (*one, "--engine", "waves", "--workers", 2)
    expected = call(capsys, *one).json
    for more in ((), ("--wave-width", 1), ("--wave-width", 3, "--widening")):
        found = call(capsys, *waves, *more).json
        assert (found["engine"], found["outcome"]) == ("waves", "Done")
        assert found["normal_digest"] == expected["normal_digest"]
    for more in (("--record", "x.rec"), ("--no-trace",)):
        assert call(capsys, *waves, *more).json["error"]["code"] == "usage"


def test_threads(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Everything but the machine's name is that of the engine; with a recording, without events."""
    one = ("run", "trip.scr", "--sessions", 40, "--json")
    threads = ("--engine", "threads", "--workers", 2)
    for more in ((), ("--no-trace",), ("--policy", "aging")):
        expected = call(capsys, *one, *more).json
        assert call(capsys, *one, *threads, *more).json == expected | {"engine": "threads"}
    for name, how in (("a", ()), ("b", threads)):
        assert call(capsys, *one, *how, "--record", tmp_path / name).code == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    for wrong in (("--wave-width", 2), ("--widening",)):
        assert call(capsys, *one, *threads, *wrong).json["error"]["code"] == "usage"
    assert call(capsys, *one, "--workers", 2).json["error"]["code"] == "usage"
