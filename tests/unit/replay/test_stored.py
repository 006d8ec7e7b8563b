"""What is read of a recording's file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.event import Event, Halted, Opened, Sent
from antiphon.machine.event_print import event_print
from antiphon.replay.recording import (
    PICKS,
    Recording,
    encode_recording,
)
from antiphon.replay.stored import decode_stored, event_print_3, first_unknown
from antiphon.values.value import Nat
from tests.unit.replay.appending import LINES, WHOLE, Run, again
from tests.unit.replay.runs import by_picks, by_policy, by_time


@pytest.mark.parametrize("cut", range(1, len(LINES)))
def test_whatever_is_left_is_read_to_its_last_mark(cut: int) -> None:
    """A file that stops anywhere in a line, or between lines, replays to the mark before."""
    data = b"".join(LINES[:cut])
    for more in (b"", LINES[cut][:-1]):
        stored = decode_stored(data + more)
        assert not stored.is_whole
        marks = [json.loads(line) for line in LINES[1:cut] if line.startswith(b'["mark"')]
        assert stored.recording.steps == (marks[-1][1] if marks else 0)
        found = again(stored)
        assert found.difference is None
        assert found.report.steps == stored.recording.steps
        if marks:
            assert len(stored.prints) == sum(len(mark[3]) // 8 for mark in marks)


def test_nothing_is_left_of_a_first_line() -> None:
    """A file that was cut off in its first line holds no run, and says so."""
    for size in (1, 40, len(LINES[0]) - 1):
        with pytest.raises(Refusal) as caught:
            decode_stored(WHOLE[:size])
        assert caught.value.code == "truncated-recording"


@pytest.mark.parametrize("recording", [by_policy(), by_picks(), by_time()])
def test_earlier_versions(recording: Recording) -> None:
    """Versions 1 and 2 are read for ever."""
    data = encode_recording(recording)
    stored = decode_stored(data)
    assert stored.version == json.loads(data)["version"]
    assert (stored.is_whole, stored.marks, stored.prints) == (True, (), ())
    assert encode_recording(stored.recording) == data
    assert encode_recording(decode_stored(WHOLE).recording).startswith(b'{"format"')


def edited(number: int, change: Any) -> bytes:
    """The file with keys of its first line changed, or with another line in the place of one."""
    line: Any = json.loads(LINES[number])
    new = json.dumps({**line, **change} if number == 0 else change, separators=(",", ":"))
    return b"".join([*LINES[:number], new.encode() + b"\n", *LINES[number + 1 :]])


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (0, {"source": {}}),
        (0, {"more": 1}),
        (0, {"semantics": 1}),
        (0, {"sessions": [1, 1]}),
        (1, ["mark", 0, None, "12"]),
        (1, ["mark", -1, None, None]),
        (1, ["mark", 1000, None, None]),
        (1, ["mark", 0, "x", None]),
        (1, ["end", None, None, None, None]),
        (1, ["end", None]),
        (1, ["picks", 1]),
        (1, ["between", 0, "load", 7, 1]),
        (1, ["answers", [0, "A"]]),
        (1, ["answers", [0, "A", 0, 0, 3]]),
        (1, ["fork"]),
        (1, 7),
    ],
    ids=repr,
)
def test_rejects_damaged_files(number: int, change: Any) -> None:
    """A line of another shape is a malformed recording, and its number is said."""
    with pytest.raises(Refusal) as caught:
        decode_stored(edited(number, change))
    assert caught.value.code == "malformed-recording"
    assert "line" in str(caught.value)


def test_rejects_what_it_cannot_know() -> None:
    """Rules and versions of later, images that are damaged, lines that are no JSON, large files."""
    head = LINES[0]
    for old, new, code in (
        (b'"time-passes-when-idle"', b'"time-flies"', "unknown-semantics"),
        (b'"version":4', b'"version":5', "unknown-version"),
        (b'"source"', b"source", "not-json"),
    ):
        with pytest.raises(Refusal) as caught:
            decode_stored(head.replace(old, new))
        assert caught.value.code == code
    with pytest.raises(ProgramError, match="malformed-image"):
        decode_stored(head.replace(b'"roles":', b'"rolls":'))
    with pytest.raises(Refusal, match="line 2") as caught:
        decode_stored(head + b"[\n")
    assert caught.value.code == "malformed-recording"
    with pytest.raises(Refusal) as caught:
        decode_stored(WHOLE + b" " * JSON_SIZE_MAX)
    assert caught.value.code == "too-large"


def test_a_run_that_is_picked_has_as_many_steps_as_picks() -> None:
    """Marks and picks fit each other."""
    run = Run(PICKS)
    run.recorder.pick(0)
    run.recorder.mark(run.model, 1)
    with pytest.raises(Refusal, match="1 picks do not make 2 steps"):
        decode_stored(run.data)


EVENTS: tuple[Event, ...] = (
    Opened(0, 0, ("A", "B")),
    Sent(0, 0, 0, "A", "B", "a", Nat(1)),
    Sent(1, 1, 2, "A", "B", "a", Nat(1)),
    Halted(2, 0, 0, "A"),
)


def test_prints_know_the_event() -> None:
    """The first event without its print, or where one is missing."""
    prints = tuple(map(event_print, EVENTS))
    assert first_unknown(prints, EVENTS) is None
    assert first_unknown(prints, EVENTS[:3]) == 3
    assert first_unknown(prints[:3], EVENTS) == 3
    assert first_unknown(prints, (*EVENTS[:1], *EVENTS[2:])) == 1


@pytest.mark.parametrize(("version", "print_of"), [(3, event_print_3), (4, event_print)])
def test_a_recorded_event_that_did_not_happen(
    version: int, print_of: Callable[[Event], int]
) -> None:
    """In what is left of a file it is found by its print; without prints nothing is known."""
    whole = decode_stored(b"".join(LINES[:-1]))
    run = Run()
    run.play()
    prints = tuple(map(print_of, run.model.events()))
    stored = replace(whole, version=version, prints=prints)
    assert again(stored).difference is None
    wrong = replace(stored, prints=(*prints[:4], prints[4] ^ 1, *prints[5:]))
    assert again(wrong).difference.what == "event 5"
    assert again(replace(stored, prints=prints[:-1])).difference.what == f"event {len(prints)}"
    assert again(replace(stored, prints=())).difference is None
