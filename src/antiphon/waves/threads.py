"""The engine with sessions on several threads: the same run, byte for byte.

The cooperative run is cut into *stretches*. For each the ready queue is cut into segments that have
no session in common, a certificate says so, and is checked; then each segment is run by itself, on
a copy of the tables, and what came of it takes the place that it has in the cooperative order. A
step that would touch more than its session ends the attempt: the copy is forgotten, and the engine
takes the steps, at first a few and then ever more of them before the next attempt.

With one worker, under another policy, and where nothing can be cut it is the engine alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import methodcaller
from typing import Final

from antiphon.engine.build import Kernel, KernelClass, Lane
from antiphon.engine.kernel import NEVER
from antiphon.engine.machine import CLOCK_LIMIT, Engine
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.contracts import PLAIN, RuntimeContracts, RuntimeRequest
from antiphon.machine.outcome import Report
from antiphon.machine.stretch import StretchCertificate
from antiphon.waves.pages import fresh
from antiphon.waves.stretch import Stretch, certify, rejection
from antiphon.waves.workers import Workers

LEAST: Final = 100_000
"""A stretch of fewer picks is not worth its certificate."""
USUAL: Final = 2**20
"""How many picks a stretch is to have."""
MOST_ALONE: Final = 2**22
"""At most so many steps are taken between two attempts."""


@dataclass(slots=True)
class StretchMetrics:
    """``stretches`` and the ``steps`` in them; attempts that were given up because some step was
    not for a lane, and certificates that were ``rejected``. No program sees them.
    """

    stretches: int = 0
    steps: int = 0
    left: int = 0
    rejected: int = 0


class ThreadedEngine(Engine):
    """An engine with ``workers`` threads.

    ``amend`` is what becomes of each certificate before it is checked, for tests; ``on_stretch``
    is called with each that holds, before the stretch. ``least`` and ``usual``: picks of a stretch.
    """

    def __init__(
        self,
        config: Config,
        host: Host,
        *,
        workers: int = 2,
        build: str | KernelClass | None = None,
        trace: bool = True,
        request: RuntimeRequest = PLAIN,
        contracts: RuntimeContracts | None = None,
        amend: Callable[[StretchCertificate], StretchCertificate] | None = None,
        on_stretch: Callable[[StretchCertificate], None] | None = None,
        least: int = LEAST,
        usual: int = USUAL,
    ) -> None:
        if min(workers, least) < 1:
            raise ValueError("there is at least one worker, and one step in a stretch")
        super().__init__(
            config, host, build=build, trace=trace, request=request, contracts=contracts
        )
        self.workers = workers
        self.metrics = StretchMetrics()
        self._amend = amend
        self._on_stretch = on_stretch
        self._least = least
        self._usual = usual
        self._alone = least

    @property
    def tables(self) -> Kernel:
        """What certificates speak of."""
        return self._kernel

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """See ``Engine.run``."""
        if self.workers == 1 or policy != "cooperative":
            return super().run(policy, max_steps)
        steps = super().run(policy, 0).steps
        with Workers(self.workers) as workers:
            while max_steps is None or steps < max_steps:
                left = CLOCK_LIMIT - self.clock if max_steps is None else max_steps - steps
                taken = self._take_stretch(workers, left)
                steps += taken
                if taken == 0:
                    limit = max(1, min(self._alone, left))
                    alone = super().run(policy, limit).steps
                    steps += alone
                    if alone < limit:
                        break
        return replace(super().run(policy, 0), steps=steps)

    def _take_stretch(self, workers: Workers, left: int) -> int:
        """Take a stretch of at most ``left`` steps, and what may come before it: how many steps
        there were. None if there is no stretch to be had now.
        """
        if left < self._least:
            return 0
        aligned = self._kernel.align(left)
        lengths = self._kernel.segments(self.workers)
        ready = sum(lengths)
        generations = 0
        if ready > 0:
            generations = min(self._usual // ready, (left - aligned) // self._alive())
        while generations * ready >= self._least:
            lanes = self._certified(lengths, Stretch(self.metrics.stretches, generations))
            if lanes is None:
                break
            far = min(workers.each(methodcaller("go"), lanes))
            if far >= NEVER:
                steps = self._kernel.gather(lanes, fresh)
                workers.each(methodcaller("deliver"), lanes)
                self._kernel.arrive(lanes, steps)
                self.metrics.stretches += 1
                self.metrics.steps += steps
                self._alone = self._least
                return aligned + steps
            self.metrics.left += 1
            generations = far
        self._alone = min(2 * self._alone, MOST_ALONE)
        return aligned

    def _certified(self, lengths: list[int], due: Stretch) -> list[Lane] | None:
        """The lanes of a stretch that is certified; None if the certificate does not hold."""
        certificate = certify(self._kernel, lengths, due)
        if self._amend is not None:
            certificate = self._amend(certificate)
        if rejection(certificate, self._kernel, due):
            self.metrics.rejected += 1
            return None
        if self._on_stretch is not None:
            self._on_stretch(certificate)
        lengths = [one.length for one in certificate.segments]
        return self._kernel.lanes(lengths, certificate.generations)

    def _alive(self) -> int:
        """How many coroutines may be ready one day, at least 1."""
        _, _, started, _, _, _, done, failed, _ = self._kernel.counters()
        return max(1, started - done - failed)
