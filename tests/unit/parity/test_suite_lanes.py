"""The lanes of the suite: they say what their own commands say."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import Mock

import pytest

from antiphon.errors import Refusal
from antiphon.machine.interface import POLICIES
from antiphon.parity import (
    directed_lane,
    lockstep,
    profile_lane,
    recorded_lane,
    suite_lanes,
    table_lane,
    wave_lane,
)
from antiphon.parity.claims import registry
from antiphon.parity.claims.claim import Claim, Finding
from antiphon.parity.comparison import Parting
from antiphon.parity.counts import Counts
from antiphon.parity.directed_lane import DirectedReport
from antiphon.parity.ensemble import Differs
from antiphon.parity.gate_lane import GateReport
from antiphon.parity.lockstep import Difference, LockstepReport
from antiphon.parity.problem import Problem
from antiphon.parity.recorded import recorded_run
from antiphon.parity.subject import Subject
from antiphon.parity.suite_lanes import Draw
from antiphon.parity.surfaces.registry import Sight
from antiphon.parity.wave_lane import WaveDifference, wide_shape_of
from tests.unit.parity.liars import WrongClock, liar
from tests.unit.parity.test_corpus import recording


def told(_done: int, _every: int, _what: object) -> None:
    """Nobody watches."""


DRAW = Draw(6, 3, 1, ("pure",), told, lambda: False)
NOWHERE = Parting(".clock", "1", "2")
KEPT = recording("random")


def test_lockstep_and_its_parts() -> None:
    """The counts are those of lockstep; each family, policy and fork has its own."""
    look, report = suite_lanes.look_in_step(DRAW)
    assert (report.seed, report.builds) == (3, ("pure",))
    assert (look.cases, look.steps, look.differences) == (6, report.counts.steps, ())
    assert look.result == report.result
    parts = dict(suite_lanes.parts_of(report))
    families = {f"lockstep.{family}" for family in suite_lanes.FAMILIES}
    assert list(parts)[-3:] == ["schedulers", "failure-envelope", "speculation"]
    assert sum(parts[name].steps for name in families) == look.steps
    assert 0 < parts["lockstep.communication"].cases <= 6
    assert {each.partition(":")[0] for each in parts["schedulers"].missed} < set(POLICIES)
    assert len({part.result for part in parts.values()}) == len(parts)


def test_a_difference_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is told with its place, and kept as both files."""
    first = Difference(7, "pure", "choice 3", NOWHERE, (), KEPT, None)
    report = LockstepReport(3, ("pure",), Counts(), (7, 9), first)
    monkeypatch.setattr(lockstep, "run", Mock(return_value=report))
    look, _ = suite_lanes.look_in_step(DRAW)
    assert look.differences == ("case 7: pure, choice 3: .clock", "case 9")
    assert look.kept == (KEPT,)


def test_waves(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many cases as are wanted, without crowds; a difference is made smaller."""
    look = suite_lanes.look_in_waves(replace(DRAW, cases=2), wide_shape_of)
    assert (look.cases, look.differences, look.kept) == (2, (), ())
    assert look.result == wave_lane.run(2, 3, shapes=wide_shape_of).result
    first = WaveDifference(4, wide_shape_of(4), "waves", "wave 2", NOWHERE, (1,))
    report = replace(wave_lane.run(0, 3), differing=(4, 5), first=first)
    run = Mock(return_value=report)
    monkeypatch.setattr(wave_lane, "run", run)
    monkeypatch.setattr(wave_lane, "shrunk", Mock(return_value=(first, (KEPT,))))
    look = suite_lanes.look_in_waves(replace(DRAW, cases=199), wide_shape_of)
    assert run.call_args.args[0] == 201
    assert look.cases == 2
    assert look.differences[0].startswith("case 4, Shape(width=3")
    assert look.differences[0].endswith("waves, wave 2: .clock")
    assert look.kept == (KEPT,)


def test_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that does not hold, or machines that part, are a difference."""
    few = replace(DRAW, cases=1)
    report = profile_lane.run(1, 3, ("pure",))
    look = suite_lanes.look_at_profiles(few)
    assert (look.cases, look.steps, look.result) == (1, report.steps, report.result)
    for error in (Refusal("no-evidence", "no"), Differs("pure", "here", NOWHERE)):
        monkeypatch.setattr(profile_lane, "run", Mock(side_effect=error))
        assert suite_lanes.look_at_profiles(few).differences == (str(error),)


def test_replays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some runs are cut off too; what is not had again is kept; kinds are wanted of many."""
    few = replace(DRAW, cases=2)
    look = suite_lanes.look_at_replays(few)
    report = recorded_lane.run(2, 1, 3)
    assert (look.cases, look.steps, look.differences) == (2, report.kinds["steps"], ())
    assert (report.cuts, look.missed) == (1, ())
    wrong = replace(report, runs=500, wrong=((2, "model: no"),))
    monkeypatch.setattr(recorded_lane, "run", Mock(return_value=wrong))
    monkeypatch.setattr(recorded_lane, "shrunk", Mock(return_value=KEPT))
    look = suite_lanes.look_at_replays(few)
    assert look.differences == ("run 2: model: no",)
    assert look.kept == (KEPT,)
    assert look.missed == tuple(f"{kind}: none" for kind in report.missing)


def test_what_is_looked_at_always() -> None:
    """Gates, policies, the corpus and recordings have the cases of their own lanes."""
    answered = GateReport({"admit": 3, "requires": 4}, ("admit",), {})
    gates = suite_lanes.look_at_gates(Mock(gates=answered))
    assert (gates.cases, gates.differences) == (7, ("admit",))
    assert suite_lanes.look_at_policies().cases == table_lane.run().asked.total()
    cases = {"one": KEPT}
    corpus = suite_lanes.look_at_corpus(cases, ("pure",))
    assert (corpus.cases, corpus.steps) == (1, KEPT.steps)
    stored = suite_lanes.look_at_recordings({"one": recorded_run(3, 1)})
    assert (stored.cases, stored.differences) == (1, ())
    assert stored.steps > 0


def test_a_corpus_that_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case is named."""

    def lies(_: object) -> Subject:
        return liar(WrongClock)

    monkeypatch.setattr(suite_lanes, "engine", lies)
    cases = {"one": KEPT}
    (words,) = suite_lanes.look_at_corpus(cases, ("pure",)).differences
    assert words.startswith("one: liar, ")


def test_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the ledger covers is no difference."""
    found = Mock(fingerprints=("T:order_differs:A", "T:order_differs:B"), problems=("x",))
    found.to_json.return_value = {}
    monkeypatch.setattr(suite_lanes, "compare", Mock(return_value=[found]))
    look = suite_lanes.look_at_shapes(Sight((), "pure"), {"T:order_differs:A": "one"})
    assert (look.cases, look.differences) == (1, ("T:order_differs:B", "x"))


def test_directed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the lane of directed cases."""
    monkeypatch.setattr(directed_lane, "run", Mock(return_value=DirectedReport(Counts(), ())))
    assert suite_lanes.look_at_directed(("pure",)).cases == 0


def test_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that wait are no cases; one that fails is a difference."""
    claims = (
        Claim("a", 1, "A", "All.", look=lambda _, __: Finding(1, 1, 1, "no")),
        Claim("b", 2, "B", "All.", reason="a reason"),
    )
    report = registry.run("quick", claims)
    monkeypatch.setattr(registry, "run", Mock(return_value=report))
    look = suite_lanes.look_at_claims("quick", told)
    assert (look.cases, look.differences) == (1, ("a: fails",))


def test_problems() -> None:
    """What is wrong with the matrix or the ledger is a difference, in words."""
    problem = Problem("row-broken", "row", "no")
    look = suite_lanes.look_at_problems("matrix", 5, [problem])
    assert (look.cases, look.differences) == (5, (str(problem),))
