"""One case on a machine with waves, held against a machine without, after every wave.

At width 1 the other machine is the canonical engine, which takes what the policy picks; beyond, it
is the model, which takes the picks that the certificates name, one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from antiphon.bytecode.program import Image
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.certificate import WaveCertificate
from antiphon.machine.choice import Advance, Choice, Pick, Wake
from antiphon.machine.contracts import RuntimeRequest, unadmitted
from antiphon.machine.independence import schedule_dependent
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome
from antiphon.machine.snapshot import Snapshot
from antiphon.model.machine import Model
from antiphon.model.state import State
from antiphon.parity.ensemble import Witness, attempt, require_equal
from antiphon.parity.generate import Case, Loaded
from antiphon.parity.generate_host import BehavingHost
from antiphon.parity.profile_lane import by_position
from antiphon.parity.source import Source
from antiphon.replay.normal_form import normal_form
from antiphon.scheduler.lineup import lineup_of
from antiphon.scheduler.policies import policy_named
from antiphon.waves.machine import WaveMachine

POLICIES: Final = ("cooperative", "cooperative", "round-robin", "aging")
"""Who picks the first of each wave, by turns of cases."""
NAME: Final = "waves"
ORDER: Final = "events in another order"
"""What counts runs that are alike, and yet let see independent events otherwise in order."""
ENOUGH: Final = 2_000
"""A run that is longer has no end, as far as anybody looks."""
WAKES_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """How waves are made: of how many picks, for how many workers, and whether several picks may
    touch one session.
    """

    width: int
    workers: int
    widening: bool

    def request(self) -> RuntimeRequest:
        """What a machine for it is asked for, under test."""
        return replace(unadmitted(), wave_width=self.width, wave_widening=self.widening)


@dataclass(slots=True)
class WaveCounts:
    """Numbers that add up, whatever the order or the process."""

    counts: Counter[str] = field(default_factory=Counter[str])
    widths: Counter[int] = field(default_factory=Counter[int])
    reasons: Counter[str] = field(default_factory=Counter[str])

    def add(self, other: WaveCounts) -> None:
        """Counts what ``other`` has counted as well."""
        self.counts.update(other.counts)
        self.widths.update(other.widths)
        self.reasons.update(other.reasons)


class WaveTrial:
    """One case in one shape; raises ``Differs`` at the first difference.

    ``machines`` are the classes of the machine with waves and of the model, and ``audit`` is the
    model's; others than the healthy ones for seeded faults.
    """

    def __init__(self, case: Case, source: Source, shape: Shape, machines: Any) -> None:
        self.found = WaveCounts()
        self._case = case
        self._source = source
        self._shape = shape
        self._law = machines
        self._host = partial(BehavingHost, case.behaviour)
        self._certificate: WaveCertificate | None = None
        make = partial(machines.machine, case.config, workers=shape.workers)
        self._hosts = Witness(self._host()), Witness(self._host())
        self.waves: WaveMachine = make(self._hosts[0], request=shape.request(), on_wave=self._note)
        self._other: Engine | Model = (
            Engine(case.config, self._hosts[1], request=unadmitted())
            if shape.width == 1
            else machines.model(case.config, self._hosts[1], request=unadmitted())
        )
        self._wakes: Counter[int] = Counter()
        self._seen = 0

    def _note(self, certificate: WaveCertificate, _: Sequence[int]) -> None:
        self._certificate = certificate

    def run(self, policy: str) -> None:
        """Drive the case to its end under a policy."""
        late = [*self._case.late]
        self._load(self._case.sessions)
        steps = 0
        while steps < self._case.max_steps:
            if not self.waves.enabled() and not self._rouse(late):
                break
            if self.waves.enabled():
                steps += self._round(policy)
        self._count()

    def _load(self, sessions: Sequence[Loaded]) -> None:
        for loaded in sessions:
            for machine in self._both():
                load = partial(machine.load, loaded.image, unverified=self._case.unverified)
                attempt(NAME, "load", load)

    def _both(self) -> tuple[Machine, Machine]:
        return self.waves, self._other

    def _rouse(self, late: list[tuple[Loaded, ...]]) -> bool:
        """Let time pass, ask again, or open what comes late: whether there was anything to do."""
        state = self.waves.snapshot()
        due = state.deadline
        if due is not None:
            self._choose(Advance(due))
            return True
        for one in state.coroutines:
            waits = one.block is not None and one.block.code == "host-wait"
            if waits and self._wakes[one.id] < WAKES_MAX:
                self._wakes[one.id] += 1
                self._choose(Wake(one.id))
                return True
        if late:
            self._load(late.pop(0))
            return True
        return False

    def _choose(self, choice: Choice) -> None:
        for machine in self._both():
            attempt(NAME, f"{choice}", partial(machine.step, choice))
        self._compare(f"{choice}")

    def _round(self, policy: str) -> int:
        """One wave on the one machine, its picks on the other."""
        other, number = self._other, self.waves.metrics.waves
        state = other.snapshot()
        first = policy_named(policy, lambda: lineup_of(state, self._case.config))(
            other.enabled(), state.last_pick
        )
        before: State | None = None if self._shape.width == 1 else getattr(other, "state", None)
        at = f"wave {number} of {self._shape}"
        taken = attempt(NAME, at, partial(self.waves.take_round, first))
        if before is None:
            require_equal(NAME, at, (first,), taken)
        else:
            self._audit(before, number, policy, at)
        for pick in taken:
            row = attempt("model", at, partial(other.step, Pick(pick)))
            require_equal(NAME, at, True, row is not None)
        self._compare(at)
        return len(taken)

    def _audit(self, state: State, number: int, policy: str, at: str) -> None:
        """The model's opinion of the certificate of the wave that was just taken."""
        certificate, law, shape = self._certificate, self._law.law, self._shape
        due = law.Round(number, policy, shape.width, shape.widening)
        once = law.Once(self._expected)
        reason = attempt(NAME, at, lambda: law.audit(state, certificate, once, due))
        require_equal(NAME, at, "", reason)
        self.found.counts["audits"] += 1

    def _expected(self, ask: Ask) -> Answer:
        """The answer that the host has given to the machine at this position, or would give."""
        heard = sum(one.position == ask.position for one, _ in self._hosts[1].asked)
        given = [answer for one, answer in self._hosts[0].asked if one.position == ask.position]
        return given[heard] if heard < len(given) else self._host()(ask)

    def _compare(self, at: str) -> None:
        """The whole state and the new events, and the draft's state as far as it must be so."""
        expected, found = self._other.snapshot(), self.waves.snapshot()
        if expected != found:
            require_equal(NAME, at, expected, found)
        draft = self.waves.draft
        if draft is not None:
            require_equal("draft", at, unordered(expected), unordered(draft))
        wanted, events = self._other.events(), self.waves.events()
        new = tuple(wanted[self._seen :])
        require_equal(NAME, at, new, tuple(events[self._seen :]))
        self._seen = len(wanted)

    def _count(self) -> None:
        metrics, counts = self.waves.metrics, self.found.counts
        lanes = [one.lane for one in self.waves.lane_trace]
        homes = [one.session for one in self.waves.lane_trace]
        wanted = [home % self._shape.workers for home in homes]
        require_equal(NAME, "the lane trace", (metrics.picks, wanted), (len(homes), lanes))
        self.found.widths.update(metrics.widths)
        counts["cases"] += 1
        counts["steps"] += metrics.picks
        counts["within one session"] += metrics.within_session
        counts["rolled back"] += metrics.rolled_back
        counts["rejected"] += metrics.rejected
        counts["hand-overs"] += len(self.waves.hand_overs)


def unordered(state: Snapshot) -> Snapshot:
    """A state without what the order of a wave's picks decides."""
    return replace(state, ready=tuple(sorted(state.ready)), since=(), overtakes=0, last_pick=None)


def compare_with_default(case: Case, shape: Shape, machine: Any, found: WaveCounts) -> None:
    """S27 (b): a wave run of a schedule-independent case is like the canonical one.

    Raises ``Differs``. Counts why a case is schedule-dependent, if it is.
    """
    images: Counter[Image] = Counter(each.image for each in case.sessions)
    reasons = schedule_dependent(images.items(), case.config)
    if case.unverified or not case.behaviour.is_good:
        reasons = ("not verified, or a host that does not answer", *reasons)
    if reasons:
        found.counts["schedule-dependent"] += 1
        found.reasons.update(reasons[:1])
        return
    hosts = [Witness(BehavingHost(case.behaviour)) for _ in range(2)]
    canonical = Engine(case.config, hosts[0], request=unadmitted())
    waves = machine(case.config, hosts[1], workers=shape.workers, request=shape.request())
    for one in case.sessions:
        canonical.load(one.image)
        waves.load(one.image)
    expected = canonical.run("cooperative", ENOUGH)
    if expected.outcome is Outcome.EXHAUSTED:
        found.counts["schedule-independent without end"] += 1
        return
    at = f"the end of {shape}"
    report = attempt(NAME, at, lambda: waves.run("cooperative", 4 * ENOUGH))
    require_equal(NAME, at, expected.outcome, report.outcome)
    require_equal(NAME, at, normal_form(canonical.events()), normal_form(waves.events()))
    require_equal(NAME, at, ended(canonical.snapshot()), ended(waves.snapshot()))
    require_equal(NAME, at, by_position(hosts[0].asked), by_position(hosts[1].asked))
    found.counts["schedule-independent, alike"] += 1
    found.counts[ORDER] += tuple(canonical.events()) != tuple(waves.events())


def ended(state: Snapshot) -> tuple[object, ...]:
    """What of the end of a run no schedule decides: not clocks, costs or who was picked last."""
    coroutines = tuple(replace(one, cost=0) for one in state.coroutines)
    return (state.counters, state.sessions, coroutines, state.guards, state.ready)
