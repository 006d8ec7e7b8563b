"""The model's opinion of certificates of stretches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

import pytest

from antiphon.bytecode.instruction import Fork, Halt, Instruction, Jump, Set, Spawn, Transfer
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash
from antiphon.machine.output_condition import AllowAll
from antiphon.machine.stretch import PLANNER, Segment, StretchCertificate, sealed
from antiphon.model.load import load
from antiphon.model.setting import setting
from antiphon.model.state import State
from antiphon.model.step import step
from antiphon.model.stretch import audit_stretch
from antiphon.theory.local_type import END
from antiphon.values.value import Nat
from tests.unit.waves.stage import TALK, says, state_of

CERTIFICATE = sealed(
    StretchCertificate(PLANNER, 0, 4, "flat", 9, (Segment(2, ((0, 0),)), Segment(4, ((1, 2),))))
)
"""Of three sessions of ``TALK`` at the start."""
Tampering = Callable[[StretchCertificate], StretchCertificate]


def cut(*segments: Segment) -> Tampering:
    """Another cut, well sealed."""
    return lambda one: sealed(replace(one, segments=segments))


TAMPERINGS: dict[str, Tampering] = {
    "no seal": lambda one: replace(one, seal=""),
    "a length, not sealed": lambda one: replace(one, segments=one.segments[::-1]),
    "another planner": lambda one: sealed(replace(one, planner=2)),
    "another tick": lambda one: sealed(replace(one, tick=1)),
    "another stretch": lambda one: sealed(replace(one, stretch=5)),
    "another state": lambda one: sealed(replace(one, state="other")),
    "more generations": lambda one: sealed(replace(one, generations=10)),
    "no segments": cut(),
    "one segment": cut(Segment(6, ((0, 2),))),
    "a segment of nobody": cut(Segment(2, ((0, 0),)), Segment(0, ()), Segment(4, ((1, 2),))),
    "not all": cut(Segment(2, ((0, 0),)), Segment(2, ((1, 1),))),
    "more than all": cut(Segment(2, ((0, 0),)), Segment(5, ((1, 2),))),
    "other sessions": cut(Segment(2, ((0, 0),)), Segment(4, ((1, 3),))),
    "fewer sessions": cut(Segment(2, ((0, 0),)), Segment(4, ((1, 1),))),
    "a session in two": cut(Segment(3, ((0, 1),)), Segment(3, ((1, 2),))),
    "other lengths": cut(Segment(4, ((0, 0),)), Segment(2, ((1, 2),))),
}
"""What may be done to a certificate so that it does not hold any more."""


def judged(state: State, certificate: StretchCertificate = CERTIFICATE) -> str:
    """The audit of a certificate as stretch 4 of 9 generations, over ``flat`` tables."""
    return audit_stretch(state, certificate, 4, 9, "flat")


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering(name: str) -> None:
    """Each is rejected; what was made is not."""
    state, _ = state_of(TALK, TALK, TALK)
    assert judged(state) == ""
    assert judged(state, TAMPERINGS[name](CERTIFICATE)) != ""


def spun(*code: Instruction) -> Image:
    """A role A that starts with this, and a role B that counts for ever."""
    idle = RoleProgram("B", END, (Set(1, Nat(0)), Jump(0)), 2)
    return Image("s", (RoleProgram("A", END, (*code, Halt()), 3), idle))


@pytest.mark.parametrize(
    ("image", "steps", "reason"),
    [
        (spun(Set(1, Nat(3)), Transfer(0, 1)), (0, 0, 1), "handed over"),
        (spun(Spawn(1, (), 2)), (0, 1), "spawned"),
        (spun(Set(1, Nat(0)), Fork(1)), (0, 0, 1), "fork"),
    ],
)
def test_ties(image: Image, steps: tuple[int, ...], reason: str) -> None:
    """Who owns what is of another session, was spawned, or has a fork open: nothing can be cut."""
    state, _ = state_of(image, image)
    for number in steps:
        state = step(state, Pick(number), says).state
    homes = [state.coroutines[one].session for one in state.ready]
    segments = tuple(
        Segment(len([*those]), ((number, number),)) for number, those in groupby(homes)
    )
    certificate = sealed(replace(CERTIFICATE, tick=state.clock, segments=segments))
    assert reason in judged(state, certificate)


@pytest.mark.parametrize(
    "config", [Config(failures=(Crash(9, "A", 0),)), Config(outputs=AllowAll())]
)
def test_what_all_look_at(config: Config) -> None:
    """Failures, and conditions of outputs."""
    state = State(setting(config))
    for _ in range(3):
        state, _ = load(state, TALK)
    assert judged(state) != ""
