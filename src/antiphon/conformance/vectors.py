"""Vectors: what is done to a machine, and what must come of each thing; version 1.

A file is lines of JSON. The first says what it is: ``format``, ``version``, ``families`` and the
number of ``vectors``. Each other line is one vector:

    id         its name
    about      what it is for, in words
    families   what a machine must have for it, in the order of ``FAMILIES``
    config     the configuration (``machine.interchange``)
    images     the images that are loaded (``bytecode.interchange``)
    steps      what is done: ``do``, perhaps the ``host``'s answer, and what must come of it,
               ``then``

``do`` is ``["new"]``, ``["load", number of the image]``, ``["pick", coroutine]``,
``["wake", coroutine]`` or ``["advance", tick]``. ``then`` is what a machine answers: ``row``,
``asked``, ``events`` and ``state``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

from antiphon.bytecode.instruction import CLASSES, Open
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
from antiphon.bytecode.table import INSTRUCTIONS
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.config import Config
from antiphon.machine.interchange import config_from_json, config_to_json
from antiphon.machine.output_condition import Disabled
from antiphon.replay.recording import TICKS_MAX
from antiphon.theory.local_type import Input, LocalType, Output, nodes

FORMAT: Final = "antiphon-vectors"
VERSION: Final = 1
FILE: Final = f"vectors-{VERSION}.jsonl"
FAMILIES: Final = (
    *dict.fromkeys(row.family for row in INSTRUCTIONS.values()),
    "delegation",
    "buffers",
    "failures",
    "outputs",
    "limits",
)
"""What a machine may have: the families of instructions, and then endpoints in messages, other
buffers, failures, output conditions, and budgets and other limits.
"""

_NAME_OF: Final = {kind: name for name, kind in CLASSES.items()}
_DOINGS: Final = ("new", "load", "pick", "wake", "advance")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done, with the host's answer if it is asked, and what must come of it.

    ``host`` and ``then`` are JSON as it stands in a vector.
    """

    do: str
    number: int | None
    host: object
    then: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Vector:
    """What is done to one new machine."""

    id: str
    about: str
    families: tuple[str, ...]
    config: Config
    images: tuple[Image, ...]
    steps: tuple[Step, ...]

    @property
    def goal(self) -> str:
        """What it is for: mostly a row of the instruction table."""
        return self.id.partition("#")[0]

    def message(self, step: Step) -> dict[str, object]:
        """What a machine is told, for one of the steps."""
        match step.do:
            case "new":
                return {"do": "new", "version": VERSION, "config": config_to_json(self.config)}
            case "load":
                return {"do": "load", "image": image_to_json(self.images[cast("int", step.number)])}
            case _:
                host = {} if step.host is None else {"host": step.host}
                return {"do": "step", "choice": [step.do, step.number], **host}


def needed(config: Config, images: Iterable[Image]) -> tuple[str, ...]:
    """The families that a machine must have to be set up so and to load these."""
    found = {
        name
        for name, is_used in (
            ("buffers", config.buffers),
            ("failures", config.failures),
            ("outputs", config.outputs != Disabled()),
            ("knowledge", config.flow != Config().flow),
            ("limits", (config.budget, config.max_coroutines, config.max_sessions) != (None,) * 3),
        )
        if is_used
    }
    for image in images:
        for program in image.programs:
            found.update(INSTRUCTIONS[_NAME_OF[type(one)]].family for one in program.code)
            types = [program.local_type]
            types += (t for one in program.code if isinstance(one, Open) for _, t, _ in one.entries)
            if any(map(_hands_over, types)):
                found.add("delegation")
    return tuple(name for name in FAMILIES if name in found)


def _hands_over(root: LocalType) -> bool:
    return any(
        sort.delegates is not None
        for node in nodes(root)
        if isinstance(node, Output | Input)
        for _, sort, _ in node.branches
    )


def encode_vectors(vectors: Sequence[Vector]) -> bytes:
    """Vectors as their file, the same bytes for the same vectors."""
    head: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "families": list(FAMILIES),
        "vectors": len(vectors),
    }
    return b"".join(_line(data) for data in (head, *map(vector_to_json, vectors)))


def _line(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def vector_to_json(vector: Vector) -> dict[str, object]:
    """A vector as it stands in a file."""
    return {
        "id": vector.id,
        "about": vector.about,
        "families": list(vector.families),
        "config": config_to_json(vector.config),
        "images": [image_to_json(image) for image in vector.images],
        "steps": [
            {
                "do": [step.do] if step.number is None else [step.do, step.number],
                **({} if step.host is None else {"host": step.host}),
                "then": step.then,
            }
            for step in vector.steps
        ],
    }


def decode_vectors(data: bytes) -> tuple[Vector, ...]:
    """The vectors that are in a file.

    Raises ``Refusal``: ``not-json``, ``unknown-format``, ``unknown-version``, or
    ``malformed-vectors`` for lines that are none.
    """
    first, *lines = data.splitlines() or [b""]
    head = read_json(first)
    check_format(head, FORMAT, VERSION)
    try:
        return _vectors(head, lines)
    except (ValueError, ProgramError) as error:
        raise Refusal("malformed-vectors", f"these vectors are damaged: {error}") from None


def _vectors(head: object, lines: Sequence[bytes]) -> tuple[Vector, ...]:
    *_, count = fields(head, ("format", "version", "families", "vectors"))
    if natural(count) != len(lines):
        raise ValueError(f"there are {len(lines)} vectors, not {count}")
    return tuple(_vector(read_json(line)) for line in lines)


def _vector(data: object) -> Vector:
    names = ("id", "about", "families", "config", "images", "steps")
    id_, about, families, config, images, steps = fields(data, names)
    return Vector(
        text(id_),
        text(about),
        tuple(map(text, array(families))),
        config_from_json(config),
        tuple(map(image_from_json, array(images))),
        tuple(map(_step, array(steps))),
    )


def _step(data: object) -> Step:
    is_asked = isinstance(data, dict) and "host" in data
    names = ("do", "host", "then") if is_asked else ("do", "then")
    do, *host, then = fields(cast("object", data), names)
    row, asked, events, state = fields(then, ("row", "asked", "events", "state"))
    name, *number = array(do)
    if name not in _DOINGS or len(number) != (name != "new"):
        raise ValueError(f"not a thing to do: {do!r:.80}")
    return Step(
        text(name),
        natural(number[0], TICKS_MAX) if number else None,
        host[0] if host else None,
        {"row": row, "asked": asked, "events": array(events), "state": state},
    )


@cache
def shipped() -> tuple[Vector, ...]:
    """The vectors that come with this version."""
    return decode_vectors(Path(__file__).with_name(FILE).read_bytes())


def chosen(vectors: Iterable[Vector], families: Sequence[str]) -> Iterator[Vector]:
    """Those vectors that need no more than these families; all if none are named.

    Raises ``Refusal`` (``unknown-family``).
    """
    for name in families:
        if name not in FAMILIES:
            raise Refusal("unknown-family", f"no family {name}; there are {', '.join(FAMILIES)}")
    return (each for each in vectors if not families or set(each.families) <= set(families))
