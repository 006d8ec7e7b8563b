"""How much memory of the engine's tables bundles need, by a formula, and the budget for that.

An entry of a table has 8 bytes, or 4 where it is a slot or a small count, so a row of each kind has
a size. Tables of images have nothing to spare; others grow by a quarter and 64 rows. Counted are
the kernel's tables. Not counted are the names that people read, and texts, blobs and numbers beyond
60 bits that a host sends: their size is the host's to bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from operator import mul
from typing import Final

from antiphon.bytecode.instruction import Fork, Open, Spawn, Tag
from antiphon.bytecode.program import Image
from antiphon.composition.bundle import ProtocolBundle
from antiphon.engine.kernel import CHUNK
from antiphon.engine.load import Tables, tables
from antiphon.errors import Diagnostic
from antiphon.machine.buffer import LATEST
from antiphon.machine.config import Config

WORD: Final = 8
SESSION_BYTES: Final = 52
COROUTINE_BYTES: Final = 176
"""Those of its endpoint are among them, and its places in the lists of who waits."""
RANK_BYTES: Final = 28
"""What a coroutine needs besides, once a policy that ranks has run."""
QUEUE_BYTES: Final = 72
REGISTER_BYTES: Final = 8
MESSAGE_BYTES: Final = 40
NODE_BYTES: Final = 276
"""A node of an id tree has 64 children."""
NODE: Final = 64
TRACE_COLUMNS: Final = 3
EVENTS_PER_STEP: Final = 2
EVENTS_PER_SESSION: Final = 3
"""That it was opened, and that it ended or failed, with one to spare."""

Plan = Sequence[tuple[ProtocolBundle, int]]
"""Bundles with how many sessions of each are opened, in this order."""


@dataclass(frozen=True, slots=True)
class MemoryBudget:
    """How many bytes of tables there may be: for a coroutine, for a session with all its queues
    full, for the image of a protocol, for the trace, and for everything together.

    ``allows_unbounded``: also programs whose memory no formula bounds may run. Raises
    ``ValueError`` for what is no number of bytes.
    """

    max_bytes_per_coroutine: int = 65_536
    max_bytes_per_session: int = 262_144
    max_incremental_bytes_per_protocol: int = 131_072
    max_bytes_of_trace: int = 2**28
    max_bytes: int = 2**28
    allows_unbounded: bool = False

    def __post_init__(self) -> None:
        for each in fields(self):
            number: object = getattr(self, each.name)
            if each.name != "allows_unbounded" and (type(number) is not int or number < 0):
                raise ValueError(f"{each.name}: a whole number of bytes, and not below 0")


@dataclass(frozen=True, slots=True)
class BundleUsage:
    """What a bundle needs, in bytes. ``per_coroutine`` is its largest; ``per_session`` is with all
    queues full, ``empty_session`` with none that was ever used.
    """

    name: str
    image: int
    per_coroutine: int
    per_session: int
    empty_session: int
    sessions: int


@dataclass(frozen=True, slots=True)
class MemoryUsage:
    """What a composition needs, in bytes: ``opened`` is what its tables have once all sessions are
    open, in one call for each bundle; ``full`` what they have at most, in whatever order they are
    opened, when every queue was full once. ``trace`` is at most that, None if it has no bound.
    """

    bundles: tuple[BundleUsage, ...]
    opened: int
    full: int
    trace: int | None


def usage(plan: Plan, config: Config, *, trace: bool, max_steps: int | None) -> MemoryUsage:
    """What the sessions of a plan need. Raises ``ProgramError`` for an image that is none."""
    messages = sum(count * _messages(tables(bundle.image), config) for bundle, count in plan)
    most = [_next(used - 1) if used else 0 for used in _used(plan)[-1]]
    full = _bytes((*most, _nodes(plan)), plan) + RANK_BYTES * most[1]
    full += MESSAGE_BYTES * grown(0, messages)
    sessions = sum(count for _, count in plan)
    return MemoryUsage(
        tuple(_usage(bundle, count, config) for bundle, count in plan),
        allocated(plan),
        full,
        trace_bytes(sessions, max_steps) if trace else 0,
    )


def _usage(bundle: ProtocolBundle, count: int, config: Config) -> BundleUsage:
    image = tables(bundle.image)
    empty = (
        SESSION_BYTES
        + COROUTINE_BYTES * len(image.roles)
        + QUEUE_BYTES * len(image.queues)
        + REGISTER_BYTES * image.registers
    )
    largest = max((row.registers for row in image.role_rows), default=0)
    return BundleUsage(
        bundle.name,
        image_bytes((bundle.image,)),
        COROUTINE_BYTES + RANK_BYTES + REGISTER_BYTES * largest,
        empty + RANK_BYTES * len(image.roles) + MESSAGE_BYTES * _messages(image, config),
        empty,
        count,
    )


def _messages(image: Tables, config: Config) -> int:
    """How many messages a session has at most."""
    buffers = {(sender, receiver): each for sender, receiver, each in config.buffers}
    most = 0
    for edge in image.queues:
        buffer = buffers.get(edge)
        if buffer is None:
            most += config.capacity
        elif buffer.mode == LATEST:
            most += 1
        else:
            most += buffer.capacity if buffer.maximum is None else buffer.maximum
    return most


def image_bytes(images: Iterable[Image]) -> int:
    """What the tables of images have that are loaded into one new machine, each once."""
    words = 0
    shapes: dict[tuple[int, int, int], None] = {}
    layers: dict[str, None] = {}
    for image in dict.fromkeys(images):
        for each in _installed(tables(image)):
            words += _image_words(each)
            shapes[len(each.roles), len(each.queues), each.registers] = None
            shapes |= {(1, 0, row.registers): None for row in each.role_rows}
            layers |= dict.fromkeys(each.layers)
    return WORD * (words + 2 * len(shapes) + 6 * len(layers))


def _installed(image: Tables) -> Iterator[Tables]:
    """An image and those of the sessions that its code opens."""
    yield image
    for session in image.sessions:
        yield from _installed(session)


def _image_words(image: Tables) -> int:
    return (
        6
        + 8 * len(image.role_rows)
        + 7 * len(image.queues)
        + 5 * len(image.cells)
        + 4 * len(image.states)
        + 4 * len(image.branches)
        + 2 * len(image.jumps)
    )


def allocated(plan: Plan) -> int:
    """How many bytes the tables of a new machine have, once every session of a plan is open."""
    return _bytes(opened_rows(plan), plan)


def _bytes(rows: tuple[int, ...], plan: Plan) -> int:
    each = (SESSION_BYTES, COROUTINE_BYTES, QUEUE_BYTES, REGISTER_BYTES, NODE_BYTES)
    return sum(map(mul, rows, each)) + image_bytes(bundle.image for bundle, _ in plan)


def opened_rows(plan: Plan) -> tuple[int, ...]:
    """How many rows there are then of sessions, coroutines, queues, registers, and nodes."""
    have = [0, 0, 0, 0]
    for used in _used(plan):
        have = [
            max(need, _next(rows)) if need > rows else rows
            for rows, need in zip(have, used, strict=True)
        ]
    return *have, _nodes(plan)


def _used(plan: Plan) -> list[tuple[int, int, int, int]]:
    """How many sessions, coroutines, queues and registers are in use after each bundle."""
    sessions = coroutines = queues = registers = 0
    found = [(0, 0, 0, 0)]
    for bundle, count in plan:
        image = tables(bundle.image)
        sessions += count
        coroutines += count * len(image.roles)
        queues += count * len(image.queues)
        registers += count * image.registers
        found.append((sessions, coroutines, queues, registers))
    return found


def _nodes(plan: Plan) -> int:
    sessions, coroutines, _, _ = _used(plan)[-1]
    return grown(0, tree_nodes(sessions) + tree_nodes(coroutines))


def tree_nodes(ids: int) -> int:
    """How many nodes the tree of the ids from 0 on has."""
    total = 0
    while ids > 1 or (ids == 1 and total == 0):
        ids = -(-ids // NODE)
        total += ids
    return total


def grown(have: int, need: int) -> int:
    """How many rows a table has that grows whenever one more is needed, until there are enough."""
    while have < need:
        have = _next(have)
    return have


def _next(have: int) -> int:
    return have + have // 4 + 64


def trace_bytes(sessions: int, max_steps: int | None) -> int | None:
    """How much a trace of so many steps needs at most, in whole chunks; None without a bound."""
    if max_steps is None:
        return None
    events = EVENTS_PER_SESSION * sessions + EVENTS_PER_STEP * max_steps
    return -(-events // CHUNK) * CHUNK * TRACE_COLUMNS * WORD


def budget_problems(plan: Plan, found: MemoryUsage, budget: MemoryBudget) -> list[Diagnostic]:
    """Everything that needs more than the budget allows: ``memory-budget``, and
    ``memory-unbounded`` for what has no bound.
    """
    rows = [
        (f"the image of {each.name}", each.image, "max_incremental_bytes_per_protocol")
        for each in found.bundles
    ]
    for each in found.bundles:
        rows.append((f"a coroutine of {each.name}", each.per_coroutine, "max_bytes_per_coroutine"))
        rows.append((f"a session of {each.name}", each.per_session, "max_bytes_per_session"))
    rows.append(("everything together", found.full, "max_bytes"))
    if found.trace is not None:
        rows.append(("the trace", found.trace, "max_bytes_of_trace"))
    problems = [
        Diagnostic(
            "memory-budget",
            f"{what} needs up to {needed} bytes, and {limit} is {getattr(budget, limit)}",
            help=f"raise {limit}, or ask for fewer sessions, steps, or places in queues",
        )
        for what, needed, limit in rows
        if needed > getattr(budget, limit)
    ]
    if budget.allows_unbounded:
        return problems
    if found.trace is None:
        words = "a trace of any number of steps has no bound"
        advice = "set max_steps, or keep no trace"
        problems.append(Diagnostic("memory-unbounded", words, help=advice))
    for bundle, _ in plan:
        names = ", ".join(dict.fromkeys(growing(bundle.image)))
        if names:
            words = f"{bundle.name} can {names} any number of times, and that has no bound"
            advice = "leave it out, or set allows_unbounded"
            problems.append(Diagnostic("memory-unbounded", words, help=advice))
    return problems


def growing(image: Image) -> Iterator[str]:
    """The instructions of an image whose memory no formula bounds."""
    for program in image.programs:
        for instruction in program.code:
            if isinstance(instruction, Fork | Open | Spawn | Tag):
                yield type(instruction).__name__.lower()
