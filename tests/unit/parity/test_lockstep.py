"""Runs of lockstep: the same for every number of jobs, and honest about what they found."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from antiphon.parity import lockstep
from antiphon.parity.generate import GENERATORS
from antiphon.parity.subject import MODEL, Subject
from antiphon.parity.trial import Trial
from antiphon.replay.recording import Recording
from tests.unit.parity.liars import Runs, WrongClock, WrongRow, liar

CASES = 120


def test_jobs_do_not_matter() -> None:
    """One job and two give the same report; progress is told as it goes."""
    told: list[tuple[int, int, int]] = []

    def progress(done: int, cases: int, differences: int) -> None:
        told.append((done, cases, differences))

    one = lockstep.run(CASES, 3, builds=("pure",), progress=progress)
    two = lockstep.run(CASES, 3, jobs=2, builds=("pure",))
    assert one == two
    assert one.to_json() == two.to_json()
    assert told == [(100, CASES, 0), (CASES, CASES, 0)]


def test_no_job_is_without_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many processes are started as there are stretches of cases, and none for a single one."""
    asked: list[int] = []

    class Pool(ThreadPoolExecutor):
        """Counts what it is asked for."""

        def __init__(self, processes: int, *_start: object) -> None:
            asked.append(processes)
            super().__init__(processes)

    monkeypatch.setattr(lockstep, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(lockstep, "STRETCH", 2)
    assert lockstep.run(5, 3, jobs=10**6, builds=("pure",)).counts.cases["cases"] == 5
    assert lockstep.run(2, 3, jobs=10**6, builds=("pure",)).counts.cases["cases"] == 2
    assert asked == [3]


def test_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not begun by then is left out, by one job and by two."""
    monkeypatch.setattr(lockstep, "STRETCH", 1)
    for jobs in (1, 2):
        report = lockstep.run(6, 3, jobs, ("pure",), is_over=lambda: True)
        assert report.counts.cases["cases"] == 1
        assert report.result == lockstep.run(1, 3, builds=("pure",)).result


def test_report() -> None:
    """The report has the counts that were promised, and is good."""
    report = lockstep.run(CASES, 4, builds=("pure",))
    data = json.loads(json.dumps(report.to_json()))
    assert (data["cases"], data["differences"], data["seed"]) == (CASES, 0, 4)
    assert data["steps"] == sum(data["rows"]["model"].values()) > 1000
    assert data["rows"]["model"] == data["rows"]["pure"]
    assert data["distinct_states"] > 1000
    assert data["checks"]["digests equal"] == CASES
    assert sum(data["cases_by"][name] for name in GENERATORS) == CASES
    assert report.is_good
    assert report.seconds > 0


def test_a_start_that_is_not_the_first() -> None:
    """A stretch of cases is a part of a longer one."""
    whole = lockstep.run(20, 5, builds=("pure",))
    parts = [lockstep.run(10, 5, builds=("pure",), start=start) for start in (0, 10)]
    assert whole.counts.steps == sum(part.counts.steps for part in parts)


def wrong_clocks(_: object) -> tuple[Subject, ...]:
    """The model and a wrong clock, whatever is asked for."""
    return liars(WrongClock)


def liars(kind: type[WrongClock] | type[WrongRow]) -> tuple[Subject, ...]:
    """The model and a machine that is wrong."""
    return (MODEL, liar(kind))


def test_a_difference_is_found_and_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong machine differs; the first difference is small, and written down."""
    monkeypatch.setattr(lockstep, "subjects_of", wrong_clocks)
    report = lockstep.run(10, 1, builds=("pure",))
    assert not report.is_good
    assert report.to_json()["differences"] == len(report.differing) > 0
    first = report.first
    assert first is not None
    assert first.case == report.differing[0]
    assert (first.machine, first.parting.path) == ("liar", ".snapshot.clock")
    assert first.at.startswith("choice 3")
    assert sum(first.draws) <= 3
    assert first.recording is not None
    assert first.recording.steps == 3


def test_what_a_job_found_can_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process found arrives here, differences included."""
    monkeypatch.setattr(lockstep, "subjects_of", wrong_clocks)
    counts, differences = lockstep.run_stretch((1, 0, 5, ("pure",)))
    assert differences
    assert pickle.loads(pickle.dumps((counts, differences))) == (counts, differences)


def test_replay_case() -> None:
    """The draws of a difference make it again; on healthy machines they show none."""
    found = lockstep.replay_case((), liars(WrongRow))
    assert found is not None
    assert found.parting.path.startswith(".row")
    assert lockstep.replay_case(found.draws, liars(WrongRow)) == found
    assert lockstep.replay_case(found.draws, (MODEL, liar(Runs))) is None


def test_subjects_of() -> None:
    """The model comes first, then the builds as named."""
    assert [subject.name for subject in lockstep.subjects_of(("pure",))] == ["model", "pure"]


def test_a_difference_without_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a machine raises while the files of a case are made, the case is a difference without."""

    def raises(_: Trial) -> Recording:
        raise KeyError("Y")

    monkeypatch.setattr(Trial, "recording", raises)
    found = lockstep.replay_case((), (MODEL, liar(WrongClock)))
    assert found is not None
    assert (found.recording, found.script) == (None, None)
    assert found.parting.path == ".snapshot.clock"
