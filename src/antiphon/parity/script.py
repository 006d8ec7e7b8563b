"""Scripts: what was done to machines and what came of it, as a file; version 1.

Unlike a recording, a script opens sessions on the way, lets several policies pick by turns, and
says in how many calls. In JSON, in this order:

    format, version    "antiphon-script", 1
    images             the images (``bytecode.interchange``)
    unverified         whether they are loaded without the verifier
    config             the configuration (``machine.interchange``)
    acts               ["open", number of the image, sessions], ["pick", coroutine],
                       ["wake", coroutine], ["advance", tick], ["run", policy, steps]
    answers            as in a recording
    expected           {"state", "trace"}: the digests at the end
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from antiphon.bytecode.interchange import (
    array,
    check_format,
    fields,
    image_from_json,
    image_to_json,
    natural,
    read_json,
    text,
)
from antiphon.bytecode.program import Image
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Position
from antiphon.machine.choice import Advance, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.interchange import config_from_json, config_to_json
from antiphon.machine.interface import POLICIES
from antiphon.parity.act import Act, Open, Stretch
from antiphon.replay.recording import (
    PICKS,
    TICKS_MAX,
    Load,
    Recording,
    answers_from_json,
    answers_to_json,
)

FORMAT: Final = "antiphon-script"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Script:
    """What is done to new machines, with a host that gives ``answers``; what must come of it.

    ``state`` and ``trace`` are digests.
    """

    config: Config
    unverified: bool
    acts: tuple[Act, ...]
    answers: Mapping[Position, tuple[Answer, ...]]
    state: str
    trace: str


def script_of(recording: Recording) -> Script:
    """The same run as a script: what a policy picks at a time is one stretch."""
    setup, acts = recording.setup, list[Act]()
    acts += (Open(i, n) for i, n in zip(setup.images, setup.sessions, strict=True))
    done = 0
    for place, event in (*recording.between, (recording.steps, None)):
        if setup.policy == PICKS:
            acts += map(Pick, (recording.picks or ())[done:place])
        elif place > done:
            acts.append(Stretch(setup.policy, place - done))
        done = place
        if isinstance(event, Load):
            acts.append(Open(setup.images[event.image], event.count))
        elif event is not None:
            acts.append(event)
    expected = recording.expected
    return Script(
        setup.config,
        setup.unverified,
        tuple(acts),
        recording.answers,
        expected.state,
        expected.trace,
    )


def encode_script(script: Script) -> bytes:
    """A script as its file, the same bytes for the same script."""
    images = dict.fromkeys(act.image for act in script.acts if isinstance(act, Open))
    numbers = {image: number for number, image in enumerate(images)}
    data: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "images": [image_to_json(image) for image in images],
        "unverified": script.unverified,
        "config": config_to_json(script.config),
        "acts": [_act_to_json(act, numbers) for act in script.acts],
        "answers": answers_to_json(script.answers),
        "expected": {"state": script.state, "trace": script.trace},
    }
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _act_to_json(act: Act, numbers: Mapping[Image, int]) -> list[object]:
    match act:
        case Open(image, count):
            return ["open", numbers[image], count]
        case Pick(coroutine):
            return ["pick", coroutine]
        case Wake(coroutine):
            return ["wake", coroutine]
        case Advance(tick):
            return ["advance", tick]
        case Stretch(policy, steps):
            return ["run", policy, steps]


def decode_script(data: bytes) -> Script:
    """The script that is in a file.

    Raises ``Refusal`` (``too-large``, ``not-json``, ``unknown-format``, ``unknown-version``,
    ``malformed-script``), and ``ProgramError`` for an image that is damaged.
    """
    given = read_json(data)
    check_format(given, FORMAT, VERSION)
    try:
        return _from_json(given)
    except ValueError as error:
        raise Refusal("malformed-script", f"this script is damaged: {error}") from None


def _from_json(data: object) -> Script:
    names = ("images", "unverified", "config", "acts", "answers", "expected")
    found = fields(data, ("format", "version", *names))
    images, unverified, config, acts, answers, expected = found[2:]
    if not isinstance(unverified, bool):
        raise ValueError("unverified is true or false")
    state, trace = map(text, fields(expected, ("state", "trace")))
    known = [image_from_json(image) for image in array(images)]
    return Script(
        config_from_json(config),
        unverified,
        tuple(_act_from_json(act, known) for act in array(acts)),
        answers_from_json(answers),
        state,
        trace,
    )


def _act_from_json(data: object, images: list[Image]) -> Act:
    match array(data):
        case ["open", image, count] if natural(image) < len(images):
            return Open(images[natural(image)], natural(count))
        case ["pick", coroutine]:
            return Pick(natural(coroutine))
        case ["wake", coroutine]:
            return Wake(natural(coroutine))
        case ["advance", tick]:
            return Advance(natural(tick, TICKS_MAX))
        case ["run", str(policy), steps] if policy in POLICIES:
            return Stretch(policy, natural(steps))
        case _:
            raise ValueError(f"not an act: {data!r:.80}")
