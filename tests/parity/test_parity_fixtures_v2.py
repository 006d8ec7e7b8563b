"""Several picks in a wave: a permutation of canonical steps, whatever the number of workers."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from antiphon.compiler.compile import compile_protocol
from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.certificate import WaveCertificate
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.independence import schedule_dependent
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.parity.wave_lane import WIDTHS, WORKERS, WaveReport, run
from antiphon.parity.wave_trial import Shape
from antiphon.protocols import load
from antiphon.replay.normal_form import normal_digest
from antiphon.theory.global_type import END, message
from antiphon.theory.projection import project_all
from antiphon.values.sort import NAT
from antiphon.waves.machine import WaveMachine
from tests.house.tree import ROOT
from tests.unit.waves.stage import TALK, machine, says, wide

SHAPES = [
    Shape(width, workers, widening=widening)
    for width, workers, widening in product(WIDTHS[1:], WORKERS, (True, False))
]


@cache
def in_all_shapes(shard: int) -> WaveReport:
    """Cases in every shape by turns."""
    return run(80, 200 + shard, shapes=lambda number: SHAPES[number % len(SHAPES)])


@pytest.mark.parametrize("shard", range(3))
def test_envelope_bounded_parity_holds_for_n_gt_1(shard: int) -> None:
    """Promise (a) for every program: the linearisation that the certificates name is a schedule of
    single steps, and the model under it is in the same state after every wave. Promise (b) for the
    schedule-independent ones: the same normal form, effects and end as the default run.
    """
    report = in_all_shapes(shard)
    assert report.differing == (), report.to_json()["first"]
    counts = report.found.counts
    assert counts["audits"] == report.waves > 300
    assert counts["schedule-independent, alike"] > 3
    assert 100 * report.wide >= 30 * report.waves
    assert counts["within one session"] > 0


def test_livelock_witness() -> None:
    """The protocol on which the earlier system never ended, with two workers and two picks."""
    protocol = message(
        "D", "A", "m3", message("A", "D", "m2", message("C", "D", "m1", END, NAT), NAT), NAT
    )
    types = {role: found.local_type for role, found in project_all(protocol).items()}
    image = compile_protocol("witness", types)
    for width, workers, widening in product((2, 3, 8), WORKERS, (True, False)):
        waves, _ = machine(image, width=width, workers=workers, widening=widening)
        assert waves.run("cooperative", 1000).outcome is Outcome.DONE


def test_planner_trace_is_worker_count_invariant_for_fixed_ready_set() -> None:
    """Who is picked together, and what is certified, does not depend on the number of workers."""
    traces: list[list[WaveCertificate]] = []
    for workers in (1, 2, 3, 4, 8):
        waves, seen = machine(*(TALK,) * 5, width=3, workers=workers, widening=True)
        waves.run("cooperative")
        traces.append(seen)
    assert all(one == traces[0] for one in traces)
    assert len(traces[0]) > 3


def test_invalid_wave_certificate_falls_back_to_single_step() -> None:
    """With every certificate spoilt the run is the cooperative run, event for event."""
    for spoilt in (_shorter, _of_another_state, _of_another_wave):
        waves = WaveMachine(Config(), says, workers=2, request=wide(8), amend=spoilt)
        waves.load_many(TALK, 6)
        engine = Engine(Config(), says)
        engine.load_many(TALK, 6)
        assert waves.run("cooperative") == engine.run("cooperative")
        assert waves.snapshot() == engine.snapshot()
        assert tuple(waves.events()) == tuple(engine.events())
        assert waves.metrics.rejected == waves.metrics.waves


def _shorter(one: WaveCertificate) -> WaveCertificate:
    return replace(one, picks=one.picks[:-1])


def _of_another_state(one: WaveCertificate) -> WaveCertificate:
    return replace(one, state="")


def _of_another_wave(one: WaveCertificate) -> WaveCertificate:
    return replace(one, wave=one.wave + 1)


def test_linearisation_on_the_model() -> None:
    """The picks of all certificates, one after the other, are a run of the model to that state."""
    waves, seen = machine(*(TALK,) * 6, width=4, widening=True)
    waves.run("cooperative")
    model = Model(Config(), says)
    for _ in range(6):
        model.load(TALK, unverified=True)
    for certificate in seen:
        for one in certificate.picks:
            assert model.step(Pick(one.coroutine)) is not None
    assert model.snapshot() == waves.snapshot()
    assert tuple(model.events()) == tuple(waves.events())


IS_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
FOLDER = ROOT / "examples" / "protocols"
EVERY = tuple(sorted(one.stem for one in FOLDER.glob("*.scr")))
DEPENDENT = ("handover",)
"""The examples whose runs depend on the schedule."""
EXAMPLES = (
    tuple(name for name in EVERY if name not in DEPENDENT)
    if IS_DEEP
    else ("ping_pong", "two_buyer", "travel_agency", "ring")
)
SESSIONS = 1000 if IS_DEEP else 30


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """Many sessions of an example have the normal digest of the engine, with the plainest host."""
    image = load(FOLDER / f"{name}.scr").image
    waves = WaveMachine(Config(), DefaultHost(), workers=2, request=wide(8))
    engine = Engine(Config(), DefaultHost())
    for made in (waves, engine):
        made.load_many(image, SESSIONS)
    most = 200 * SESSIONS
    assert engine.run("cooperative", most).outcome is Outcome.DONE
    assert waves.run("cooperative", most).outcome is Outcome.DONE
    assert normal_digest(engine.events()) == normal_digest(waves.events())
    assert waves.metrics.wide > 0.9 * waves.metrics.waves


def test_dependent_examples() -> None:
    """The list of examples is complete."""
    images = {name: load(FOLDER / f"{name}.scr").image for name in EVERY}
    found = [name for name in EVERY if schedule_dependent([(images[name], 2)], Config())]
    assert tuple(found) == DEPENDENT
