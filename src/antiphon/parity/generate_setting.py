"""Configurations: queues that lose, fail or grow when they are full, budgets, and failures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from antiphon.bytecode.program import Image
from antiphon.errors import ProgramError
from antiphon.machine.buffer import DROP, ERROR, LATEST, RESIZE, Buffer, check_buffers
from antiphon.machine.config import Config
from antiphon.machine.failure import (
    ERASE,
    Corrupt,
    Crash,
    Delay,
    Drop,
    Failure,
    Partition,
    Pause,
    check_failures,
)
from antiphon.parity.source import Source
from antiphon.theory.local_type import Output, nodes

SPECIAL: Final = 30
"""Of 100 configurations so many have special buffers, and perhaps a budget."""
FAILING: Final = 25
"""Of 100 so many have failures."""
Edge: TypeAlias = tuple[str, str]
_SAFE: Final = (
    Buffer(full=ERROR, capacity=1),
    Buffer(full=RESIZE, capacity=1, maximum=2),
    Buffer(full=RESIZE, capacity=1, maximum=3),
    Buffer(capacity=2),
    Buffer(full=RESIZE, capacity=2, maximum=64),
    Buffer(full=ERROR, capacity=2),
    Buffer(full=RESIZE, capacity=1, maximum=1),
)
_LOSSY: Final = (
    Buffer(LATEST),
    Buffer(full=DROP, capacity=1),
    Buffer(full=DROP, capacity=2),
)


def setting(source: Source, images: Iterable[Image], *, unverified: bool) -> Config:
    """A configuration that machines which load these images accept."""
    capacity = source.pick((1, 64, 2, 3, 1, 1, 1))
    images = tuple(images)
    failures = _failures(source, images) if source.chance(FAILING) else ()
    if not source.chance(SPECIAL):
        return Config(capacity, failures=failures)
    images = tuple(dict.fromkeys(images))
    edges = tuple(dict.fromkeys(edge for image in images for edge in edges_of(image)))
    return Config(
        capacity,
        buffers=tuple(_buffers(source, edges, images, unverified=unverified)),
        budget=source.pick((None, None, None, None, None, None, None, 9, 4, 1, 20, 2, 0)),
        failures=failures,
    )


def edges_of(image: Image) -> tuple[Edge, ...]:
    """Every (sender, receiver) that some type of the image speaks of as its sender."""
    return tuple(
        dict.fromkeys(
            (program.role, node.peer)
            for program in image.programs
            for node in nodes(program.local_type)
            if isinstance(node, Output)
        )
    )


def is_harmless(config: Config) -> bool:
    """Whether a finite protocol still comes to its good end."""
    if any(not isinstance(one, Pause | Delay | Partition) for one in config.failures):
        return False
    if any(isinstance(one, Partition) and one.ticks is None for one in config.failures):
        return False
    buffers = (buffer for _, _, buffer in config.buffers)
    return config.budget is None and not any(one.is_lossy or one.full == ERROR for one in buffers)


def _failures(source: Source, images: tuple[Image, ...]) -> tuple[Failure, ...]:
    """One to some failures, no two at one place; mostly early in one of the first sessions."""
    found: dict[object, Failure] = {}
    for _ in range(source.pick((1, 1, 2, 3, 5, 8))):
        session = source.below(min(len(images), 3) + 1)
        image = images[min(session, len(images) - 1)]
        failure = _failure(source, session, image)
        if failure is not None:
            try:
                check_failures((*found.values(), failure))
            except ValueError:
                continue
            found[failure] = failure
    return tuple(found.values())


def _failure(source: Source, session: int, image: Image) -> Failure | None:
    edges, ticks = edges_of(image), source.pick((1, 2, 3, 7, 20, 5, 100))
    if source.below(3) == 0 or not edges:
        if not image.roles:
            return None
        role, step = source.pick(image.roles), source.pick((0, 1, 2, 3, 4, 7))
        crashes = source.chance(50)
        return Crash(session, role, step) if crashes else Pause(session, role, step, ticks)
    sender, receiver = source.pick((*edges, *edges, *edges, edges[0][::-1]))
    place = (session, sender, receiver, source.pick((0, 1, 0, 2, 3)))
    match source.below(7):
        case 0:
            return Drop(*place)
        case 1:
            return Corrupt(*place)
        case 2:
            return Corrupt(*place, ERASE)
        case 3 | 4:
            return Delay(*place, ticks)
        case 5:
            return Partition(*place, ticks)
        case _:
            return Partition(*place, source.pick((ticks, None)))


def _buffers(
    source: Source, edges: tuple[Edge, ...], images: tuple[Image, ...], *, unverified: bool
) -> Iterable[tuple[str, str, Buffer]]:
    for edge in edges:
        if source.chance(70):
            loose = unverified or all(_may_lose(image, edge) for image in images)
            yield *edge, source.pick((*_LOSSY, *_LOSSY, *_SAFE) if loose else _SAFE)


def _may_lose(image: Image, edge: Edge) -> bool:
    try:
        check_buffers(image, ((*edge, Buffer(LATEST)),))
    except ProgramError:
        return False
    return True
