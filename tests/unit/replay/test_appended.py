"""The recording that is written while a run goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from antiphon.errors import Refusal
from antiphon.machine.ask import Pending, Position
from antiphon.machine.choice import Wake
from antiphon.machine.event_print import event_print
from antiphon.machine.outcome import Report
from antiphon.replay.recording import (
    PICKS,
    Digests,
)
from antiphon.replay.stored import decode_stored
from antiphon.scheduler.drive import drive
from tests.unit.replay.appending import LINES, SOURCE, Run, again, whole


def test_the_file_is_as_written_down() -> None:
    """Version 4 of the format never changes."""
    head = json.loads(LINES[0])
    assert [*head] == [
        *("format", "version", "semantics", "images", "sessions", "unverified", "config"),
        *("policy", "source"),
    ]
    assert (head["format"], head["version"]) == ("antiphon-recording", 4)
    assert head["semantics"] == ["positions-count-answers", "time-passes-when-idle"]
    assert head["source"] == {"file": "q.scr", "protocol": "question", "text": "// nothing"}
    rest = [json.loads(line) for line in LINES[1:]]
    assert rest[0][:3] == ["mark", 0, None]
    assert rest[1][:2] == ["answers", [0, "A", 0, 0, rest[1][1][4]]]
    assert [line[0] for line in rest][-2:] == ["mark", "end"]
    for prints in (line[3] for line in rest if line[0] == "mark"):
        assert len(prints) % 8 == 0


@pytest.mark.parametrize("traced", [True, False])
def test_it_is_had_again(traced: bool) -> None:
    """A whole file replays to its digests; without a trace to that of the state."""
    stored = decode_stored(whole(traced=traced))
    found = again(stored)
    assert (stored.version, stored.is_whole, stored.source) == (4, True, SOURCE)
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
