"""The machine with waves, under the treaty and beyond."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import Halt, Open, Set, Spawn
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.outcome import Outcome
from antiphon.theory.local_type import END
from antiphon.values.value import Nat
from antiphon.waves.machine import WaveMachine
from tests.unit.waves.stage import TALK, machine, says, wide


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("width", [1, 2, 8])
def test_run(width: int, workers: int) -> None:
    """It comes to where the engine comes; the waves are as wide as they may be."""
    waves, seen = machine(*(TALK,) * 4, width=width, workers=workers)
    report = waves.run("cooperative")
    engine = Engine(Config(), says)
    engine.load_many(TALK, 4)
    expected = engine.run("cooperative")
    assert report.outcome is expected.outcome is Outcome.DONE
    assert len(seen) == (waves.metrics.waves if width > 1 else 0)
    assert len(waves.lane_trace) == report.steps == waves.metrics.picks
    assert {one.lane for one in waves.lane_trace} == set(range(min(workers, 4)))
    if width == 1:
        assert (waves.snapshot(), tuple(waves.events())) == (
            engine.snapshot(),
            tuple(engine.events()),
        )
    assert max(waves.metrics.widths) == min(width, 4)


def test_max_steps() -> None:
    """A run takes no more steps than it may."""
    waves, _ = machine(*(TALK,) * 4, width=3)
    assert waves.run("cooperative", 4).steps == 4
    assert waves.snapshot().clock == 4
    assert waves.run("cooperative").outcome is Outcome.DONE


def test_invalid_wave_certificate() -> None:
    """A certificate that does not hold costs nothing: one step is taken, that of the policy."""
    waves = WaveMachine(
        Config(), says, request=wide(), amend=lambda one: replace(one, tick=one.tick + 1)
    )
    waves.load_many(TALK, 3)
    engine = Engine(Config(), says)
    engine.load_many(TALK, 3)
    assert waves.run("cooperative") == engine.run("cooperative")
    assert (waves.snapshot(), tuple(waves.events())) == (engine.snapshot(), tuple(engine.events()))
    assert waves.metrics.rejected == waves.metrics.waves == engine.snapshot().clock


def test_faults_roll_back() -> None:
    """A wave in which somebody faults is taken one step at a time, by all who still can."""
    faults = Image("f", (RoleProgram("A", END, (Set(9, Nat(1)),), 1),))
    waves, _ = machine(TALK, faults, TALK, width=3)
    assert waves.take_round(0) == (0, 2, 3)
    assert waves.metrics.rolled_back == 1
    engine = Engine(Config(), says)
    for image in (TALK, faults, TALK):
        engine.load(image, unverified=True)
    for number in (0, 2, 3):
        engine.step(Pick(number))
    assert waves.snapshot() == engine.snapshot()
    draft = waves.draft
    assert draft is not None
    assert draft.sessions == engine.snapshot().sessions


def test_what_starts_on_the_way() -> None:
    """Sessions and coroutines that a program starts are planned for as well."""
    entries = (("X", END, 1),)
    code = (Open("q", entries), Spawn(2, (0,), 2), Halt())
    image = Image("p", (RoleProgram("A", END, code, 3),))
    waves, seen = machine(image, image, width=4)
    assert waves.run("cooperative").outcome is Outcome.DONE
    for certificate in seen:
        ids = [
            cell for one in certificate.picks for cell in one.footprint.writes if cell[0] == "ids"
        ]
        assert len({*ids}) == len(ids)
    assert waves.snapshot().next_coroutine == 4


def test_treaty() -> None:
    """Single choices are the engine's; who is not ready takes no step, and cannot begin a wave."""
    waves, _ = machine(TALK)
    row = waves.step(Pick(0))
    assert row is not None
    assert row.id == "send.ok.commit"
    assert waves.step(Pick(9)) is None
    assert waves.step(Wake(0)) is None
    for width in (1, 2):
        with pytest.raises(Refusal) as caught:
            machine(TALK, width=width)[0].take_round(9)
        assert caught.value.code == "not-ready"
    with pytest.raises(ValueError, match="worker"):
        machine(workers=0)
    assert machine(TALK, width=1)[0].draft is None


def test_policies() -> None:
    """The policy's pick begins each wave; a machine runs under what it was admitted for."""
    config = Config(priorities=(("B", 1),))
    waves, seen = machine(TALK, TALK, config=config)
    waves.run("priority", 1)
    assert seen[0].picks[0].coroutine == 1
    with pytest.raises(Refusal) as caught:
        WaveMachine(config, says).run("priority")
    assert caught.value.code == "not-admitted"


def test_the_gate() -> None:
    """Waves of several need contracts."""
    with pytest.raises(Refusal) as caught:
        WaveMachine(Config(), says, request=replace(wide(), is_gated=True))
    assert caught.value.code == "missing-contracts"
    assert WaveMachine(Config(), says, request=unadmitted()).breadth.width == 1


def test_hand_overs() -> None:
    """None are told where nothing passes."""
    waves, _ = machine(TALK)
    waves.run("cooperative")
    assert waves.hand_overs == ()
