"""Small programs for the unit tests of waves: two sessions that talk, and a scene to look at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from antiphon.bytecode.instruction import HOST, Halt, Receive, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer, Ask, Chosen
from antiphon.machine.certificate import WaveCertificate
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeRequest, unadmitted
from antiphon.model.footprint import Once
from antiphon.model.load import load
from antiphon.model.setting import setting
from antiphon.model.snapshot import snapshot
from antiphon.model.state import State
from antiphon.model.step import step
from antiphon.parity.claims.postures import Scene, answer, scenes
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import Nat
from antiphon.waves.machine import WaveMachine
from antiphon.waves.programs import Programs
from antiphon.waves.sight import Whole

TALK = Image(
    "talk",
    (
        RoleProgram("A", output("B", [("hi", NAT, END)]), (Send(0, HOST), Halt()), 2),
        RoleProgram("B", input_("A", [("hi", NAT, END)]), (Receive(0, 1), Halt()), 2),
    ),
)
"""A says something to B."""


def says(ask: Ask) -> Answer:
    """A host that answers."""
    return Chosen(ask.labels[0]) if ask.kind == "choice" else Nat(3)


def wide(width: int = 4, *, widening: bool = False) -> RuntimeRequest:
    """A request for waves of a machine under test."""
    return replace(unadmitted(), wave_width=width, wave_widening=widening)


def machine(
    *images: Image,
    width: int = 4,
    widening: bool = False,
    workers: int = 2,
    config: Config | None = None,
) -> tuple[WaveMachine, list[WaveCertificate]]:
    """A machine with a session of each image, and the list that its certificates go to."""
    seen: list[WaveCertificate] = []
    made = WaveMachine(
        config or Config(),
        says,
        workers=workers,
        request=wide(width, widening=widening),
        on_wave=lambda certificate, _: seen.append(certificate),
    )
    for image in images:
        made.load(image, unverified=True)
    return made, seen


def state_of(*images: Image, config: Config | None = None) -> tuple[State, Programs]:
    """The model's state with a session of each image, and what runs there."""
    state, programs = State(setting(config or Config())), Programs()
    for number, image in enumerate(images):
        state, _ = load(state, image)
        programs.loaded(number, image)
    return state, programs


def sight_of(state: State, programs: Programs, config: Config | None = None) -> Whole:
    """What a planner sees of a state of the model."""
    return Whole(snapshot(state), config or Config(), programs)


def scene(name: str) -> tuple[Scene, State, Whole]:
    """A scene by its name, played to where its pair is to step."""
    found = _by_name()[name]
    return found, *played(found)


@cache
def _by_name() -> dict[str, Scene]:
    return {one.name: one for one in scenes()}


def played(found: Scene) -> tuple[State, Whole]:
    """A scene, played to where its pair is to step."""
    state, programs = state_of(*found.images, config=found.config)
    for number in found.steps:
        state = step(state, Pick(number), answer).state
    return state, sight_of(state, programs, found.config)


def once() -> Once:
    """The host of scenes, asked once at each position."""
    return Once(answer)
