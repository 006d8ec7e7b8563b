"""The law of a wave: all orders come to the same, or the certificate does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import Halt, Jump, Set
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.certificate import CertifiedPick, WaveCertificate, sealed
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.failure import Pause
from antiphon.machine.footprint import ALONE, Footprint
from antiphon.model.state import State
from antiphon.model.step import step
from antiphon.model.waves import (
    Round,
    audit,
    disagreement,
    execute_certified_round,
    is_same,
    linearise,
)
from antiphon.parity.claims.postures import answer
from antiphon.theory.local_type import END
from antiphon.values.value import Nat
from antiphon.waves.certificate import Due, certify
from antiphon.waves.plan import Breadth, plan
from tests.unit.waves.stage import TALK, once, scene, sight_of, state_of

DUE = Round(0, "cooperative", 4)


def certified(
    state: State, width: int = 4, *, widening: bool = False, config: Config | None = None
) -> WaveCertificate:
    """What the planner gives for a state with two sessions of TALK."""
    _, programs = state_of(TALK, TALK)
    sight, breadth = sight_of(state, programs, config), Breadth(width, widening)
    return certify(sight, plan(sight, state.ready[0], breadth), Due(0, state.ready[0], breadth))


def two() -> State:
    """Two sessions of TALK at the beginning."""
    return state_of(TALK, TALK)[0]


def test_it_holds() -> None:
    """The planner's certificate holds, and what is picked is what it says."""
    certificate = certified(two())
    assert [one.coroutine for one in certificate.picks] == [0, 2]
    assert audit(two(), certificate, once(), DUE) == ""
    assert execute_certified_round(two(), certificate, answer, DUE) == (0, 2)
    assert audit(two(), certified(two(), 1), once(), Round(0, "cooperative", 1)) == ""


def test_fallback() -> None:
    """If it does not hold, the policy's pick is taken, from the state as it was."""
    certificate = replace(certified(two()), tick=5)
    assert execute_certified_round(two(), certificate, answer, DUE) == (0,)
    assert execute_certified_round(two(), certificate, answer, Round(0, "round-robin", 4)) == (0,)


def changed(
    change: Callable[[WaveCertificate], WaveCertificate],
) -> Callable[[WaveCertificate], WaveCertificate]:
    """A change after which the seal fits again."""
    return lambda certificate: sealed(change(certificate))


BARE = CertifiedPick(2, Footprint(writes=(("coroutine", 2),)))
TAMPERINGS: dict[str, Callable[[WaveCertificate], WaveCertificate]] = {
    "seal": lambda one: replace(one, seal="0" * 64),
    "content": lambda one: replace(one, tick=1),
    "planner": changed(lambda one: replace(one, planner=2)),
    "tick": changed(lambda one: replace(one, tick=1)),
    "wave": changed(lambda one: replace(one, wave=1)),
    "width": changed(lambda one: replace(one, width=3)),
    "widening": changed(lambda one: replace(one, widening=True)),
    "no picks": changed(lambda one: replace(one, picks=())),
    "one twice": changed(lambda one: replace(one, picks=one.picks * 2)),
    "not ready": changed(lambda one: replace(one, picks=(one.picks[0], CertifiedPick(9, ALONE)))),
    "not the policy's": changed(lambda one: replace(one, picks=one.picks[1:])),
    "another state": changed(lambda one: replace(one, state="")),
    "too little": changed(lambda one: replace(one, picks=(one.picks[0], BARE))),
    "matrix": changed(lambda one: replace(one, independent=((False, False), (True, False)))),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering(name: str) -> None:
    """Whatever is changed, it does not hold any more."""
    assert audit(two(), TAMPERINGS[name](certified(two())), once(), DUE) != ""


def regrounded(state: State, *numbers: int, widening: bool = True) -> WaveCertificate:
    """A certificate that picks these, each with its right footprint, and is otherwise in order."""
    _, programs = state_of(TALK, TALK)
    sight = sight_of(state, programs)
    breadth = Breadth(4, widening)
    picks = tuple(plan(sight, number, Breadth(1)).picks[0] for number in numbers)
    planned = replace(plan(sight, numbers[0], Breadth(1)), picks=picks)
    found = certify(sight, planned, Due(0, numbers[0], breadth))
    places = range(len(picks))
    return sealed(replace(found, independent=tuple(tuple(i != j for j in places) for i in places)))


def test_too_little() -> None:
    """A footprint that leaves something out, though all else is as it should be."""
    _, programs = state_of(TALK, TALK)
    sight, breadth = sight_of(two(), programs), Breadth(4)
    planned = plan(sight, 0, breadth)
    bare = replace(planned, picks=(planned.picks[0], BARE))
    certificate = certify(sight, bare, Due(0, 0, breadth))
    assert "too little" in audit(two(), certificate, once(), DUE)


def test_what_cannot_share() -> None:
    """Two who touch each other, or one session, or whose order is not the queue's."""
    wide = replace(DUE, widening=True)
    assert "writes what" in audit(two(), regrounded(two(), 0, 1), once(), wide)
    assert "order" in audit(two(), regrounded(two(), 0, 3, 2), once(), wide)
    image = Image("p", tuple(RoleProgram(role, END, (Set(1, Nat(1)), Halt()), 2) for role in "AB"))
    state, programs = state_of(image)
    sight = sight_of(state, programs)
    for number in (0, 1):
        state = step(state, Pick(number), answer).state
    sight = sight_of(state, programs)
    found = certify(sight, plan(sight, 0, Breadth(4, widening=True)), Due(0, 0, Breadth(4)))
    assert len(found.picks) == 1
    assert "matrix" in audit(state, sealed(replace(found, independent=())), once(), DUE)


def test_one_session() -> None:
    """Without widening two picks that touch one session do not share a wave."""
    found, state, sight = scene("send | select, a third, idle")
    breadth = Breadth(2, widening=True)
    certificate = certify(
        sight, plan(sight, state.ready[0], breadth), Due(0, state.ready[0], breadth)
    )
    assert len(certificate.picks) == 2
    assert audit(state, certificate, once(), Round(0, "cooperative", 2, widening=True)) == ""
    narrow = sealed(replace(certificate, widening=False))
    assert "one session" in audit(state, narrow, once(), Round(0, "cooperative", 2))
    assert found.pair == (0, 1)


def test_deadlines() -> None:
    """No wave reaches a tick that somebody waits for."""
    config = Config(failures=(Pause(0, "B", 0, 4),))
    state, programs = state_of(TALK, TALK, TALK, config=config)
    state = step(state, Pick(1), answer).state
    sight, breadth = sight_of(state, programs, config), Breadth(4)
    certificate = certify(sight, plan(sight, 0, breadth), Due(0, 0, breadth))
    assert [one.coroutine for one in certificate.picks] == [0, 2]
    assert audit(state, certificate, once(), DUE) == ""
    sooner = replace(state, deadlines=((3, 1),))
    assert "deadline" in audit(sooner, certificate, once(), DUE)


def test_disagreement() -> None:
    """Orders that come to something else are named; not those in which somebody faults."""
    state = two()
    assert list(disagreement(state, (0, 2), answer)) == []
    assert "(1, 0)" in next(disagreement(state, (0, 1), answer))
    assert list(disagreement(state, (0, 9), answer)) == []
    image = Image("p", (RoleProgram("A", END, (Set(9, Nat(1)),), 1), TALK.programs[1]))
    assert list(disagreement(state_of(image)[0], (0, 1), answer)) == []


def test_is_same() -> None:
    """What order decides does not count: ready queue, ticks. All else does."""
    state = two()
    one, other = linearise(state, (0, 2), answer), linearise(state, (2, 0), answer)
    assert one.state.ready != other.state.ready
    assert is_same(one, other)
    assert not is_same(one, linearise(state, (0, 1), answer))
    assert not is_same(one, replace(one, events=()))
    for part in (
        replace(one.state, ready=()),
        replace(one.state, next_session=9),
        replace(one.state, coroutines=state.coroutines),
        replace(one.state, sessions=state.sessions),
        replace(one.state, sessions=one.state.sessions.drop(0)),
    ):
        assert not is_same(one, replace(one, state=part))
    image = Image("p", (RoleProgram("A", END, (Jump(0),), 1),))
    loop = state_of(image, image)[0]
    assert is_same(linearise(loop, (0, 1), answer), linearise(loop, (1, 0), answer))
