"""A copy without a fault passes its trial; one with a fault does not, and it is said how."""

from __future__ import annotations

import pytest

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants import judge
from antiphon.parity.mutants_load import source_of
from antiphon.parity.trials import TRIALS
from antiphon.parity.tried import tried

PLACES = {
    "gates": "engine/gates.py",
    "admission": "scheduler/drive.py",
    "forms": "replay/normal_form.py",
    "recordings": "replay/appended.py",
    "evidence": "evidence/file.py",
    "threads": "waves/stretch.py",
}


@pytest.mark.parametrize("trial", TRIALS)
def test_nothing_is_wrong(trial: str) -> None:
    """A copy without a fault passes, so that a kill means something."""
    place = PLACES[trial]
    assert tried(trial, {place: source_of(place) + "\n"}) == ("", "")


@pytest.mark.parametrize("trial", TRIALS)
def test_an_exception_is_a_kill(trial: str) -> None:
    """What raises in a trial is wrong, and it is said how."""
    how, at = tried(trial, {PLACES[trial]: 'raise KeyError("broken")\n'})
    assert (how, at) == ("exception", "KeyError: 'broken'")


def test_verdicts() -> None:
    """A mutant that names a trial is killed by that, or survives it."""
    old, new = "        if each.hash != digest(", "        if each.lane == digest("
    mutant = Mutant("hash", "hashes", "evidence/file.py", old, new, trial="evidence")
    assert mutant.lane == "trials"
    verdict = judge(mutant, {})
    assert (verdict.fate, verdict.killer, verdict.how) == ("killed", "", "difference")
    assert "damaged-evidence" in verdict.at
    place, words = "evidence/file.py", ("The file that", "A file that")
    harmless = Mutant("words", "words", place, *words, trial="evidence")
    assert judge(harmless, {}).fate == "survived"
