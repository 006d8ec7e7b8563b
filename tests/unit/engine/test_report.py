"""How a run ends: the five outcomes in their order, and the wait-for graph."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import Halt, Invoke, Receive, Send, Yield
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.outcome import Outcome, Report, Waiting
from antiphon.theory.local_type import END
from antiphon.values.sort import UNIT
from antiphon.values.value import Nat
from tests.unit.engine.images import (
    alone,
    answers_with,
    dawdles,
    duo,
    handshake,
    ping_pong,
    receives,
    ring,
    sends,
)

ONE = answers_with(Nat(1))
FAILS = alone(END)
WAITS = alone(END, Invoke("act", (), 1))
STARVES = alone(receives("B", "m"), Receive(0, 1))


@pytest.mark.parametrize(
    ("images", "outcome"),
    [
        ((), Outcome.DONE),
        ((handshake(), ring(4, 3)), Outcome.DONE),
        ((handshake(), STARVES), Outcome.DEADLOCK),
        ((STARVES, WAITS), Outcome.QUIESCENT),
        ((STARVES, WAITS, FAILS), Outcome.FAULTED),
        ((STARVES, WAITS, FAILS, ping_pong()), Outcome.EXHAUSTED),
    ],
)
@pytest.mark.parametrize("policy", ["cooperative", "round-robin"])
def test_outcomes(build: str, images: tuple[Image, ...], outcome: Outcome, policy: str) -> None:
    """The first that applies."""
    engine = Engine(Config(), dawdles, build=build, request=unadmitted())
    for image in images:
        engine.load(image, unverified=True)
    report = engine.run(policy, 1000)
    assert report.outcome is outcome
    assert report.steps == engine.clock
    assert bool(report.waiting) == (outcome is Outcome.DEADLOCK)


def test_budget(build: str) -> None:
    """A budget that is used up by the last step exhausts nothing."""
    engine = Engine(Config(), ONE, build=build)
    engine.load(handshake())
    assert engine.run("cooperative", 0) == Report(0, Outcome.EXHAUSTED)
    assert engine.run("cooperative", 3) == Report(3, Outcome.EXHAUSTED)
    assert engine.run("cooperative", 1) == Report(1, Outcome.DONE)
    assert engine.run("cooperative") == Report(0, Outcome.DONE)


def test_waiting(build: str) -> None:
    """Each who waits, by id, and who would have to act, if anybody."""
    stuck = Image(
        "stuck",
        (
            RoleProgram("A", receives("B", "m"), (Receive(0, 1),), 2),
            RoleProgram("B", receives("C", "m"), (Receive(0, 1),), 2),
            RoleProgram("C", END, (Halt(),), 2),
            RoleProgram("D", sends("B", "m", UNIT, sends("B", "m", UNIT)), (Send(0, 1),) * 2, 2),
            RoleProgram("E", receives("Z", "m"), (Yield(), Receive(0, 1)), 2),
        ),
    )
    engine = Engine(Config(1), ONE, build=build, request=unadmitted())
    engine.load(handshake())
    engine.load(stuck, unverified=True)
    engine.load(duo(receives("B", "m"), (Receive(0, 1),)), unverified=True)
    assert engine.run("round-robin").waiting == (
        Waiting(2, "A", 1, "B", "A", 3),
        Waiting(3, "B", 1, "C", "B", None),
        Waiting(5, "D", 1, "D", "B", 3),
        Waiting(6, "E", 1, "Z", "E", None),
        Waiting(7, "A", 2, "B", "A", None),
    )
