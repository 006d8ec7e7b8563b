"""Claims 17 and 18: the steps of a wave commute, and a run in waves is its linearisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace
from typing import Any, Final

from antiphon.bytecode.instruction import HOST, Halt, Receive, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.machine.certificate import WaveCertificate
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.failure import Pause
from antiphon.machine.footprint import Footprint
from antiphon.parity.claims.claim import PROFILES, PROPERTY, Claim, Finding, Profile
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.postures import POSTURES, RELATIONS, Scene, answer, scenes
from antiphon.parity.claims.schedules import loaded
from antiphon.parity.ensemble import Differs
from antiphon.parity.tampering import resealed, tampered
from antiphon.parity.wave_lane import run_case, shape_of
from antiphon.parity.wave_trial import Shape
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT

EVERY: Final = {"quick": 13, "full": 1, "deep": 1}
"""One of so many scenes is looked at."""
CASES: Final = {"quick": 24, "full": 600, "deep": 3000}
SEED: Final = 7
_SCENES: Final = len(RELATIONS) * len(POSTURES) ** 2
_TALK: Final = Image(
    "talk",
    (
        RoleProgram("A", output("B", [("hi", NAT, END)]), (Send(0, HOST), Halt()), 2),
        RoleProgram("B", input_("A", [("hi", NAT, END)]), (Receive(0, 1), Halt()), 2),
    ),
)


def commutation(profile: Profile, ground: Ground) -> Finding:
    """Every two instructions in every relation: footprints cover, and the independent commute."""
    every = EVERY[profile]
    independent, law = ground.module("waves.plan").independent, ground.module("model.waves")
    generated = satisfied = checked = 0
    for scene in islice(scenes(), 0, None, every):
        generated += 1
        state, sight = _played(scene, ground)
        if not {*scene.pair} <= {*state.ready}:
            continue
        prints = [ground.module("waves.footprint").footprint(sight, each) for each in scene.pair]
        for number, declared in zip(scene.pair, prints, strict=True):
            checked += 1
            found = ground.module("model.footprint").beyond(state, number, answer, declared)
            if found:
                words = f"{scene.name}: coroutine {number}: {found}"
                return Finding(generated, satisfied + 1, checked, words)
        if independent(*prints):
            satisfied += 1
            checked += 1
            for words in law.disagreement(state, scene.pair, answer):
                return Finding(generated, satisfied, checked, f"{scene.name}: {words}")
    return Finding(generated, satisfied, checked, cardinality=-(-_SCENES // every))


def _played(scene: Scene, ground: Ground) -> tuple[Any, Any]:
    """The model's state where a scene begins, and what a planner sees of it."""
    state = loaded(scene.images, scene.config, ground)
    programs = ground.module("waves.programs").Programs()
    for number, image in enumerate(scene.images):
        programs.loaded(number, image)
    for number in scene.steps:
        state = ground.module("model.step").step(state, Pick(number), answer).state
    shown = ground.module("model.snapshot").snapshot(state)
    return state, ground.module("waves.sight").Whole(shown, scene.config, programs)


def linearisation(profile: Profile, ground: Ground) -> Finding:
    """Certificates that hold and that do not, a run with none that holds, and generated cases."""
    generated = checked = 0
    for words in (*_tamperings(ground), _forced(ground)):
        generated += 1
        checked += 1
        if words:
            return Finding(generated, generated, checked, words)
    machines = SimpleNamespace(
        machine=ground.module("waves.machine").WaveMachine,
        model=ground.module("model.machine").Model,
        law=ground.module("model.waves"),
    )
    for number in range(CASES[profile]):
        generated += 1
        shape = shape_of(number)
        shape = Shape(3, 2, widening=number % 4 != 0) if shape.width == 1 else shape
        try:
            found = run_case(number, SEED, shape, machines)
        except Differs as error:
            words = f"case {number}, {error.at}: {error.machine} differs in {error.parting.path}"
            return Finding(generated, generated, checked + 1, words)
        checked += found.counts["audits"]
    return Finding(generated, generated, checked)


def _tamperings(ground: Ground) -> Iterator[str]:
    """What is wrong with the verdicts of both who check, on each tampering."""
    certificates, plans = ground.module("waves.certificate"), ground.module("waves.plan")
    state, sight = _played(Scene("three talk", (_TALK,) * 3, Config(), (), (0, 2)), ground)
    due = certificates.Due(0, 0, plans.Breadth(4))
    planned = plans.plan(sight, 0, due.breadth)
    whole: WaveCertificate = certificates.certify(sight, planned, due)
    bare = replace(planned.picks[1], footprint=Footprint((), (("coroutine", 2),)))
    small = replace(planned, picks=(planned.picks[0], bare))
    less = certificates.certify(sight, small, due)
    tries = (*tampered(whole), *resealed(whole), ("too small a footprint", less))
    for name, one in (("whole", whole), *tries):
        yield _verdicts(name, one, state, sight, due, ground)
    paused = Config(failures=(Pause(0, "B", 0, 3),))
    state, sight = _played(Scene("one waits", (_TALK,) * 3, paused, (1,), (0, 2)), ground)
    timed = certificates.certify(sight, plans.plan(sight, 0, due.breadth), due)
    yield _verdicts("whole", timed, state, sight, due, ground)


def _verdicts(
    name: str, one: WaveCertificate, state: Any, sight: Any, due: Any, ground: Ground
) -> str:
    """What is wrong with the two verdicts on a certificate, which only the whole one is to pass."""
    law = ground.module("model.waves")
    here = ground.module("waves.certificate").rejection(one, sight, due)
    there = law.audit(state, one, law.Once(answer), law.Round(0, "cooperative", due.breadth.width))
    if (here == "") is (there == "") is (name == "whole"):
        return ""
    return f"certificate with {name}: {here or 'it holds'}; {there or 'it holds'}"


def _forced(ground: Ground) -> str:
    """What is wrong with a run of which no certificate holds: it must be the cooperative one."""
    request = replace(unadmitted(), wave_width=4)
    waves = ground.module("waves.machine").WaveMachine(
        Config(), answer, workers=2, request=request, amend=_spoilt
    )
    engine = Engine(Config(), answer)
    for machine in (waves, engine):
        machine.load_many(_TALK, 4)
    same = waves.run("cooperative") == engine.run("cooperative")
    same = same and tuple(waves.events()) == tuple(engine.events())
    return "" if same else "a run of which no certificate holds is not the cooperative run"


def _spoilt(one: WaveCertificate) -> WaveCertificate:
    return replace(one, tick=one.tick + 1)


CLAIMS: Final = (
    Claim(
        "wave-commutation",
        17,
        "The steps of a wave commute",
        "Every step runs on its footprint alone; any two steps whose footprints are independent"
        " come to the same in either order.",
        "parity/claims/of_waves.py commutation",
        hypotheses=("the footprints are independent", "neither step faults"),
        scopes=(
            "one of 13 pairs of instructions in each relation",
            "all pairs of instructions in each relation",
        ),
        witness="`send` to a third role beside `receive` from it, in one session",
        look=commutation,
    ),
    Claim(
        "threaded-linearisation",
        18,
        "A threaded run is its linearisation",
        "The picks that its certificates name, one after the other, come to the same state; all"
        " orders of each wave do; a certificate that was tampered with is rejected by both who"
        " check, and one step is taken.",
        "parity/claims/of_waves.py linearisation",
        method=PROPERTY,
        scopes=tuple(f"{CASES[profile]} generated programs of seed {SEED}" for profile in PROFILES),
        witness="three sessions of A -> B {hi}: waves of three",
        look=linearisation,
    ),
)
