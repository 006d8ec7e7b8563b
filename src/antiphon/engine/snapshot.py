"""The kernel's tables as the snapshot that every machine shows."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.table import HOST_WAIT, ROWS
from antiphon.engine.build import Kernel
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.kernel import BLOCKED, DONE, FAULTED, READY
from antiphon.engine.load import label_of
from antiphon.engine.trace import FAULTS
from antiphon.machine.snapshot import (
    ApartView,
    Block,
    CoroutineView,
    Counters,
    EdgeView,
    EndpointView,
    KeptView,
    LevelView,
    QueueView,
    SessionView,
    Snapshot,
)
from antiphon.values.value import Nat

STATUS: Final = {READY: "ready", BLOCKED: "blocked", DONE: "done", FAULTED: "faulted"}
"""A coroutine's status by the kernel's number."""


def take(kernel: Kernel, catalogue: Catalogue) -> Snapshot:
    """The whole state of a machine."""
    clock, next_session, next_coroutine, last, ended, broken, done, failed = kernel.counters()
    since, overtakes = kernel.memory()
    sessions: list[SessionView] = []
    coroutines: list[CoroutineView] = []
    for session, slot in sorted(kernel.sessions()):
        sessions.append(_session(kernel, catalogue, session, slot))
    for number, slot in sorted(kernel.coroutines()):
        coroutines.append(_coroutine(kernel, catalogue, number, slot))
    return Snapshot(
        clock=clock,
        next_session=next_session,
        next_coroutine=next_coroutine,
        last_pick=last if last >= 0 else None,
        ready=tuple(kernel.ready()),
        sessions=tuple(sessions),
        coroutines=tuple(coroutines),
        counters=Counters(ended, broken, done, failed),
        since=tuple(since),
        overtakes=overtakes,
    )


def _session(kernel: Kernel, catalogue: Catalogue, session: int, slot: int) -> SessionView:
    number, is_active, first, _, queue, _ = kernel.session(slot)
    image = catalogue.images[number]
    endpoints: list[EndpointView] = []
    for place, role in enumerate(image.roles):
        node, owner, tokens, answers = kernel.endpoint_view(first + place)
        endpoints.append(EndpointView(role, node, owner if owner >= 0 else None, tokens, answers))
    is_lossy, has_grown = kernel.marks(slot)
    queues: list[QueueView] = []
    edges: list[EdgeView] = []
    for place, (sender, receiver) in sorted(enumerate(image.queues), key=lambda item: item[1]):
        found = kernel.messages(queue + place)
        if found:
            decode = catalogue.words.decode
            messages = tuple((label_of(label), decode(word)) for label, word in found)
            queues.append(QueueView(sender, receiver, messages))
        capacity = kernel.edge_view(queue + place) if has_grown else 0
        if capacity:
            edges.append(EdgeView(sender, receiver, capacity))
    status = "active" if is_active else "faulted"
    sides = tuple(endpoints), tuple(queues)
    return SessionView(session, image.name, status, *sides, is_lossy, tuple(edges))


def _coroutine(kernel: Kernel, catalogue: Catalogue, number: int, slot: int) -> CoroutineView:
    image, session, role, cell, status, row, cost, line, children, answers = kernel.coroutine_view(
        slot
    )
    name = STATUS[status]
    return CoroutineView(
        id=number,
        session=session,
        role=catalogue.images[image].roles[role],
        pc=catalogue.addresses[cell],
        status=name,
        block=_block(kernel, catalogue, slot, session, row) if name == "blocked" else None,
        fault=FAULTS[row] if name == "faulted" else None,
        registers=tuple(map(catalogue.words.decode, kernel.registers(slot))),
        cost=cost,
        line=line,
        children=children,
        answers=answers,
        levels=_levels(kernel, catalogue, slot),
    )


def _levels(kernel: Kernel, catalogue: Catalogue, c: int) -> tuple[LevelView, ...]:
    decode, views = catalogue.words.decode, list[LevelView]()
    for ghost, since, registers, kept, staged, taken in kernel.levels(c):
        number = decode(ghost)
        assert isinstance(number, Nat)
        sides = (
            KeptView(session, catalogue.images[image].roles[place], node)
            for image, session, place, node in kept
        )
        views.append(
            LevelView(
                number.value,
                since,
                tuple(map(decode, registers)),
                tuple(sorted(sides, key=_end)),
                tuple(_apart(catalogue, *one) for one in staged),
                tuple(_apart(catalogue, *one) for one in taken),
            )
        )
    return tuple(views)


def _end(view: KeptView) -> tuple[int, str]:
    return view.session, view.role


def _apart(
    catalogue: Catalogue, image: int, session: int, queue: int, label: int, word: int
) -> ApartView:
    edge = catalogue.images[image].queues[queue]
    value = catalogue.words.decode(word)
    return ApartView(session, *edge, label_of(label), value)


def _block(kernel: Kernel, catalogue: Catalogue, slot: int, home: int, row: int) -> Block:
    code = ROWS[row].outcome.code
    if code == HOST_WAIT:
        return Block(code, home)
    _, session, image, queue = kernel.waits_for(slot)
    return Block(code, session, *catalogue.images[image].queues[queue])
