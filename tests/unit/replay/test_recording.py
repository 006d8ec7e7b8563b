"""Recordings as files."""

import json
from dataclasses import replace
from typing import Any

import pytest

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Chosen, Pending, Position, Refused
from antiphon.machine.choice import Advance, Wake
from antiphon.machine.config import Config
from antiphon.replay.recording import (
    PICKS,
    Digests,
    Load,
    Recording,
    Setup,
    decode_recording,
    encode_recording,
)
from antiphon.values.value import Blob, Nat
from tests.unit.replay.runs import IMAGE, by_picks, by_policy, by_time

PLACE = Position(0, "A", 1, 0)
EXPECTED = Digests("0" * 64, "1" * 64, "2" * 64, "3" * 64)
SMALL = Recording(
    Setup((IMAGE,), (1,), PICKS, Config(5), unverified=True),
    3,
    (0, 1, 0),
    ((1, Wake(1)), (3, Wake(0))),
    {
        Position(1, "A", 0, 0): (Nat(1),),
        PLACE: (Pending(), Refused("busy")),
        Position(0, "A", 0, 0): (Chosen("yes"),),
    },
    EXPECTED,
)


def as_json(recording: Recording = SMALL) -> dict[str, Any]:
    """What the file of a recording says."""
    return json.loads(encode_recording(recording))


def test_the_file_is_as_written_down() -> None:
    """Version 1 of the format never changes."""
    data = as_json()
    (image,) = data.pop("images")
    assert image["name"] == "question"
    at = {"session": 0, "role": "A", "node": 0, "iteration": 0}
    assert data == {
        "format": "antiphon-recording",
        "version": 1,
        "sessions": [1],
        "unverified": True,
        "config": {"capacity": 5},
        "policy": "picks",
        "steps": 3,
        "picks": [0, 1, 0],
        "wakes": [[1, 1], [3, 0]],
        "answers": [
            {**at, "answers": [{"label": "yes"}]},
            {**at, "node": 1, "answers": ["pending", {"refused": "busy"}]},
            {**at, "session": 1, "answers": [{"value": {"Nat": 1}}]},
        ],
        "expected": {"state": "0" * 64, "trace": "1" * 64, "normal": "2" * 64, "run": "3" * 64},
    }


def test_version_2_is_as_written_down() -> None:
    """What version 1 has no word for makes a file of version 2; nothing else does."""
    between = ((1, Load(0, 2)), (1, Wake(1)), (3, Advance(2**40)))
    later = replace(SMALL, between=between)
    old, data = as_json(), as_json(later)
    assert (old.pop("version"), data.pop("version")) == (1, 2)
    old.pop("wakes")
    assert data.pop("between") == [[1, "load", 0, 2], [1, "wake", 1], [3, "advance", 2**40]]
    assert data == old
    assert decode_recording(encode_recording(later)).between == between


@pytest.mark.parametrize(
    "item",
    [[1], [1, "load", 1, 1], [1, "load", 0, 2**20], [1, "wait", 1], [4, "wake", 0], [1, "advance"]],
    ids=repr,
)
def test_rejects_what_is_not_between(item: list[object]) -> None:
    """A load is of an image that is listed, not of too many sessions; nothing is after the end."""
    data = as_json(replace(SMALL, between=((0, Advance(1)),)))
    data["between"] = [item]
    with pytest.raises(Refusal) as caught:
        decode_recording(json.dumps(data).encode())
    assert caught.value.code == "malformed-recording"


@pytest.mark.parametrize(
    "recording",
    [SMALL, by_policy(), by_picks(), by_time()],
    ids=["small", "policy", "picks", "time"],
)
def test_recordings_come_back(recording: Recording) -> None:
    """A file is decoded to a recording that encodes to the same bytes."""
    data = encode_recording(recording)
    back = decode_recording(data)
    assert encode_recording(back) == data
    assert (back.steps, back.picks, back.between) == (
        recording.steps,
        recording.picks,
        recording.between,
    )
    assert (back.answers, back.expected) == (recording.answers, recording.expected)
    assert back.setup.images[0].programs == recording.setup.images[0].programs


def test_the_order_of_answers_does_not_matter() -> None:
    """Answers are kept by position, so that the file does not depend on the schedule."""
    turned = replace(SMALL, answers=dict(reversed(list(SMALL.answers.items()))))
    assert encode_recording(turned) == encode_recording(SMALL)


def test_picks_only_where_the_policy_does_not_determine_them() -> None:
    """A run under a policy lists no picks."""
    assert as_json(by_policy())["picks"] is None
    assert len(as_json(by_picks())["picks"]) == by_picks().steps


@pytest.mark.parametrize(
    ("images", "sessions", "policy"),
    [
        ((IMAGE,), (), "cooperative"),
        ((IMAGE,), (-1,), "cooperative"),
        ((IMAGE,), (2**20 + 1,), "cooperative"),
        ((IMAGE,), (1,), "fair"),
    ],
    ids=["none", "negative", "many", "policy"],
)
def test_rejects_impossible_setups(images: Any, sessions: Any, policy: str) -> None:
    """What cannot be set up is a ValueError where it is made."""
    with pytest.raises(ValueError, match=r"session|policy"):
        Setup(images, sessions, policy)


@pytest.mark.parametrize(
    "change",
    [
        {"picks": None},
        {"picks": (0,)},
        {"setup": Setup((IMAGE,), (1,), "cooperative")},
        {"between": ((2, Wake(0)), (1, Wake(0)))},
        {"between": ((4, Wake(0)),)},
        {"steps": -1, "picks": ()},
    ],
    ids=repr,
)
def test_rejects_recordings_that_contradict_themselves(change: dict[str, Any]) -> None:
    """Picks, steps and wakes fit each other."""
    with pytest.raises(ValueError, match=r"picks|wakes"):
        replace(SMALL, **change)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("more",), 1),
        (("images",), {}),
        (("sessions",), [1, 1]),
        (("sessions",), ["1"]),
        (("unverified",), 0),
        (("config",), []),
        (("config", "capacity"), 0),
        (("policy",), "cooperative"),
        (("steps",), 2),
        (("steps",), True),
        (("picks",), None),
        (("picks", 0), -1),
        (("wakes",), [[0]]),
        (("wakes",), [[9, 0]]),
        (("answers", 0), []),
        (("answers", 0, "role"), 1),
        (("answers", 0, "node"), 1),
        (("answers", 0, "answers"), ["late"]),
        (("answers", 0, "answers"), [{"label": "a", "refused": "b"}]),
        (("answers", 0, "answers"), [{"value": {"Nat": -1}}]),
        (("expected",), {}),
        (("expected", "state"), "0" * 63),
        (("expected", "state"), "G" * 64),
    ],
    ids=repr,
)
def test_rejects_damaged_files(path: tuple[str | int, ...], value: object) -> None:
    """A file with one part of another shape is a malformed recording."""
    data: Any = as_json()
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(Refusal) as caught:
        decode_recording(json.dumps(data).encode())
    assert caught.value.code == "malformed-recording"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-json"),
        (b"[]", "unknown-format"),
        (json.dumps({**as_json(), "format": "antiphon-image"}).encode(), "unknown-format"),
        (json.dumps({**as_json(), "version": 3}).encode(), "unknown-version"),
    ],
    ids=["nothing", "array", "an image", "version 3"],
)
def test_rejects_other_files(data: bytes, code: str) -> None:
    """A file that does not say that it is a recording of this version is refused."""
    with pytest.raises(Refusal) as caught:
        decode_recording(data)
    assert caught.value.code == code


def test_rejects_damaged_images() -> None:
    """A damaged image is the program's fault."""
    data = as_json()
    data["images"][0]["roles"] = 1
    with pytest.raises(ProgramError, match="malformed-image"):
        decode_recording(json.dumps(data).encode())


def test_rejects_what_would_not_be_read() -> None:
    """A recording that is larger than what is read is refused, and says what to do."""
    long = replace(SMALL, answers={PLACE: (Blob("date", bytes(JSON_SIZE_MAX)),)})
    with pytest.raises(Refusal, match="shorter run") as caught:
        encode_recording(long)
    assert caught.value.code == "too-large"
