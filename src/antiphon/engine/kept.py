"""What is kept of the trace, in memory that does not grow with the run unless all of it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from antiphon.engine.build import Kernel
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.kernel import CHUNK
from antiphon.engine.trace import Loads, Trace, events_in
from antiphon.machine.event import Event

FEWEST_TO_DROP: Final = 4096


class Kept:
    """The last ``most`` events, or all of them for None; ``sink`` is given each before it goes.

    ``loads`` knows whose they are.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        most: int | None = None,
        sink: Callable[[Sequence[Event]], object] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._most = most
        self._sink = sink
        self._given = 0
        self._limit = FEWEST_TO_DROP
        self.loads = Loads(catalogue)

    @property
    def is_bounded(self) -> bool:
        """Whether some events are not kept."""
        return self._most is not None

    def events(self, kernel: Kernel) -> Trace:
        """Those that are kept. If not all are, they are to be read before the machine goes on."""
        recorded = kernel.recorded()
        first = 0 if self._most is None else max(0, events_in(recorded) - self._most)
        return Trace(recorded, self.loads, self._catalogue, first)

    def spill(self, kernel: Kernel) -> None:
        """Let go of what need not be kept."""
        if self._most is None:
            return
        recorded = kernel.recorded()
        length = events_in(recorded)
        if self._sink is not None and length > self._given:
            self._sink(Trace(recorded, self.loads, self._catalogue, self._given))
            self._given = length
        chunks = min((length - self._most) // CHUNK, len(recorded[0]) - 1)
        if chunks > 0:
            self.loads.with_children(recorded[-1])
            kernel.let_go(chunks)
            self._given -= chunks * CHUNK
            if self.loads.size > self._limit:
                self._drop(kernel)

    def _drop(self, kernel: Kernel) -> None:
        """Forget whose the events were that are gone; twice as many as are left come before it is
        done again.
        """
        trace = Trace(kernel.recorded(), self.loads, self._catalogue)
        coroutines, sessions = trace.named()
        coroutines.update(coroutine for coroutine, _ in kernel.coroutines())
        self.loads.keep(coroutines, sessions)
        self._limit = max(FEWEST_TO_DROP, 2 * self.loads.size)
