"""The engine compared with the model, by the command."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from antiphon.cli import lane, parity
from antiphon.engine.build import Build
from antiphon.parity import lockstep, mutants, wave_lane
from antiphon.parity.claims import registry
from antiphon.parity.claims.claim import Claim, Finding
from antiphon.parity.comparison import Parting
from antiphon.parity.corpus import KILLERS, load, load_killers, play
from antiphon.parity.counts import Counts
from antiphon.parity.ensemble import Differs
from antiphon.parity.lockstep import LockstepReport, shrunk
from antiphon.parity.subject import MODEL
from antiphon.parity.wave_lane import WaveDifference, WaveReport
from antiphon.parity.wave_trial import Shape, WaveCounts
from antiphon.replay.recording import Recording
from tests.cli.command import TRIP, call
from tests.unit.parity.liars import WrongClock, liar


def test_lockstep(capsys: pytest.CaptureFixture[str]) -> None:
    """A few cases: no difference, and numbers that can be compared."""
    answer = call(capsys, "parity", "lockstep", "--cases", 30, "--seed", 5, "--json")
    assert (answer.code, answer.json["cases"], answer.json["differences"]) == (0, 30, 0)
    assert "pure" in answer.json["builds"]
    out = call(capsys, "parity", "lockstep", "--cases", 30, "--seed", 5).out
    assert out.startswith("30 cases of seed 5 on model, pure")
    assert ": 0 differences\n" in out


def test_pure_on_request(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build that the environment rules out is not compared, even if it could be made."""
    monkeypatch.setenv("ANTIPHON_PURE", "1")
    monkeypatch.setattr(lane, "has_compiler", lambda: True)
    answer = call(capsys, "parity", "lockstep", "--cases", 5, "--json")
    assert answer.json["builds"] == ["pure"]
    assert answer.json["unreached"] == [
        {"lane": "compiled", "needs": "this to change: ANTIPHON_PURE is set"}
    ]


def test_a_lane_that_is_not_reached(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a C compiler the report names the build that was not compared."""
    pure = Build("pure", "no compiled kernel is installed")
    for module in (lane, parity):
        monkeypatch.setattr(module, "describe", lambda: pure)
    monkeypatch.setattr(lane, "is_installed", lambda: False)
    monkeypatch.setattr(lane, "has_compiler", lambda: False)
    answer = call(capsys, "parity", "lockstep", "--cases", 2, "--json")
    assert (answer.code, answer.json["builds"]) == (0, ["pure"])
    assert answer.json["unreached"] == [{"lane": "compiled", "needs": "a C compiler"}]
    out = call(capsys, "parity", "lockstep", "--cases", 2).out
    assert out.endswith("\nUnreached: compiled build: needs a C compiler\n")


@pytest.mark.parametrize("is_late", [False, True])
def test_records_a_difference(
    is_late: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A difference is written as a script and, if nothing was opened on the way, as a recording."""
    wrong = (MODEL, liar(WrongClock))
    first = next(
        found
        for number in range(60)
        if (found := lockstep.replay_case((number % 3,), wrong, number)) is not None
    )
    first = shrunk(first, wrong)
    assert first.recording is not None
    if is_late:
        first = replace(first, recording=None)
    report = LockstepReport(1, ("pure",), Counts(), (first.case,), first)
    monkeypatch.setattr(lockstep, "run", Mock(return_value=report))
    place = tmp_path / "found.json"
    assert call(capsys, "parity", "lockstep", "--record", place).code == 1
    kept = load(tmp_path)
    assert set(kept) == ({"found.script"} if is_late else {"found", "found.script"})
    assert all(isinstance(case, Recording) == (name == "found") for name, case in kept.items())
    for case in kept.values():
        with pytest.raises(Differs):
            play(case, wrong)


def test_rejects_a_missing_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without recordings nothing can be said about mutants."""
    assert call(capsys, "parity", "mutants", "--corpus", tmp_path / "no").code == 2
    assert call(capsys, "parity", "mutants", "--corpus", tmp_path).code == 2


def test_mutants(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One recording kills some of the mutants; that others survive it is a no."""
    some = [mutant for mutant in mutants.MUTANTS if mutant.lane == "lockstep"][::24]
    monkeypatch.setattr(mutants, "MUTANTS", tuple(some))
    path = tmp_path / "trip.scr"
    path.write_text(TRIP)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    assert call(capsys, "run", path, "--record", corpus / "trip.json").code == 0
    answer = call(capsys, "parity", "mutants", "--corpus", corpus, "--json")
    assert answer.code == 1
    assert 0 < answer.json["killed"] < answer.json["mutants"]
    assert len(answer.json["survivors"]) == answer.json["mutants"] - answer.json["killed"]
    assert not (corpus / KILLERS).exists()
    again = call(capsys, "parity", "mutants", "--corpus", corpus, "--remember", "--json")
    assert again.json == answer.json
    noted = {one["id"] for one in again.json["verdicts"] if one["killer"] == "trip"}
    assert load_killers(corpus) == dict.fromkeys(noted, "trip") != {}


def test_waves(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program at width 1 and beyond, with how wide waves were; a difference is a no."""
    answer = call(capsys, "parity", "waves", "--cases", 6, "--json")
    assert (answer.code, answer.json["cases"], answer.json["differences"]) == (0, 6, 0)
    narrow, wide = (answer.json["lanes"][name] for name in ("n = 1", "n > 1"))
    assert (narrow["counts"]["cases"], wide["counts"]["cases"]) == (6, 6)
    assert answer.json["lanes"]["threads"]["counts"]["cases"] == 6
    assert narrow["widths"] == {}
    assert sum(wide["widths"].values()) == wide["waves"] > 0
    part = Parting(".clock", "1", "2")
    first = WaveDifference(3, Shape(2, 1, widening=True), "waves", "wave 2", part, ())
    report = WaveReport(1, WaveCounts(widths=Counter({2: 3, 1: 1})), (3,), first)
    monkeypatch.setattr(wave_lane, "run", Mock(return_value=report))
    answer = call(capsys, "parity", "waves", "--cases", 3, "--seed", 4)
    assert answer.code == 1
    assert "3 of 4 waves of two picks or more" in answer.out
    assert "threads: 3 cases of seed 4" in answer.out
    assert "too few of stretches" not in answer.out
    assert "case 3 in Shape(width=2, workers=1, widening=True): waves, at wave 2" in answer.out


def test_claims(capsys: pytest.CaptureFixture[str]) -> None:
    """One claim, by name; every verdict as expected is a yes."""
    answer = call(capsys, "parity", "claims", "--only", "C-QUORUM-MAJ", "--json")
    (claim,) = answer.json["claims"]
    assert (answer.code, claim["id"], claim["verdict"]) == (0, "C-QUORUM-MAJ", "refuted")
    out = call(capsys, "parity", "claims", "--only", "subtyping").out
    assert out.startswith("not-run   subtyping: ")


def test_claims_not_as_expected(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that fails is a no."""
    wrong = Claim("a", 1, "A", "All.", look=lambda _, __: Finding(1, 1, 1, "no"))
    monkeypatch.setattr(registry, "CLAIMS", (wrong,))
    assert call(capsys, "parity", "claims", "--json").code == 1


def test_rejects_an_unknown_claim(capsys: pytest.CaptureFixture[str]) -> None:
    """There is no such claim."""
    assert call(capsys, "parity", "claims", "--only", "nonsense").code == 2
