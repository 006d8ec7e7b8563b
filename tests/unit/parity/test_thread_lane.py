"""The lane of threads."""

from __future__ import annotations

from collections import Counter

import pytest

from antiphon.parity import thread_lane
from antiphon.parity.report import render_threads
from antiphon.parity.thread_lane import KINDS, ThreadReport, run


def test_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is the same for every number of jobs; each stretch was audited."""
    monkeypatch.setattr(thread_lane, "BATCH", 2)
    one = run(4, 2)
    assert one.to_json() == run(4, 2, 2).to_json()
    assert one.is_good
    assert one.result != run(1, 2).result
    assert one.counts["cases"] == 4
    assert one.counts["audits"] >= one.counts["stretches"] > 1


def test_missed() -> None:
    """What was never seen is no good sign, if there were cases enough."""
    assert ThreadReport(1, Counter(cases=900)).missed() == KINDS
    assert "too few of stretches" in render_threads(ThreadReport(1, Counter(cases=900)))
    assert not ThreadReport(1, Counter(cases=900)).is_good
    assert ThreadReport(1, Counter(cases=9)).is_good


def test_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the model does not agree with is told."""

    def grumble(*_: object) -> str:
        return "no"

    monkeypatch.setattr(thread_lane, "audit_stretch", grumble)
    report = run(6, 2)
    assert report.differing
    assert not report.is_good
    assert "the certificate of tick" in report.first
    assert report.first in render_threads(report)
