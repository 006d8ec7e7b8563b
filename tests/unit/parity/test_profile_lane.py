"""The lane of the profiles."""

from __future__ import annotations

import pytest

from antiphon.errors import Refusal
from antiphon.machine.course import Course
from antiphon.machine.determinism import DeterminismMode
from antiphon.parity import profile_lane
from antiphon.replay import profiles
from tests.unit.machine.courses import PAIRS


def test_what_was_run() -> None:
    """Every case counts once for each profile and engine, and the same again is the same."""
    found = profile_lane.run(4, 3, ("pure",))
    assert found == profile_lane.run(4, 3, ("pure",))
    assert found != profile_lane.run(4, 4, ("pure",))
    assert found.alike == dict.fromkeys(DeterminismMode, 4)
    assert found.pairs == 12
    assert found.cases == 4
    told: list[int] = []

    def progress(done: int, _cases: int, _found: int) -> None:
        told.append(done)

    less = profile_lane.run(4, 3, ("pure",), progress, lambda: True)
    assert (less.cases, told) == (1, [1])
    assert 0 < less.steps < found.steps


def test_judged() -> None:
    """Two courses are alike or not, as each profile says."""
    for pair in PAIRS:
        for mode in DeterminismMode:
            assert profile_lane.judged(mode, pair.base, pair.again) is (mode in pair.alike)


@pytest.mark.parametrize("answer", [True, False])
def test_no_evidence(monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    """A normal form that says something else than the relation is no evidence."""

    def says(*_: DeterminismMode | Course) -> bool:
        return answer

    monkeypatch.setattr(profiles, "replay_consistent", says)
    with pytest.raises(Refusal, match="does not hold") as caught:
        profile_lane.run(3, 3, ("pure",))
    assert caught.value.code == "no-evidence"
