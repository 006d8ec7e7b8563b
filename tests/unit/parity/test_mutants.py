"""Seeded faults: killed, surviving, or not to be made."""

import pytest

from antiphon.errors import Refusal
from antiphon.parity import mutants
from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants import MUTANTS, MutantReport, judge, run, subject_of
from antiphon.parity.mutants_load import source_of
from antiphon.replay.recording import Recording
from tests.unit.parity.test_corpus import recording

RECORDINGS: dict[str, Recording] = {"one": recording("round-robin"), "two": recording("random")}
CLOCK = Mutant("clock", "time flies", "model/step.py", "clock=tick + 1", "clock=tick + 2")
RAISES = Mutant("raises", "sends", "engine/kernel.py", "self.put(q, self.b", "self.gone(q, self.b")
WORDS = Mutant("words", "words", "model/step.py", "One step: fetch", "One step: catch")
ASTRAY = Mutant("astray", "nothing", "model/step.py", "no such text", "")
TWICE = Mutant("twice", "nothing", "model/step.py", "replace(", "")


def test_killed_by_a_difference() -> None:
    """The first recording that shows it is the killer."""
    verdict = judge(CLOCK, RECORDINGS)
    assert (verdict.fate, verdict.killer, verdict.how) == ("killed", "one", "difference")
    assert verdict.at.endswith(".snapshot.clock")


def test_a_likely_killer_is_tried_first() -> None:
    """But a name that says nothing costs nothing."""
    assert judge(CLOCK, RECORDINGS, "two").killer == "two"
    assert judge(CLOCK, RECORDINGS, "three").killer == "one"
    report = run(RECORDINGS, (CLOCK, WORDS), killers={"clock": "two"})
    assert report.killers == {"clock": "two"}


def test_killed_by_an_exception() -> None:
    """A machine that raises is killed, and it is said how."""
    assert judge(RAISES, RECORDINGS).how == "exception"


def test_survives() -> None:
    """A change that breaks nothing survives."""
    assert judge(WORDS, RECORDINGS).fate == "survived"


@pytest.mark.parametrize("mutant", [ASTRAY, TWICE])
def test_rejects_a_text_that_is_not_there_once(mutant: Mutant) -> None:
    """A mutant that cannot be made is no killed one."""
    with pytest.raises(Refusal) as refused:
        subject_of(mutant)
    assert refused.value.code == "mutant-astray"
    assert judge(mutant, RECORDINGS).fate == "broken"


def test_report() -> None:
    """Only killed mutants are not survivors; progress is told after each."""
    told: list[tuple[int, int, int]] = []

    def progress(done: int, mutants: int, survivors: int) -> None:
        told.append((done, mutants, survivors))

    report = run(RECORDINGS, (CLOCK, WORDS, ASTRAY), progress)
    assert told == [(1, 3, 0), (2, 3, 1), (3, 3, 2)]
    assert report.survivors == ("words", "astray")
    assert not report.is_good
    data = report.to_json()
    assert (data["mutants"], data["killed"], data["survivors"]) == (3, 1, ["words", "astray"])
    assert MutantReport(report.verdicts[:1]).is_good


def test_rejects_an_empty_corpus() -> None:
    """Without recordings nothing would be shown."""
    with pytest.raises(Refusal) as refused:
        run({})
    assert refused.value.code == "no-corpus"


def test_rejects_machines_that_differ_when_healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the healthy machines part on the corpus, kills would mean nothing."""
    monkeypatch.setattr(mutants, "MODEL", subject_of(CLOCK))
    with pytest.raises(Refusal) as refused:
        run(RECORDINGS, ())
    assert refused.value.code == "corpus-differs"


def test_registry() -> None:
    """Ids are unique, and each mutant changes something."""
    assert len({mutant.id for mutant in MUTANTS}) == len(MUTANTS) >= 24
    assert all(mutant.old != mutant.new for mutant in MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.id)
def test_text_is_there_once(mutant: Mutant) -> None:
    """What a mutant replaces stands in its file exactly once, and the result is Python."""
    text = source_of(mutant.file)
    assert text.count(mutant.old) == 1
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
