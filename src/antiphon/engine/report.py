"""How a run ended, from the kernel's counters; and who waits for whom if it is a deadlock."""

from __future__ import annotations

from collections.abc import Iterator

from antiphon.bytecode.table import RECEIVE_WAIT, ROWS
from antiphon.engine.build import Kernel
from antiphon.engine.catalogue import Catalogue
from antiphon.machine.outcome import Outcome, Report, Waiting


def report(kernel: Kernel, catalogue: Catalogue, steps: int) -> Report:
    """What a run of ``steps`` steps came to that stopped with the kernel as it is now."""
    is_ready, host_waits, queue_waits = kernel.waits()
    coroutines_faulted = kernel.counters()[7]
    if is_ready:
        return Report(steps, Outcome.EXHAUSTED)
    if coroutines_faulted:
        return Report(steps, Outcome.FAULTED)
    if host_waits:
        return Report(steps, Outcome.QUIESCENT)
    if queue_waits:
        return Report(steps, Outcome.DEADLOCK, tuple(_waiting(kernel, catalogue)))
    return Report(steps, Outcome.DONE)


def _waiting(kernel: Kernel, catalogue: Catalogue) -> Iterator[Waiting]:
    """The wait-for graph, by coroutine."""
    holders = {layer: holder for layer, holder, _ in kernel.guards()[1]}
    for coroutine, slot in sorted(kernel.coroutines()):
        layer = kernel.layer(slot)
        if layer >= 0:
            home, session, role, *_ = kernel.coroutine_view(slot)
            name = catalogue.images[home].roles[role]
            words = catalogue.layer_names[layer]
            yield Waiting(coroutine, name, session, "", "", holders.get(layer), layer=words)
            continue
        at, session, image, queue = kernel.waits_for(slot)
        if queue < 0:
            continue
        tables = catalogue.images[image]
        sender, receiver = tables.queues[queue]
        home, _, role, _, _, row, *_ = kernel.coroutine_view(slot)
        awaited = sender if ROWS[row].outcome.code == RECEIVE_WAIT else receiver
        owner = -1
        if awaited in tables.roles:
            endpoints = kernel.session_view(at)[3]
            owner = endpoints[tables.roles.index(awaited)][1]
        name = catalogue.images[home].roles[role]
        is_cut = ROWS[row].outcome.clause == "link"
        found = owner if owner >= 0 else None
        yield Waiting(coroutine, name, session, sender, receiver, found, is_cut)
