"""The recording that is written while a run goes on."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.effects.host import SeededHost, tape
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Pending, Position
from antiphon.machine.choice import Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.outcome import Report
from antiphon.model.machine import Model
from antiphon.replay.appended import (
    Recorder,
    Source,
    Stored,
    decode_stored,
    event_print,
)
from antiphon.replay.recording import (
    PICKS,
    Digests,
    Recording,
    Setup,
    digests,
    encode_recording,
)
from antiphon.replay.replayer import replay
from antiphon.scheduler.drive import drive
from tests.unit.replay.runs import IMAGE, by_picks, by_policy, by_time

SOURCE = Source("q.scr", "question", "// nothing")


class Run:
    """A run on the model that is recorded, and its file so far."""

    def __init__(self, policy: str = "cooperative", *, traced: bool = True) -> None:
        self.data = b""
        self.setup = Setup((IMAGE,), (3,), policy, Config(1))
        self.recorder = Recorder(self.write, self.setup, source=SOURCE, traced=traced)
        self.model = Model(
            self.setup.config, self.recorder.host(SeededHost(3)), request=unadmitted()
        )
        for _ in range(3):
            self.model.load(IMAGE)
        assert self.data == b"", "nothing is written before the first mark"
        self.recorder.mark(self.model, 0)

    def write(self, data: bytes) -> None:
        """Append."""
        self.data += data

    def play(self, steps: int = 1000) -> Report:
        """Go on under the policy."""
        go = partial(drive, self.model, self.setup.policy)
        return self.recorder.play(self.model, go, steps)


def whole(*, traced: bool = True) -> bytes:
    """The file of a whole run."""
    run = Run(traced=traced)
    run.play()
    found = digests(run.model, run.setup)
    run.recorder.end(found if traced else Digests(found.state, "", "", ""))
    return run.data


WHOLE = whole()
LINES = WHOLE.splitlines(keepends=True)


def again(stored: Stored) -> Any:
    """What a replay on the model differs in."""
    recording = stored.recording
    return replay(
        lambda config: Model(config, tape(recording.answers), request=unadmitted()),
        recording,
        drive,
    )


def test_the_file_is_as_written_down() -> None:
    """Version 3 of the format never changes."""
    head = json.loads(LINES[0])
    assert [*head] == [
        *("format", "version", "semantics", "images", "sessions", "unverified", "config"),
        *("policy", "source"),
    ]
    assert (head["format"], head["version"]) == ("antiphon-recording", 3)
    assert head["semantics"] == ["positions-count-answers", "time-passes-when-idle"]
    assert head["source"] == {"file": "q.scr", "protocol": "question", "text": "// nothing"}
    rest = [json.loads(line) for line in LINES[1:]]
    assert rest[0][:3] == ["mark", 0, None]
    assert rest[1][:2] == ["answers", [0, "A", 0, 0, rest[1][1][4]]]
    assert [line[0] for line in rest][-2:] == ["mark", "end"]
    for prints in (line[4] for line in rest if line[0] == "mark"):
        assert len(prints) % 8 == 0


@pytest.mark.parametrize("traced", [True, False])
def test_it_is_had_again(traced: bool) -> None:
    """A whole file replays to its digests; without a trace to that of the state."""
    stored = decode_stored(whole(traced=traced))
    found = again(stored)
    assert (stored.version, stored.is_whole, stored.source) == (3, True, SOURCE)
    assert found.difference is None
    assert found.report.steps == stored.recording.steps == stored.marks[-1].steps
    assert stored.recording.expected.state == found.digests.state
    assert stored.recording.expected.run == (found.digests.run if traced else "")
    assert bool(stored.prints) is traced


def test_prints_know_each_event() -> None:
    """There is one for every event, in order."""
    run = Run()
    run.play()
    stored = decode_stored(run.data)
    assert stored.prints == tuple(map(event_print, run.model.events()))


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
            assert stored.recording.expected.trace == marks[-1][3] == found.digests.trace


def test_nothing_is_left_of_a_first_line() -> None:
    """A file that was cut off in its first line holds no run, and says so."""
    for size in (1, 40, len(LINES[0]) - 1):
        with pytest.raises(Refusal) as caught:
            decode_stored(WHOLE[:size])
        assert caught.value.code == "truncated-recording"


def test_picks_and_what_is_between() -> None:
    """Picks are kept in lines of some hundreds, wakes at their place; an end needs no mark."""
    run = Run(PICKS)
    for coroutine in [0, 1] * 600:
        run.recorder.pick(coroutine)
    run.recorder.between(Wake(1))
    run.recorder.pick(5)
    unfinished = decode_stored(run.data).recording
    assert (unfinished.steps, unfinished.picks, unfinished.between) == (0, (), ())
    run.recorder.mark(run.model, 0)
    run.recorder.between(Wake(0))
    assert decode_stored(run.data).recording.between == ((1200, Wake(1)),)
    run.recorder.end(Digests("", "", "", ""))
    recording = decode_stored(run.data).recording
    assert recording.picks == (*[0, 1] * 600, 5)
    assert recording.between == ((1200, Wake(1)), (1201, Wake(0)))
    assert max(map(len, run.data.splitlines()[1:])) < 2000


def test_answers_keep_their_order_and_line() -> None:
    """Several answers at one position, and that of a coroutine that asks as itself."""
    run = Run()
    place = Position(0, "A", 0, 0, (1, 2))
    ask: Any = type("Ask", (), {"position": place})
    for answer in (Pending(), Pending()):
        run.recorder.host(lambda _, answer=answer: answer)(ask)
    run.recorder.mark(run.model, 0)
    assert decode_stored(run.data).recording.answers == {place: (Pending(), Pending())}


def test_marks_are_closer_where_much_is_asked() -> None:
    """Not many answers are lost with a process; a long silence makes few marks."""
    run, asked = Run(), [20, 20, 20, 20, 0, 0, 0, 0, 0]
    strides: list[int] = []

    def go(steps: int) -> Report:
        strides.append(steps)
        ask: Any = type("Ask", (), {"position": Position(0, "A", 0, 0)})
        for _ in range(asked[len(strides) - 1]):
            run.recorder.host(lambda _: Pending())(ask)
        return Report(steps, drive(run.model, "cooperative", 0).outcome, ())

    run.recorder.play(run.model, go, 8 + 4 + 2 + 1 + 1 + 2 + 4 + 8 + 16)
    assert strides == [8, 4, 2, 1, 1, 2, 4, 8, 16]


def test_states_are_seldom_digested() -> None:
    """The state is known at marks, and each time after four times as many steps."""
    run = Run()
    for _ in range(70):
        run.recorder.mark(run.model, 2**20)
    known = [mark.steps for mark in decode_stored(run.data).marks if mark.state]
    assert known == [2**22, 2**24, 2**26]


def test_what_is_too_long_keeps_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run goes on; its file ends before it would be too large, and that is said."""
    monkeypatch.setattr("antiphon.replay.appended.JSON_SIZE_MAX", len(LINES[0]) + 200)
    run = Run()
    run.play()
    with pytest.raises(Refusal, match="only the beginning") as caught:
        run.recorder.end(Digests("", "", "", ""))
    assert caught.value.code == "too-large"
    assert decode_stored(run.data).recording.steps == 0


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
        (1, ["mark", 0, None, None, "12"]),
        (1, ["mark", -1, None, None, None]),
        (1, ["mark", 1000, None, None, None]),
        (1, ["mark", 0, "x", None, None]),
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
        (b'"version":3', b'"version":4', "unknown-version"),
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
