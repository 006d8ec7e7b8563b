"""The suite, by its command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from antiphon.cli import lane, suite
from antiphon.cli.source_tree import source_tree
from antiphon.engine.build import Build
from antiphon.parity import suite as lanes
from antiphon.parity.corpus import load
from antiphon.parity.lane import DRAWN, Lane, Look
from antiphon.parity.suite import Fixed, Skip, SuiteReport, Wanted
from tests.cli.command import call
from tests.house.tree import ROOT
from tests.unit.parity.test_corpus import recording

NAMES = ("matrix", "ledger", "shapes", "gates", "policies", "directed", "corpus", "recordings")
FOUND = Look(1, 2, "ab", ("case 1",), (), (recording("random"),))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Wanted]:
    """A suite that is not run, and what it was asked for."""
    found: list[Wanted] = []

    def run(wanted: Wanted, fixed: tuple[Fixed, ...], skips: list[Skip]) -> SuiteReport:
        assert [name for name, _ in fixed] == [*NAMES, "claims"]
        found.append(wanted)
        wanted.tell("lockstep", "1 of 2")
        wanted.tell("lockstep", "2 of 2")
        look = FOUND if wanted.seed == 4 else replace(FOUND, differences=(), kept=())
        return SuiteReport(wanted.seed, 2, (Lane("lockstep", DRAWN, look, 1),), tuple(skips))

    monkeypatch.setattr(lanes, "run", run)
    monkeypatch.setattr(suite, "unreached", Mock(return_value=()))
    monkeypatch.setattr(suite, "load", Mock(return_value={}))
    return found


def test_what_is_asked(capsys: pytest.CaptureFixture[str], asked: list[Wanted]) -> None:
    """The options are heeded; progress is told on standard error, a line for each lane."""
    told = ("--cases", 7, "--seed", 3, "--jobs", 2, "--time-budget", 9)
    answer = call(capsys, "parity", "suite", *told, "--json")
    assert (answer.code, answer.err) == (0, "suite: lockstep\n")
    assert (answer.json["cases"], answer.json["differences"]) == (1, 0)
    assert [each["lane"] for each in answer.json["lanes"]] == ["lockstep"]
    (wanted,) = asked
    assert (wanted.cases, wanted.seed, wanted.jobs, wanted.budget) == (7, 3, 2, 9)


def test_a_difference_is_kept(
    capsys: pytest.CaptureFixture[str], asked: list[Wanted], tmp_path: Path
) -> None:
    """It is a no, and a file of the corpus of the tree."""
    ledger = "docs/model_vs_engine_deviations.json"
    (tmp_path / "docs").mkdir()
    (tmp_path / ledger).write_bytes((ROOT / ledger).read_bytes())
    (tmp_path / "tests" / "corpus").mkdir(parents=True)
    answer = call(capsys, "parity", "suite", "--seed", 4, "--tree", tmp_path)
    assert answer.code == 1
    assert "error[differs]: lockstep: case 1\n" in answer.out
    (name,) = load(tmp_path / "tests" / "corpus")
    assert answer.out.endswith(f"kept: {tmp_path}/tests/corpus/{name}.json\n")
    assert asked[0].budget is None


def test_a_build_that_should_be_there(
    capsys: pytest.CaptureFixture[str], asked: list[Wanted], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It must not be left out where there is a compiler."""
    monkeypatch.setattr(suite, "unreached", lane.unreached)
    monkeypatch.setattr(lane, "describe", lambda: Build("pure", "it is old"))
    monkeypatch.setattr(lane, "is_installed", lambda: False)
    for has_compiler, code in ((True, 1), (False, 0)):
        monkeypatch.setattr(lane, "has_compiler", lambda has=has_compiler: has)
        answer = call(capsys, "parity", "suite", "--json")
        assert (answer.code, answer.json["skips"][0]["lane"]) == (code, "compiled")
    assert len(asked) == 2


def test_the_matrix_and_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are looked at as their own commands do."""
    monkeypatch.setattr(suite, "load", Mock(return_value={}))
    monkeypatch.setattr(suite, "matrix_found", Mock(return_value=()))
    monkeypatch.setattr(suite, "ledger_found", Mock(return_value=()))
    fixed = dict(suite.fixed_of(source_tree(None), Wanted(1, 1, 1, ("pure",))))
    assert fixed["matrix"]().cases > 200
    assert fixed["ledger"]().cases == 2
