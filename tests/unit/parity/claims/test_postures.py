"""Scenes: every two postures in every relation."""

from antiphon.machine.ask import Ask, Chosen, Position
from antiphon.parity.claims.postures import POSTURES, RELATIONS, answer, scenes
from antiphon.values.value import Nat
from tests.unit.waves.stage import scene


def test_scenes() -> None:
    """There are as many as there should be, and no two have one name."""
    names = [one.name for one in scenes()]
    assert len(names) == len({*names}) == len(RELATIONS) * len(POSTURES) ** 2


def test_a_scene() -> None:
    """Both are where they are to step from."""
    found, state, sight = scene("join | release l, other sessions")
    assert found.pair == (0, 4)
    assert {*found.pair} <= {*state.ready}
    views = [sight.coroutine(number) for number in found.pair]
    assert [view.pc for view in views if view is not None] == [3, 1]
    assert len(state.sessions[0].queue("C", "A")) == 1


def test_answer() -> None:
    """The host decides for the first label, and gives a number else."""
    ask = Ask("choice", Position(0, "A", 0, 0), "B", ("x", "y"), None, "", (), ())
    assert answer(ask) == Chosen("x")
    assert answer(Ask("invoke", ask.position, "", (), None, "act", (), ())) == Nat(3)
