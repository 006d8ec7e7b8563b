"""The recording of a run: everything that it takes to have the same run again (S33).

It holds what was run and how it was set up, the choices that the policy does not determine, the
host's answers by position, and what came of it as digests. The same file serves as a case of the
parity corpus. In JSON, in this order:

    format, version    "antiphon-recording", 1 or 2
    images             the images (``bytecode.interchange``)
    sessions           for each image, how many sessions of it are loaded, one image after the other
    unverified         whether they are loaded without the verifier
    config             the configuration (``machine.interchange``)
    policy             the policy that picks, or "picks" if the picks are listed
    steps              how many steps the run takes
    picks              with the policy "picks", the coroutine of each step; else null
    wakes              in version 1: [[steps taken before, coroutine], ...]
    between            in version 2, instead: what else was done, each with the steps taken before:
                       [steps, "load", number of the image, sessions], [steps, "wake", coroutine],
                       [steps, "advance", tick]
    answers            [{"session", "role", "node", "iteration", "answers": [...]}, ...] in order of
                       position; one is {"value": ...}, {"label": ...}, {"refused": ...}, "pending"
    expected           {"state", "trace", "normal", "run"}: the digests

Version 1 is written where it is enough; version 3, which is written while a run goes on, is in
``appended``. While nobody is ready but somebody waits for a tick, a
policy lets time pass by itself; where the picks are listed, this is too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

from antiphon.bytecode.codec import image_digest
from antiphon.bytecode.interchange import (
    JSON_SIZE_MAX,
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
from antiphon.machine.ask import Answer, Chosen, Pending, Position, Refused
from antiphon.machine.choice import Advance, Wake
from antiphon.machine.config import Config
from antiphon.machine.digest import run_digest, state_digest, trace_digest
from antiphon.machine.interchange import config_from_json, config_to_json
from antiphon.machine.interface import POLICIES, Machine
from antiphon.replay.normal_form import normal_digest
from antiphon.values import wire

FORMAT: Final = "antiphon-recording"
VERSION: Final = 1
VERSION_2: Final = 2
PICKS: Final = "picks"
SESSIONS_MAX: Final = 2**20
TICKS_MAX: Final = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """What is run and how: ``sessions[i]`` sessions of ``images[i]``, loaded in this order.

    ``policy`` is the name of a policy, or ``picks``. Raises ``ValueError`` for what cannot be.
    """

    images: tuple[Image, ...]
    sessions: tuple[int, ...]
    policy: str
    config: Config = field(default_factory=Config)
    unverified: bool = False

    def __post_init__(self) -> None:
        if len(self.images) != len(self.sessions):
            raise ValueError("every image needs its number of sessions")
        if min(self.sessions, default=0) < 0 or sum(self.sessions) > SESSIONS_MAX:
            raise ValueError(f"a recording has at most {SESSIONS_MAX} sessions")
        if self.policy not in (*POLICIES, PICKS):
            raise ValueError(f"there is no policy {self.policy!r}")


@dataclass(frozen=True, slots=True)
class Digests:
    """What a run is compared by (S29); one that is not known is the empty text."""

    state: str
    trace: str
    normal: str
    run: str


@dataclass(frozen=True, slots=True)
class Load:
    """Sessions were opened: ``count`` of the image with this number, one after the other."""

    image: int
    count: int


Between: TypeAlias = Load | Wake | Advance
"""What is done between steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A run. ``picks`` is None when the policy determines them. ``between`` is what else was done,
    in order, each with the number of steps taken before.

    Raises ``ValueError`` for what cannot be.
    """

    setup: Setup
    steps: int
    picks: tuple[int, ...] | None
    between: tuple[tuple[int, Between], ...]
    answers: Mapping[Position, tuple[Answer, ...]]
    expected: Digests

    def __post_init__(self) -> None:
        if (self.picks is None) == (self.setup.policy == PICKS):
            raise ValueError(f"picks are listed exactly when the policy is {PICKS!r}")
        if self.picks is not None and len(self.picks) != self.steps:
            raise ValueError(f"{len(self.picks)} picks do not make {self.steps} steps")
        places = [0, *(place for place, _ in self.between), self.steps]
        if places != sorted(places):
            raise ValueError("wakes and such are in the order of the steps, none after the last")
        sessions = sum(self.setup.sessions)
        for event in (event for _, event in self.between if isinstance(event, Load)):
            if event.image >= len(self.setup.images):
                raise ValueError("between: only the images that are listed can be loaded")
            sessions += event.count
        if sessions > SESSIONS_MAX:
            raise ValueError(f"a recording has at most {SESSIONS_MAX} sessions")


def digests(machine: Machine, setup: Setup) -> Digests:
    """The digests of the run that ``machine`` has made."""
    events = machine.events()
    state, trace = state_digest(machine.snapshot(), setup.policy), trace_digest(events)
    images = tuple(map(image_digest, setup.images))
    run = run_digest(images, setup.config, setup.policy, trace, state)
    return Digests(state, trace, normal_digest(events), run)


def record(
    machine: Machine,
    setup: Setup,
    steps: int,
    answers: Mapping[Position, Sequence[Answer]],
    *,
    picks: Iterable[int] | None = None,
    between: Iterable[tuple[int, Between]] = (),
) -> Recording:
    """The recording of the run of ``steps`` steps that ``machine`` has made since it was new.

    ``answers`` is the log of ``effects.host.recording``; what was done ``between`` steps comes with
    the number of steps that were taken before it. Raises ``ValueError`` if the parts do not fit
    each other.
    """
    return Recording(
        setup,
        steps,
        None if picks is None else tuple(picks),
        tuple(between),
        {position: tuple(given) for position, given in answers.items()},
        digests(machine, setup),
    )


def encode_recording(recording: Recording) -> bytes:
    """A recording as its file, the same bytes for the same recording.

    Raises ``Refusal`` (``too-large``, or ``unknown-digest`` if one is not known) for what would not
    be read again, and ``ProgramError`` (``malformed-image``) if an image has no form.
    """
    setup, expected = recording.setup, recording.expected
    require_digests(expected)
    is_old = all(isinstance(event, Wake) for _, event in recording.between)
    between = [between_to_json(*item) for item in recording.between]
    data: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION if is_old else VERSION_2,
        **setup_to_json(setup),
        "steps": recording.steps,
        "picks": recording.picks,
        **(
            {"wakes": [[place, one] for place, _, one in between]}
            if is_old
            else {"between": between}
        ),
        "answers": answers_to_json(recording.answers),
        "expected": {name: getattr(expected, name) for name in _DIGESTS},
    }
    file = json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
    if len(file) > JSON_SIZE_MAX:
        limit = f"{JSON_SIZE_MAX // 2**20} MiB"
        raise Refusal("too-large", f"a recording has at most {limit}: record a shorter run")
    return file


def require_digests(expected: Digests) -> None:
    """Raises ``Refusal`` (``unknown-digest``) unless all digests are known."""
    if not all(getattr(expected, name) for name in _DIGESTS):
        raise Refusal("unknown-digest", "it has not all its digests: export it from a replay")


def setup_to_json(setup: Setup) -> dict[str, object]:
    """What is run and how, as it stands in a recording: the keys ``SETUP`` in their order."""
    return {
        "images": [image_to_json(image) for image in setup.images],
        "sessions": setup.sessions,
        "unverified": setup.unverified,
        "config": config_to_json(setup.config),
        "policy": setup.policy,
    }


SETUP: Final = ("images", "sessions", "unverified", "config", "policy")
_DIGESTS: Final = ("state", "trace", "normal", "run")
_POSITION: Final = ("session", "role", "node", "iteration")


def answers_to_json(answers: Mapping[Position, Sequence[Answer]]) -> list[object]:
    """A host's answers by position, as they stand in a recording."""
    return [
        {
            "session": position.session,
            "role": position.role,
            "node": position.node,
            "iteration": position.iteration,
            **({} if position.line is None else {"line": list(position.line)}),
            "answers": [answer_to_json(answer) for answer in given],
        }
        for position, given in sorted(answers.items(), key=_by_position)
    ]


def _by_position(item: tuple[Position, object]) -> tuple[object, ...]:
    position = item[0]
    line = () if position.line is None else (0, *position.line)
    return (position.session, position.role, position.node, position.iteration, line)


def answer_to_json(answer: Answer) -> object:
    """One answer, as it stands in a recording."""
    match answer:
        case Chosen(label):
            return {"label": label}
        case Refused(reason):
            return {"refused": reason}
        case Pending():
            return "pending"
        case _:
            return {"value": wire.to_json(answer)}


def decode_recording(data: bytes) -> Recording:
    """The recording that is in a file.

    Raises ``Refusal`` (``too-large``, ``not-json``, ``unknown-format``, ``unknown-version``,
    ``malformed-recording``), and ``ProgramError`` for an image that is damaged.
    """
    given = read_json(data)
    version = check_format(given, FORMAT, VERSION, VERSION_2)
    try:
        return _from_json(given, "wakes" if version == VERSION else "between")
    except ValueError as error:
        raise Refusal("malformed-recording", f"this recording is damaged: {error}") from None


def _from_json(data: object, others: str) -> Recording:
    more = ("steps", "picks", others, "answers", "expected")
    found = fields(data, ("format", "version", *SETUP, *more))
    setup = setup_from_json(found[2 : 2 + len(SETUP)])
    steps, picks, rest, answers, expected = found[2 + len(SETUP) :]
    return Recording(
        setup,
        natural(steps),
        None if picks is None else tuple(map(natural, array(picks))),
        tuple(map(_wake if others == "wakes" else between_from_json, array(rest))),
        answers_from_json(answers),
        Digests(*map(digest_from_json, fields(expected, _DIGESTS))),
    )


def setup_from_json(found: Sequence[object]) -> Setup:
    """What is run and how: the values of the keys ``SETUP``. Raises ``ValueError`` for what is
    none, and ``ProgramError`` for an image that is damaged.
    """
    images, sessions, unverified, config, policy = found
    if not isinstance(unverified, bool):
        raise ValueError("unverified is true or false")
    return Setup(
        tuple(map(image_from_json, array(images))),
        tuple(map(natural, array(sessions))),
        text(policy),
        config_from_json(config),
        unverified,
    )


def _wake(data: object) -> tuple[int, Between]:
    place, coroutine = map(natural, array(data))
    return place, Wake(coroutine)


def between_to_json(place: int, event: Between) -> list[object]:
    """What was done after ``place`` steps, as it stands in a recording."""
    match event:
        case Load(image, count):
            return [place, "load", image, count]
        case Wake(coroutine):
            return [place, "wake", coroutine]
        case Advance(tick):
            return [place, "advance", tick]


def between_from_json(data: object) -> tuple[int, Between]:
    """What was done, and after how many steps. Raises ``ValueError`` for what is none."""
    match array(data):
        case [place, "load", image, count]:
            return natural(place), Load(natural(image), natural(count))
        case [place, "wake", coroutine]:
            return natural(place), Wake(natural(coroutine))
        case [place, "advance", tick]:
            return natural(place), Advance(natural(tick, TICKS_MAX))
        case _:
            raise ValueError("nothing that is done between steps")


def answers_from_json(data: object) -> dict[Position, tuple[Answer, ...]]:
    """A host's answers by position. Raises ``ValueError`` for what is none."""
    result: dict[Position, tuple[Answer, ...]] = {}
    for item in array(data):
        names = (*_POSITION, "answers")
        if isinstance(item, dict) and "line" in item:
            names = (*names, "line")
        session, role, node, iteration, answers, *line = fields(cast("object", item), names)
        position = Position(
            natural(session),
            text(role),
            natural(node),
            natural(iteration),
            tuple(map(natural, array(line[0]))) if line else None,
        )
        if position in result:
            raise ValueError(f"{position} is there twice")
        result[position] = tuple(map(answer_from_json, array(answers)))
    return result


def answer_from_json(data: object) -> Answer:
    """One answer. Raises ``ValueError`` for what is none."""
    if data == "pending":
        return Pending()
    match cast("dict[str, object]", data) if isinstance(data, dict) else {}:
        case {"value": value, **rest} if not rest:
            return wire.from_json(value)
        case {"label": str(label), **rest} if not rest:
            return Chosen(label)
        case {"refused": str(reason), **rest} if not rest:
            return Refused(reason)
        case _:
            raise ValueError("not an answer")


def digest_from_json(data: object) -> str:
    """A digest in hex. Raises ``ValueError`` for what is none."""
    words = text(data)
    if not re.fullmatch(r"[0-9a-f]{64}", words):
        raise ValueError("not a digest")
    return words
