"""Configurations: queues that lose, fail or grow when they are full, and budgets of steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from antiphon.bytecode.program import Image
from antiphon.errors import ProgramError
from antiphon.machine.buffer import DROP, ERROR, LATEST, RESIZE, Buffer, check_buffers
from antiphon.machine.config import Config
from antiphon.parity.source import Source
from antiphon.theory.local_type import Output, nodes

SPECIAL: Final = 30
"""Of 100 configurations so many have more than a capacity."""
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
    if not source.chance(SPECIAL):
        return Config(capacity)
    images = tuple(dict.fromkeys(images))
    edges = tuple(dict.fromkeys(edge for image in images for edge in edges_of(image)))
    return Config(
        capacity,
        buffers=tuple(_buffers(source, edges, images, unverified=unverified)),
        budget=source.pick((None, None, None, None, None, None, None, 9, 4, 1, 20, 2, 0)),
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
    buffers = (buffer for _, _, buffer in config.buffers)
    return config.budget is None and not any(one.is_lossy or one.full == ERROR for one in buffers)


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
