"""Runs that were recorded: had again on every machine, whatever is left of them, for ever."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from antiphon.errors import Refusal
from antiphon.parity.recorded import MACHINES, difference_of, recorded_run
from antiphon.replay.appended import VERSION_3, decode_stored

IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
RUNS = 5000 if IS_DEEP else 500
CUTS = 1000 if IS_DEEP else 100
PARTS = 4
STORED = sorted((Path(__file__).parents[1] / "recordings").glob("*.rec"))


@pytest.mark.parametrize("part", range(PARTS))
def test_runs_are_had_again(part: int) -> None:
    """What the engine did, with effects and failures, the model and the engine do again."""
    faults = 0
    for number in range(part, RUNS, PARTS):
        stored = decode_stored(recorded_run(number, 1))
        assert stored.is_whole
        faults += bool(stored.recording.setup.config.failures)
        for make in MACHINES:
            assert difference_of(stored, make) is None, (number, make)
    assert faults > RUNS // PARTS // 50


def test_what_is_left_of_a_recording() -> None:
    """Cut off at any byte, a recording opens, and replays to its last mark."""
    rng, kept = random.Random(1), 0
    for number in range(CUTS):
        data = recorded_run(number, 2)
        size = rng.randrange(len(data))
        if size <= data.index(b"\n"):
            with pytest.raises(Refusal, match=r"cut off|not JSON"):
                decode_stored(data[:size])
            continue
        stored = decode_stored(data[:size])
        assert not stored.is_whole
        marks = [json.loads(line) for line in data[:size].split(b"\n")[1:-1] if b'["mark' in line]
        assert stored.recording.steps == (marks[-1][1] if marks else 0)
        kept += stored.recording.steps > 0
        for make in MACHINES:
            assert difference_of(stored, make) is None, (number, size, make)
    assert kept > CUTS // 10


@pytest.mark.parametrize("place", STORED, ids=lambda place: place.stem)
def test_every_version_that_was_ever_written(place: Path) -> None:
    """The files of this folder never change; each says its version in its name."""
    stored = decode_stored(place.read_bytes())
    assert place.stem.startswith(f"v{stored.version}-")
    assert stored.is_whole == ("cut" not in place.stem)
    assert stored.recording.steps > 0
    for make in MACHINES:
        assert difference_of(stored, make) is None


def test_no_version_is_missing() -> None:
    """There are recordings of every version."""
    assert {place.stem[:3] for place in STORED} == {f"v{n}-" for n in range(1, VERSION_3 + 1)}
