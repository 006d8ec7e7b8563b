"""The draft: waves are tried there, and what is tried in vain leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Acquire,
    Instruction,
    Invoke,
    Offer,
    Select,
    Send,
    Set,
    Yield,
)
from antiphon.engine.machine import Engine
from antiphon.machine.certificate import CertifiedPick
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.footprint import Footprint
from antiphon.values.value import Nat
from antiphon.waves.draft import Draft, exceeds, may_ask, take
from antiphon.waves.plan import Breadth, plan
from antiphon.waves.programs import Programs
from tests.unit.waves.stage import TALK, says, sight_of, state_of


def engine() -> Engine:
    """An engine under test."""
    return Engine(Config(), says, request=unadmitted())


def draft(workers: int = 1) -> tuple[Draft, Programs]:
    """A draft with two sessions of TALK."""
    made = Draft(engine, workers)
    made.load(TALK, 2, unverified=False)
    return made, state_of(TALK, TALK)[1]


def picks() -> tuple[CertifiedPick, ...]:
    """A wave of both A."""
    state, programs = state_of(TALK, TALK)
    return plan(sight_of(state, programs), 0, Breadth(2)).picks


def test_attempt() -> None:
    """What the picks come to, in their order, whatever the order in which they were tried."""
    made, programs = draft()
    found = made.attempt(picks(), (0, 1), programs)
    assert found is not None
    front = engine()
    front.load_many(TALK, 2)
    assert found == [take(front, 0), take(front, 2)]
    made.followed((0, 2), is_same=True)
    made.follow(Pick(1))
    front.step(Pick(1))
    assert made.snapshot().sessions == front.snapshot().sessions


@pytest.mark.parametrize("footprint", [Footprint(), Footprint(writes=(("coroutine", 0),))])
def test_in_vain(footprint: Footprint) -> None:
    """A step that touches more than was declared: everything is as it was."""
    made, programs = draft()
    made.follow(Pick(1))
    before = made.snapshot()
    tried = (CertifiedPick(0, footprint), picks()[1])
    assert made.attempt(tried, (9, 1), programs) is None
    assert made.snapshot() == before
    assert made.attempt((CertifiedPick(7, footprint),), (0,), programs) is None


def test_another_course() -> None:
    """If the front came to something else, the draft is made again as the front is."""
    made, programs = draft()
    made.attempt(picks(), (0, 1), programs)
    made.followed((0,), is_same=False)
    front = engine()
    front.load_many(TALK, 2)
    front.step(Pick(0))
    assert made.snapshot() == front.snapshot()


def test_exceeds() -> None:
    """Faults, wakes and events that were not declared."""
    front = engine()
    front.load(TALK)
    take(front, 1)
    found = take(front, 0)
    assert found is not None
    assert found.woken == (1,)
    declared = Footprint(writes=(("coroutine", 0), ("coroutine", 1), ("end", 0, "A")))
    assert not exceeds(found, declared, 0)
    assert exceeds(found, replace(declared, writes=(("end", 0, "A"),)), 0)
    assert exceeds(found, replace(declared, writes=declared.writes[:2]), 5)
    assert take(front, 9) is None


@pytest.mark.parametrize(
    ("instruction", "asks"),
    [
        (Send(0, HOST), True),
        (Send(0, 1), False),
        (Offer(0, "a", HOST), True),
        (Select(0, ()), True),
        (Invoke("act", (), 0), True),
        (Acquire("l", 0), True),
        (Set(0, Nat(1)), False),
        (Yield(), False),
        (None, False),
    ],
)
def test_may_ask(instruction: Instruction | None, asks: bool) -> None:
    """Who may ask the host."""
    assert may_ask(instruction) is asks
