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
    coroutines_faulted = kernel.counters()[-1]
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
    for session, slot in sorted(kernel.sessions()):
        number, _, first, _, _, _ = kernel.session(slot)
        image = catalogue.images[number]
        for place, role in enumerate(image.roles):
            coroutine, _, _, row, queue, _ = kernel.coroutine_view(first + place)
            if queue >= 0:
                sender, receiver = image.queues[queue]
                awaited = sender if ROWS[row].outcome.code == RECEIVE_WAIT else receiver
                owner = -1
                if awaited in image.roles:
                    owner = kernel.endpoint_view(first + image.roles.index(awaited))[1]
                yield Waiting(
                    coroutine, role, session, sender, receiver, owner if owner >= 0 else None
                )
