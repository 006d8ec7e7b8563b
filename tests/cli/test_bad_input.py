"""Whatever is wrong with the input, a command ends soon, with the right code and no traceback."""

from __future__ import annotations

import os
import sys
from itertools import product
from pathlib import Path

import pytest

from tests.cli.command import TRIP, UNPROJECTABLE, Answer, call

READERS = ("check", "project", "run", "fmt")
UNREADABLE = {
    "missing-file": None,
    "is-a-directory": None,
    "not-a-file": None,
    "invalid-utf8": b"global protocol \xff\xfe",
    "too-large": b"a" * 70_000_000,
}
WRONG = {
    "syntax-error": "global protocol P(role A, role B) " + "{" * 100_000,
    "nesting-too-deep": "global protocol P(role A, role B) {" + "rec X {" * 100_000,
    "unterminated-comment": "/* " * 100_000,
    "undeclared-role": "global protocol P(role A, role B) { m() from A to C; }",
}


def bad_file(folder: Path, code: str) -> Path:
    """A file that cannot be read, for the reason that ``code`` names."""
    if code == "is-a-directory":
        return folder
    path = folder / "bad.scr"
    if code == "not-a-file":
        os.mkfifo(path)
    content = UNREADABLE[code]
    if content is not None:
        path.write_bytes(content)
    return path


def assert_quiet(answer: Answer) -> None:
    """No traceback, on either stream."""
    assert "Traceback" not in answer.out + answer.err
    assert len(answer.out + answer.err) < 20_000


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        *product(READERS, UNREADABLE),
        *(("replay", code) for code in UNREADABLE if code != "invalid-utf8"),
    ],
)
def test_rejects_unreadable_files(
    verb: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be read is exit code 2, with its name, as text and as JSON."""
    path = bad_file(tmp_path, code)
    answer = call(capsys, verb, path)
    assert (answer.code, answer.out) == (2, "")
    assert code in answer.err
    assert path.name in answer.err
    answer = call(capsys, verb, path, "--json")
    assert (answer.code, answer.err) == (2, "")
    assert answer.json["error"]["code"] == code


@pytest.mark.parametrize(
    ("verb", "code"),
    [pair for pair in product(READERS, WRONG) if pair != ("fmt", "undeclared-role")],
)
def test_rejects_wrong_texts(
    verb: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong text is exit code 1, with a place and a picture, as text and as JSON."""
    path = tmp_path / "wrong.scr"
    path.write_text(WRONG[code])
    answer = call(capsys, verb, path)
    assert answer.code == 1
    assert f"error[{code}]" in answer.out + answer.err
    assert f"{path}:1:" in answer.out + answer.err
    assert_quiet(answer)
    answer = call(capsys, verb, path, "--json")
    assert answer.code == 1
    assert code in {found["code"] for found in answer.json["diagnostics"]}
    assert all(found["line"] == 1 for found in answer.json["diagnostics"])


def test_names_and_messages_stay_on_their_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name of a file with line ends and escape sequences is shown by escapes, and in JSON as it
    is; so is what a handler says.
    """
    monkeypatch.chdir(tmp_path)
    name = "x\nok\x1b[2K.scr"
    shown = "x\\nok\\x1b[2K.scr"
    answer = call(capsys, "check", name)
    assert answer.err.startswith(f"error[missing-file]: {shown}: ")
    for text in (WRONG["undeclared-role"], WRONG["syntax-error"], "", UNPROJECTABLE, TRIP):
        Path(name).write_text(text)
        for verb in ("check", "project", "run", "fmt", "replay"):
            answer = call(capsys, verb, name)
            assert "\x1b" not in answer.out + answer.err
            assert "\nok" not in answer.out + answer.err
    Path(name).write_text(WRONG["undeclared-role"])
    assert f"--> {shown}:1:" in call(capsys, "check", name).out
    assert call(capsys, "check", name, "--json").json["diagnostics"][0]["file"] == name
    Path("trip.scr").write_text(TRIP)
    Path("rude.py").write_text("def reply(ask): raise OSError('a\\nerror[x]: \\x1b[2J')")
    monkeypatch.setattr(sys, "path", [*sys.path])
    out = call(capsys, "run", "trip.scr", "--handler", "rude:reply").out
    assert "  note: the host said: OSError: a\\nerror[x]: \\x1b[2J\n" in out


@pytest.mark.parametrize("verb", ["check", "project", "run"])
def test_rejects_unprojectable_choices(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A role that cannot play its part is exit code 1, at the choice that it does not hear of."""
    path = tmp_path / "bad.scr"
    path.write_text(UNPROJECTABLE)
    answer = call(capsys, verb, path)
    assert answer.code == 1
    assert "error[unmergeable]: C cannot tell two runs apart" in answer.out + answer.err
    found = call(capsys, verb, path, "--json").json["diagnostics"]
    assert [(one["code"], one["line"], one["column"]) for one in found] == [("unmergeable", 2, 5)]


USAGE = {
    "unknown option": ("run", "trip.scr", "--speed", "9"),
    "unknown command": ("sing", "trip.scr"),
    "unknown group command": ("parity", "sing"),
    "no file": ("check",),
    "a policy that is none": ("run", "trip.scr", "--policy", "fair"),
    "workers of later": ("run", "trip.scr", "--workers", "4"),
    "an engine that is none": ("run", "trip.scr", "--engine", "steam"),
    "no sessions": ("run", "trip.scr", "--sessions", "0"),
    "too many sessions": ("run", "trip.scr", "--sessions", "2000000"),
    "steps that are none": ("run", "trip.scr", "--max-steps", "x"),
    "two hosts": ("run", "trip.scr", "--seed", "1", "--choices", "leave"),
    "a handler without object": ("run", "trip.scr", "--handler", "answers"),
    "an extra argument": ("doctor", "trip.scr"),
}


@pytest.mark.parametrize("words", USAGE.values(), ids=USAGE)
def test_rejects_bad_usage(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Bad usage is exit code 2 and says what is wrong, as text and as JSON."""
    monkeypatch.chdir(tmp_path)
    Path("trip.scr").write_text(TRIP)
    answer = call(capsys, *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error[usage]: ")
    answer = call(capsys, *words, "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "usage"
    assert answer.json["error"]["message"]


def test_rejects_events_without_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of events is for programs; people get a picture."""
    path = tmp_path / "trip.scr"
    path.write_text(TRIP)
    answer = call(capsys, "run", path, "--events")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error[usage]: ")


REQUESTS = {
    "unknown-role": ("project", "trip.scr", "--role", "Pilot"),
    "unknown-protocol": ("run", "trip.scr", "--protocol", "Journey"),
    "several-protocols": ("run", "two.scr"),
    "unusable-handler": ("run", "trip.scr", "--handler", "nowhere_to_be_found:x"),
    "not-a-handler": ("run", "trip.scr", "--handler", "math:pi"),
    "unwritable-file": ("run", "trip.scr", "--record", "no/such/folder/x.json"),
    "missing-file": ("replay", "nothing.json"),
    "not-json": ("replay", "trip.scr"),
    "bad-name": ("new", "../elsewhere"),
    "exists": ("new", "there"),
    "no-corpus": ("parity", "mutants", "--corpus", "nowhere"),
}


@pytest.mark.parametrize(("code", "words"), REQUESTS.items(), ids=REQUESTS)
def test_rejects_requests(
    code: str,
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A request that cannot be met is exit code 2, under its own code."""
    monkeypatch.chdir(tmp_path)
    Path("there").mkdir()
    Path("trip.scr").write_text(TRIP)
    Path("two.scr").write_text(TRIP + TRIP.replace("Trip", "Other"))
    answer = call(capsys, *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error[{code}]: ")
    assert call(capsys, *words, "--json").json["error"]["code"] == code
