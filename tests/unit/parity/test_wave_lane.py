"""The lane of waves."""

from __future__ import annotations

from collections import Counter

import pytest

from antiphon.parity import wave_lane
from antiphon.parity.comparison import Parting
from antiphon.parity.corpus import play
from antiphon.parity.ensemble import Differs
from antiphon.parity.source import Source
from antiphon.parity.subject import MODEL
from antiphon.parity.wave_lane import (
    WORKERS,
    WaveReport,
    narrow_shape_of,
    run,
    run_case,
    shape_of,
    shrunk,
    wide_shape_of,
)
from antiphon.parity.wave_trial import Shape, WaveCounts


def test_every_shape() -> None:
    """Every width is met with every number of workers, with widening and without."""
    shapes = [shape_of(number) for number in range(360)]
    assert {(one.width, one.workers) for one in shapes} == {
        (width, workers) for width in (1, 2, 3, 8) for workers in WORKERS
    }
    assert {one.widening for one in shapes if one.width > 1} == {True, False}
    assert sum(one.width == 1 for one in shapes) == 180


def test_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is the same for every number of jobs."""
    done: list[int] = []
    monkeypatch.setattr(wave_lane, "STRETCH", 10)
    one = run(16, 2, 1, lambda so_far, _, __: done.append(so_far))
    assert one.to_json() == run(16, 2, 2).to_json()
    assert one.is_good
    assert one.result != run(8, 2).result
    assert done == [10, 16]
    assert one.found.counts["cases"] == 16


def test_crowds_are_left_out() -> None:
    """They would take long and show little."""
    assert run_case(99, 1, Shape(2, 1, widening=True)) == WaveCounts()


def test_missed() -> None:
    """Too few wide waves, and what was never seen, are no good sign, if there were enough."""
    found = WaveCounts(widths=Counter({1: 900, 2: 200}))
    report = WaveReport(1, found, (), None)
    assert (report.waves, report.wide) == (1100, 200)
    assert len(report.missed()) == 4
    assert not report.is_good
    assert WaveReport(1, WaveCounts(widths=Counter({1: 9})), (), None).is_good


def test_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first difference is told."""

    def differs(_source: Source, number: int, *_: object) -> WaveCounts:
        if number < 3:
            return WaveCounts()
        raise Differs("waves", "wave 2", Parting(".clock", "1", "2"))

    monkeypatch.setattr(wave_lane, "_run_drawn", differs)
    report = run(5, 1)
    assert report.differing == (3, 4)
    assert not report.is_good
    told = report.to_json()["first"]
    assert isinstance(told, dict)
    assert (told["case"], told["path"]) == (3, ".clock")
    assert report.first is not None
    smaller, kept = shrunk(report.first)
    assert (smaller.case, smaller.shape, smaller.draws) == (3, shape_of(3), ())
    play(kept[0], (MODEL,))


def test_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not begun by then is left out, by one job and by two, which heed the shapes."""
    monkeypatch.setattr(wave_lane, "STRETCH", 1)
    for jobs in (1, 2):
        report = run(3, 1, jobs, shapes=wide_shape_of, is_over=lambda: True)
        assert report.found.counts["cases"] == 1
        assert report.waves > 0
    assert run(1, 1, shapes=narrow_shape_of).waves == 0
