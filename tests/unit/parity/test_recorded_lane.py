"""The lane of recordings: what it counts, and what it notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from antiphon.parity import recorded_lane
from antiphon.parity.recorded import recorded_run
from antiphon.parity.recorded_lane import KINDS, amiss_with, cut, run, run_stretch
from antiphon.parity.report import render_recorded
from antiphon.replay.recording import Digests
from antiphon.replay.stored import Stored, decode_stored

DATA = recorded_run(3, 1)


def test_jobs_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is the same however many processes have made it."""
    monkeypatch.setattr(recorded_lane, "STRETCH", 5)
    assert run(10, 5, 3) == run(10, 5, 3, jobs=2)
    few = run(10, 5, 3, 2, is_over=lambda: True)
    assert (few.runs, few.cuts) == (5, 5)


def test_kinds_are_counted() -> None:
    """Each is there, the report says how often; with few runs it says which are not."""
    few = run(2, 0, 1)
    assert few.missing
    assert set(few.missing) < set(KINDS[:-2])
    assert not few.is_good
    assert ", ".join(few.missing) in render_recorded(few)
    assert few.to_json()["admission"] == "unadmitted"
    assert run(2, 1, 1).missing[-1].startswith("cut to")


def test_what_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run and the machine, and what is not as it was."""
    stored = decode_stored(DATA)
    assert list(amiss_with(stored, is_whole=True)) == []
    assert list(amiss_with(stored, is_whole=False)) == ["the end is there"]
    assert list(amiss_with(replace(stored, is_whole=False), is_whole=True)) == [
        "the end is missing"
    ]
    digests = Digests("0" * 64, "", "", "")
    wrong = replace(stored, recording=replace(stored.recording, expected=digests))
    found = list(amiss_with(wrong, is_whole=True))
    assert [each.split(":")[0] for each in found] == ["model", "engine"]
    assert all("state is" in each for each in found)
    read: Callable[[bytes], Stored] = lambda _: wrong  # noqa: E731
    monkeypatch.setattr(recorded_lane, "decode_stored", read)
    _, amiss = run_stretch((1, 7, 8, 0))
    assert [number for number, _ in amiss] == [7, 7]
    report = recorded_lane.run(1, 0, 1)
    assert "run 0: model: state is" in render_recorded(report)
    assert not report.is_good


def test_a_run_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the fewest steps with which it is not had again; all if only a part is not."""
    whole = decode_stored(recorded_run(3, 1)).recording

    def from_four(stored: Stored, *, is_whole: bool) -> list[str]:
        return ["no"] if is_whole and stored.recording.steps >= 4 else []

    monkeypatch.setattr(recorded_lane, "amiss_with", from_four)
    assert recorded_lane.shrunk(3, 1).steps == 4
    monkeypatch.setattr(recorded_lane, "STEPS_MAX", 4)
    assert recorded_lane.shrunk(3, 1).steps == whole.steps > 4


def test_a_run_that_cannot_be_had_again() -> None:
    """What the machine says is what is wrong."""
    stored = decode_stored(DATA)
    setup = replace(stored.recording.setup, sessions=(2**20,))
    wrong = replace(stored, recording=replace(stored.recording, setup=setup))
    assert all("coroutines and registers" in each for each in amiss_with(wrong, is_whole=True))


def test_what_is_left_of_a_file() -> None:
    """Nothing of a first line, and else what the last mark says; a file that lies is noticed."""
    first = DATA.index(b"\n")
    assert cut(DATA, 0) == cut(DATA, first) == (0, [])
    assert cut(DATA, first + 1) == (0, [])
    end = DATA.rindex(b'["end"')
    steps, amiss = cut(DATA, end)
    assert (steps > 0, amiss) == (True, [])
    damaged = DATA[:end].replace(b'["mark",0,', b'["mork",0,', 1) + b"..."
    assert cut(damaged, len(damaged))[1][0].startswith("this recording is damaged in line 2")
    extra = b'["mark",1' + DATA[first + 9 :]
    assert cut(DATA[: first + 1] + extra, len(DATA) - 9)[1]
