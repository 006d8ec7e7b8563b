"""What the founding document says of waves, under its names: each is seen, not only said.

What may differ between a run in waves and a run in steps is the order in which independent events
come, and it does: ``behaviour:waves:n>1:global_event_order`` is a difference that the ledger has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from antiphon.bytecode.program import Image
from antiphon.engine.machine import Engine
from antiphon.machine.certificate import WaveCertificate
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.independence import schedule_dependent
from antiphon.model.machine import Model
from antiphon.model.waves import Round, execute_certified_round
from antiphon.parity.ensemble import require_equal
from antiphon.parity.generate import Case, case, first_draws
from antiphon.parity.generate_host import BehavingHost
from antiphon.parity.source import Source
from antiphon.parity.wave_lane import WORKERS, WaveReport, narrow_shape_of, run
from antiphon.parity.wave_trial import NAME, ORDER, Shape
from antiphon.waves.machine import WaveMachine

SEED: Final = 1
CASES: Final = 40
"""So many cases are looked at for each row of the matrix."""
WIDTH: Final = 3
STEPS_MAX: Final = 200
_POLICY: Final = "cooperative"
_WIDTHS: Final = (2, 3, 8)


@dataclass(frozen=True, slots=True)
class EnvelopeReport:
    """What was seen at n = 1 and beyond, and how often a certificate that did not hold was met."""

    exact: WaveReport
    wide: WaveReport
    fallbacks: int

    @property
    def fingerprints(self) -> dict[str, tuple[str, ...]]:
        """What differs, by row of the matrix."""
        wide = ("behaviour:waves:n>1:state",) if self.wide.differing else ()
        if self.wide.found.counts[ORDER]:
            wide = (*wide, "behaviour:waves:n>1:global_event_order")
        return {
            "wave.exact": ("behaviour:waves:n=1:state",) if self.exact.differing else (),
            "wave.envelope": wide,
        }


def look_at_waves(cases: int = CASES) -> EnvelopeReport:
    """Look at everything. Raises ``Differs`` where a fallback is not the canonical step."""
    return EnvelopeReport(
        run_scheduled_threaded_one_eq_run_scheduled(cases),
        envelope_bounded_parity_holds_for_n_gt_1(cases),
        invalid_wave_certificate_falls_back_to_single_step(cases),
    )


def run_scheduled_threaded_one_eq_run_scheduled(cases: int, seed: int = SEED) -> WaveReport:
    """At n = 1 a run in rounds is the run in steps, whatever the number of workers."""
    return run(cases, seed, shapes=narrow_shape_of)


def envelope_bounded_parity_holds_for_n_gt_1(cases: int, seed: int = SEED) -> WaveReport:
    """At n > 1 every wave is a permutation of canonical steps; where the premises hold, a run comes
    to the same as the run in steps.
    """
    return run(cases, seed, shapes=_several)


def _several(number: int) -> Shape:
    workers = WORKERS[number // len(_WIDTHS) % len(WORKERS)]
    return Shape(_WIDTHS[number % len(_WIDTHS)], workers, widening=number % 2 == 0)


def threaded_round_refinement_premises(
    loaded: Iterable[tuple[Image, int]], config: Config, policy: str = _POLICY
) -> bool:
    """Whether rounds of several picks come to the same as single steps: nothing in a program or its
    setting makes the order of independent steps matter.
    """
    return not schedule_dependent(loaded, config, policy)


def invalid_wave_certificate_falls_back_to_single_step(cases: int, seed: int = SEED) -> int:
    """How many certificates were spoilt: each round was then the one canonical step, as the model
    says too, and the run that in steps. Raises ``Differs``.
    """
    return sum(_spoilt(drawn) for drawn in _drawn(cases, seed))


def _drawn(cases: int, seed: int) -> Iterator[Case]:
    """Generated cases in which nothing waits for time, and no crowd."""
    for number in range(cases):
        drawn = case(Source(first_draws(number), key=f"{seed}.{number}"))
        if drawn.generator != "crowd" and not drawn.config.failures:
            yield drawn


def _spoilt(drawn: Case) -> int:
    host = partial(BehavingHost, drawn.behaviour)
    model = Model(drawn.config, host(), request=unadmitted())
    canonical = Engine(drawn.config, host(), request=unadmitted())

    def follow(certificate: WaveCertificate, taken: Sequence[int]) -> None:
        due = Round(waves.metrics.waves - 1, _POLICY, WIDTH)
        expected = execute_certified_round(model.state, certificate, host(), due)
        require_equal(NAME, "a certificate that does not hold", expected, tuple(taken))
        for number in taken:
            model.step(Pick(number))

    waves = WaveMachine(
        drawn.config,
        host(),
        request=replace(unadmitted(), wave_width=WIDTH),
        amend=_spoil,
        on_wave=follow,
    )
    for loaded in drawn.sessions:
        for machine in (model, canonical, waves):
            machine.load(loaded.image, unverified=drawn.unverified)
    steps = waves.run(_POLICY, STEPS_MAX).steps
    canonical.run(_POLICY, steps)
    for machine in (model, canonical):
        require_equal(NAME, "the end", machine.snapshot(), waves.snapshot())
        require_equal(NAME, "the end", tuple(machine.events()), tuple(waves.events()))
    return waves.metrics.rejected


def _spoil(certificate: WaveCertificate) -> WaveCertificate:
    return replace(certificate, tick=certificate.tick + 1)
