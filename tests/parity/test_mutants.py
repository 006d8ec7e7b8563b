"""Seeded faults: a machine that was broken on purpose is caught by the corpus."""

import pytest

from antiphon.parity.corpus import load_killers
from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants import MUTANTS, judge, run
from tests.parity.test_corpus import CASES, CORPUS

FIRST = load_killers(CORPUS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.id)
def test_is_killed(mutant: Mutant) -> None:
    """By a recording of the corpus, or by the claim that is broken: by what that says, too."""
    verdict = judge(mutant, CASES, FIRST.get(mutant.id, ""))
    assert verdict.fate == "killed", f"{mutant.breaks}: {verdict.fate} {verdict.at}"
    if mutant.claim:
        assert (verdict.killer, verdict.how) == (mutant.claim, "fails")
        assert not verdict.at.startswith("raised"), verdict.at


def test_healthy_machines_pass() -> None:
    """The healthy machines agree, so that a kill means something: test_corpus asks all cases."""
    some = dict(list(CASES.items())[::10])
    assert run(some, ()).verdicts == ()
