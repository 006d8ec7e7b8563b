"""The kernel's tables as the snapshot that every machine shows."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.table import ACQUIRE_WAIT, ROWS
from antiphon.engine.build import Kernel
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.kernel import BLOCKED, DONE, FAULTED, IN_FLIGHT, READY
from antiphon.engine.load import label_of
from antiphon.engine.trace import FAULTS
from antiphon.machine.snapshot import (
    Block,
    CoroutineView,
    Counters,
    EdgeView,
    EndpointView,
    GuardView,
    QueueView,
    SessionView,
    Snapshot,
)
from antiphon.values.value import Str

STATUS: Final = {READY: "ready", BLOCKED: "blocked", DONE: "done", FAULTED: "faulted"}
"""A coroutine's status by the kernel's number."""


def take(kernel: Kernel, catalogue: Catalogue) -> Snapshot:
    """The whole state of a machine."""
    clock, next_session, next_coroutine, last, *counts = kernel.counters()
    since, overtakes = kernel.memory()
    passed, denied = kernel.outputs()
    next_nonce, grants = kernel.guards()
    held = [GuardView(catalogue.layer_names[layer], *grant) for layer, *grant in grants]
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
        counters=Counters(*counts, outputs_passed=passed, outputs_denied=denied),
        since=tuple(since),
        overtakes=overtakes,
        guards=tuple(sorted(held, key=lambda one: one.layer)),
        next_nonce=next_nonce,
    )


def _session(kernel: Kernel, catalogue: Catalogue, session: int, slot: int) -> SessionView:
    number, is_active, first, _, queue, _ = kernel.session(slot)
    image = catalogue.images[number]
    endpoints: list[EndpointView] = []
    for place, role in enumerate(image.roles):
        node, owner, tokens, answers = kernel.endpoint_view(first + place)
        known, is_sent = owner if owner >= 0 else None, owner == IN_FLIGHT
        facts = tuple(sorted(_text(catalogue, word) for word in kernel.facts(first + place)))
        endpoints.append(EndpointView(role, node, known, tokens, answers, is_sent, facts))
    is_lossy, has_edges = kernel.marks(slot)
    queues: list[QueueView] = []
    edges: list[EdgeView] = []
    for place, (sender, receiver) in enumerate(image.queues):
        found = kernel.messages(queue + place)
        if found:
            decode = catalogue.words.decode
            messages = tuple((label_of(label), decode(word)) for label, word, _ in found)
            visible_at = tuple(at for _, _, at in found)
            shown = visible_at if any(visible_at) else ()
            queues.append(QueueView(sender, receiver, messages, shown))
        capacity, sent, up_at = kernel.edge_view(queue + place) if has_edges else (0, 0, 0)
        if capacity or sent > 0 or up_at:
            up = None if up_at < 0 else up_at
            edges.append(EdgeView(sender, receiver, capacity or None, max(sent, 0), up))
    status = "active" if is_active else "faulted"
    sides = tuple(endpoints), tuple(queues)
    return SessionView(session, image.name, status, *sides, is_lossy, tuple(edges))


def _text(catalogue: Catalogue, word: int) -> str:
    value = catalogue.words.decode(word)
    assert isinstance(value, Str)
    return value.value


def _coroutine(kernel: Kernel, catalogue: Catalogue, number: int, slot: int) -> CoroutineView:
    view = kernel.coroutine_view(slot)
    image, session, role, cell, status, row, cost, line, children, answers, until = view
    name = STATUS[status]
    return CoroutineView(
        id=number,
        session=session,
        role=catalogue.images[image].roles[role],
        pc=catalogue.addresses[cell],
        status=name,
        block=_block(kernel, catalogue, slot, row, session, until) if name == "blocked" else None,
        fault=FAULTS[row] if name == "faulted" else None,
        registers=tuple(map(catalogue.words.decode, kernel.registers(slot))),
        cost=cost,
        line=line,
        children=children,
        answers=answers,
    )


def _block(
    kernel: Kernel, catalogue: Catalogue, slot: int, row: int, home: int, until: int
) -> Block:
    code, tick = ROWS[row].outcome.code, until or None
    if code == ACQUIRE_WAIT:
        return Block(code, home, layer=catalogue.layer_names[kernel.layer(slot)])
    _, session, image, queue = kernel.waits_for(slot)
    if queue < 0:
        return Block(code, home, until=tick)
    return Block(code, session, *catalogue.images[image].queues[queue], tick)
