"""Directed cases: each drive of each vector, on all machines."""

from __future__ import annotations

import pytest

from antiphon.conformance.vectors import Vector, shipped
from antiphon.machine.interface import POLICIES
from antiphon.parity import directed_lane
from antiphon.parity.corpus import play
from antiphon.parity.directed_lane import DRIVES, run
from antiphon.parity.ensemble import Differs
from antiphon.parity.subject import MODEL, Subject
from tests.unit.parity.liars import Raising, WrongClock, liar


def of(goal: str) -> Vector:
    """The first vector for something."""
    return next(each for each in shipped() if each.goal == goal)


def test_rows_are_reached() -> None:
    """Every drive of a vector is a case, and reaches its row; a limit lets it be opened once."""
    often = run(("pure",), (of("set.out-of-registers.operand"),))
    assert (often.cases, often.differences) == (len(DRIVES), ())
    assert often.counts.rows["model"] == often.counts.rows["pure"]
    by_policies, as_said = 2 * len(POLICIES), 2
    assert often.counts.rows["pure"]["set.out-of-registers.operand"] == by_policies + as_said
    limit = run(("pure",), (of("spawn.coroutine-limit.limit"),))
    assert limit.counts.rows["pure"]["spawn.coroutine-limit.limit"] >= 1
    waits = run(("pure",), (of("invoke.host-wait.pending"), of("advance")))
    assert waits.counts.rows["pure"]["invoke.host-wait.pending"] > 1
    assert len({often.result, limit.result, waits.result}) == 3


@pytest.mark.parametrize("kind", [WrongClock, Raising])
def test_a_difference(kind: type[WrongClock | Raising], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told with the vector and the drive, and kept as a script, which shows it again."""
    subjects = (MODEL, liar(kind))

    def lying(_: object) -> tuple[Subject, ...]:
        return subjects

    monkeypatch.setattr(directed_lane, "subjects_of", lying)
    report = run(("pure",), (of("spawn.ok.commit"),))
    assert report.cases == len(DRIVES)
    if kind is Raising:
        assert report.differences == ()
        return
    first = report.differences[0]
    assert str(first).startswith("spawn.ok.commit#1 driven ")
    assert (first.machine, first.parting.path) == ("liar", ".snapshot.clock")
    assert first.script is not None
    with pytest.raises(Differs):
        play(first.script, subjects)
