"""Evidence is what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from antiphon.errors import Refusal
from antiphon.machine.interface import POLICIES
from antiphon.parity import evidence as lane
from antiphon.parity import lockstep, wave_lane
from antiphon.parity.evidence import evidence_of
from antiphon.parity.lockstep import LockstepReport
from antiphon.parity.wave_lane import WaveReport
from antiphon.parity.wave_trial import WaveCounts


def test_what_was_run() -> None:
    """Evidence is of the cases that were run, and the same when they are run again."""
    found = evidence_of("now", 60, builds=("pure",))
    assert found == evidence_of("now", 60, builds=("pure",))
    report = lockstep.run(60, lane.SEED, builds=("pure",))
    of_claim = {each.claim: dict(each.counts) for each in found}
    for policy in POLICIES[1:]:
        driven = report.counts.cases[f"driven {policy}"]
        assert (f"lockstep.{policy}" in of_claim) is (driven >= lane.CASES_LEAST)
    assert of_claim["profiles.full"] == {
        "digests equal": 60,
        "cases": 60,
        "steps": report.counts.steps,
        "differences": 0,
    }
    assert of_claim["profiles.replay"] == {"alike": 10, "cases": 10}
    assert of_claim["profiles.mixed"] == {"pairs judged alike": 36, "cases": 10}
    lanes = {(each.lane, each.sources, each.result) for each in found}
    assert {lane[:2] for lane in lanes} == {
        ("lockstep", "now"),
        ("profiles", "now"),
        ("waves", "now"),
    }
    assert len(lanes) == 3
    assert of_claim["waves.envelope"]["waves of several"] >= lane.CASES_LEAST
    assert of_claim["waves.widening"]["certificates audited"] > 0


def test_too_little_is_nothing() -> None:
    """A claim that was hardly looked at has no evidence."""
    assert evidence_of("now", 1, builds=("pure",)) == ()


def test_a_difference_is_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """If anything differs, there is no evidence of anything."""

    def differs(*_: object) -> LockstepReport:
        return replace(lockstep.run(1, 1, builds=("pure",)), differing=(3,))

    monkeypatch.setattr(lane, "run", differs)
    with pytest.raises(Refusal, match="case 3") as caught:
        evidence_of("now")
    assert caught.value.code == "no-evidence"


def test_a_difference_in_waves_is_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor if waves are not as they should be."""

    def differs(*_: object, **__: object) -> WaveReport:
        return WaveReport(1, WaveCounts(), (4,), None)

    monkeypatch.setattr(wave_lane, "run", differs)
    with pytest.raises(Refusal, match="case 4") as caught:
        evidence_of("now", 6, builds=("pure",))
    assert caught.value.code == "no-evidence"


def _given(report: LockstepReport, *_: object) -> LockstepReport:
    return report


def test_speculation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each instruction of speculation must have worked often enough on each machine."""
    report = lockstep.run(1, 1, builds=("pure",))
    work = [row for row in lane.ROWS if row.outcome.code == "ok"][:3]
    monkeypatch.setattr(lane, "FORKING", tuple(row.instruction for row in work))
    names = [row.id for row in lane.ROWS if row.outcome.code == "ok"]
    names = [name for name in names if name.split(".")[0] in lane.FORKING]
    for least, is_shown in ((lane.CASES_LEAST, True), (lane.CASES_LEAST - 1, False)):
        rows = {
            "model": Counter(dict.fromkeys(names, 9)),
            "pure": Counter({**dict.fromkeys(names, 9), names[0]: least}),
        }
        counts = replace(report.counts, rows=rows)
        seen = replace(report, counts=counts)
        monkeypatch.setattr(lane, "run", partial(_given, seen))
        claims = {each.claim for each in evidence_of("now", 30)}
        assert ("lockstep.speculation" in claims) is is_shown
