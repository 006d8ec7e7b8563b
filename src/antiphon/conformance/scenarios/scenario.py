"""What a scenario is, and the words that scenarios are written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from antiphon.bytecode.instruction import Instruction
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer
from antiphon.machine.config import Config
from antiphon.replay.recording import answer_to_json
from antiphon.theory.local_type import END, LocalBranch, LocalType, input_, output
from antiphon.values.sort import UNIT, Sort, parse_sort

Doing: TypeAlias = tuple[str, int | None, object]
"""What is done, with its number, and the host's answer in JSON, None if it has none."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done to a new machine, and ``about``: what that is to show. ``name`` is a few words
    with hyphens.
    """

    name: str
    about: str
    images: tuple[Image, ...]
    doings: tuple[Doing, ...]
    config: Config = Config(1)  # noqa: RUF009  (it is frozen)


def scenario(
    name: str,
    about: str,
    image: Image | tuple[Image, ...],
    *doings: Doing,
    capacity: int = 1,
    config: Config | None = None,
) -> Scenario:
    """A scenario; ``doings`` are what comes after the machine is made."""
    images = image if isinstance(image, tuple) else (image,)
    done = (("new", None, None), *doings)
    return Scenario(f"rules.{name}", about, images, done, config or Config(capacity))


def load_image(number: int = 0) -> Doing:
    """Load the image that has this number."""
    return "load", number, None


def pick(coroutine: int, answer: Answer | None = None) -> Doing:
    """Let it take a step, in which the host is asked exactly if there is an answer."""
    return "pick", coroutine, None if answer is None else answer_to_json(answer)


def wake(coroutine: int) -> Doing:
    """The host wakes it."""
    return "wake", coroutine, None


def advance(tick: int) -> Doing:
    """Time passes."""
    return "advance", tick, None


def role(name: str, local_type: LocalType, *code: Instruction, registers: int = 1) -> RoleProgram:
    """What one role runs."""
    return RoleProgram(name, local_type, code, registers)


def image(*programs: RoleProgram, name: str = "p") -> Image:
    """An image of these."""
    return Image(name, programs)


def on(label: str, sort: Sort = UNIT, then: LocalType = END) -> LocalBranch:
    """One branch of a choice."""
    return label, sort, then


def gives(peer: str, *branches: LocalBranch) -> LocalType:
    """It sends one of these to ``peer``."""
    return output(peer, branches)


def takes(peer: str, *branches: LocalBranch) -> LocalType:
    """It receives one of these from ``peer``."""
    return input_(peer, branches)


def chain(*acts: str, then: LocalType = END) -> LocalType:
    """One message after the other, and then ``then``: ``"B!a nat"`` gives B the label ``a`` with
    that sort, ``"B?a"`` takes ``a`` from B, with Unit.
    """
    for act in reversed(acts):
        message, _, sort = act.partition(" ")
        way = gives if "!" in message else takes
        peer, label = message.replace("?", "!").split("!")
        then = way(peer, on(label, parse_sort(sort or UNIT.name), then))
    return then
