"""Runs that were recorded: had again on every machine, whatever is left of them, for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.parity.recorded import MACHINES, difference_of
from antiphon.parity.recorded_lane import run
from antiphon.replay.stored import VERSION_4, decode_stored

RUNS = 500
CUTS = 100
PARTS = 4
STORED = sorted((Path(__file__).parents[1] / "recordings").glob("*.rec"))


@pytest.mark.parametrize("seed", range(1, PARTS + 1))
def test_runs_are_had_again(seed: int) -> None:
    """What the engine did, with effects, failures and many sessions, is had again on the model and
    on the engine, whole and cut off at any byte; and there were some of every kind.
    """
    report = run(RUNS // PARTS, CUTS // PARTS, seed)
    assert report.wrong == ()
    assert report.missing == ()


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
    assert {place.stem[:3] for place in STORED} == {f"v{n}-" for n in range(1, VERSION_4 + 1)}
