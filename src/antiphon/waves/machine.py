"""A machine that takes several steps at once, and is in the state of one that does not.

It has two engines. On the *draft* the picks of a wave are tried, in an order as unlike the
canonical one as may be (``lanes``); if no step faults or touches more than it has declared, they
are taken on the *front*, in the canonical order, and each must come to the same there. Otherwise
the draft is made anew as the front is, and the front takes the steps one at a time. So nothing has
to be undone that anybody could have seen: the front only ever takes canonical steps. At width 1
there is no draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.engine.build import KernelClass
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.ask import Host
from antiphon.machine.certificate import WaveCertificate
from antiphon.machine.choice import Advance, Choice, Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import PLAIN, RuntimeContracts, RuntimeRequest, require_policy
from antiphon.machine.event import Event, Opened, Spawned
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Snapshot
from antiphon.scheduler.drive import report
from antiphon.scheduler.lineup import Lineup, lineup_of
from antiphon.scheduler.policies import policy_named
from antiphon.waves.answers import Answers
from antiphon.waves.certificate import Due, certify, rejection
from antiphon.waves.draft import Draft, Outcome, take
from antiphon.waves.holdings import Holdings
from antiphon.waves.lanes import HandOver, HandOvers, LaneStep, lane_of
from antiphon.waves.metrics import WaveMetrics
from antiphon.waves.plan import Breadth, plan
from antiphon.waves.programs import Programs
from antiphon.waves.sight import Glimpse, Sight


class WaveMachine:
    """The treaty of ``machine.interface``, with waves of up to ``request.wave_width`` picks.

    ``workers``: how many lanes there are; nothing of a run depends on it. ``amend`` is what becomes
    of each certificate before it is checked, for tests. ``on_wave`` is called after each wave with
    the certificate that was checked, and the picks that were taken.
    """

    def __init__(
        self,
        config: Config,
        host: Host,
        *,
        workers: int = 1,
        build: str | KernelClass | None = None,
        request: RuntimeRequest = PLAIN,
        contracts: RuntimeContracts | None = None,
        amend: Callable[[WaveCertificate], WaveCertificate] | None = None,
        on_wave: Callable[[WaveCertificate, Sequence[int]], None] | None = None,
    ) -> None:
        if workers < 1:
            raise ValueError(f"there is at least one worker, not {workers}")
        self.config = config
        self.request = request
        self.breadth = Breadth(request.wave_width, request.wave_widening)
        self.workers = workers
        self.metrics = WaveMetrics()
        self.lane_trace: list[LaneStep] = []
        self.programs = Programs()
        answers = Answers(host)
        make = partial(Engine, config, build=build, request=request, contracts=contracts)
        is_wide = self.breadth.width > 1
        self._front = make(answers.side() if is_wide else host)
        self._draft = Draft(lambda: make(answers.side()), workers) if is_wide else None
        self._holdings = Holdings()
        self._hand_overs = HandOvers(self._holdings.homes, workers)
        self._amend = amend
        self._on_wave = on_wave

    @property
    def hand_overs(self) -> Sequence[HandOver]:
        """The endpoints that have passed from lane to lane."""
        return tuple(self._hand_overs.found)

    # The treaty ------------------------------------------------------------------------------

    def load(self, image: Image, *, unverified: bool = False) -> int:
        """See ``machine.interface.Machine.load``."""
        return self.load_many(image, 1, unverified=unverified)[0]

    def load_many(self, image: Image, count: int, *, unverified: bool = False) -> range:
        """Open ``count`` sessions of an image: their ids."""
        first = self._front.glance().ids[1]
        sessions = self._front.load_many(image, count, unverified=unverified)
        if self._draft is not None:
            self._draft.load(image, count, unverified=unverified)
        for session in sessions:
            self.programs.loaded(session, image)
            self._holdings.loaded(session, image.roles, first)
            first += len(image.roles)
        return sessions

    def enabled(self) -> tuple[int, ...]:
        """See ``machine.interface.Machine.enabled``."""
        return self._front.enabled()

    def step(self, choice: Choice) -> Row | None:
        """See ``machine.interface.Machine.step``: one choice is a wave of its own."""
        if isinstance(choice, Pick):
            outcome = self._take(choice.coroutine)
            row = None if outcome is None else outcome.row
        else:
            row = self._front.step(choice)
        if self._draft is not None:
            self._draft.follow(choice)
        return row

    def snapshot(self) -> Snapshot:
        """See ``machine.interface.Machine.snapshot``."""
        return self._front.snapshot()

    def events(self) -> Sequence[Event]:
        """See ``machine.interface.Machine.events``."""
        return self._front.events()

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """See ``machine.interface.Runner.run``; the steps are taken in waves."""
        require_policy(self.request, policy)
        pick = policy_named(policy, self._lineup)
        last, steps = self.snapshot().last_pick, 0
        while True:
            ready = self.enabled()
            if not ready:
                tick = self.snapshot().deadline
                if tick is None:
                    break
                self.step(Advance(tick))
                continue
            if steps == max_steps:
                break
            left = None if max_steps is None else max_steps - steps
            taken = self.take_round(pick(ready, last), left)
            last = taken[-1]
            steps += len(taken)
        return report(steps, self.snapshot())

    def _lineup(self) -> Lineup:
        return lineup_of(self.snapshot(), self.config)

    # Rounds ----------------------------------------------------------------------------------

    def take_round(self, first: int, most: int | None = None) -> tuple[int, ...]:
        """One wave that begins with ``first``, the policy's pick: the picks, in canonical order.

        ``most`` is how many there may be, if that is fewer than the width. At width 1 a wave is the
        canonical step, and there is nothing to certify. Raises ``Refusal`` (``not-ready``).
        """
        if self.breadth.width == 1:
            tick = self._front.clock
            if self.step(Pick(first)) is None:
                raise _not_ready(first)
            self._count((first,), tick)
            return (first,)
        sight = self.sight()
        if first not in sight.ready:
            raise _not_ready(first)
        width = self.breadth.width if most is None else min(most, self.breadth.width)
        breadth = Breadth(width, self.breadth.widening)
        planned = plan(sight, first, breadth)
        self.metrics.conflicts += planned.conflicts
        due = Due(self.metrics.waves, first, breadth)
        certificate = certify(sight, planned, due)
        if self._amend is not None:
            certificate = self._amend(certificate)
        taken = self.execute_certified_round(certificate, sight, due)
        if self._on_wave is not None:
            self._on_wave(certificate, taken)
        return taken

    def execute_certified_round(
        self, certificate: WaveCertificate, sight: Sight, due: Due
    ) -> tuple[int, ...]:
        """Take the picks of a certificate that holds, else the one canonical step: what was taken.

        Planning has changed nothing, so the state before it is still there.
        """
        if rejection(certificate, sight, due):
            self.metrics.rejected += 1
            self.step(Pick(due.first))
            taken: tuple[int, ...] = (due.first,)
        else:
            taken = self._take_wave(certificate)
        self._count(taken, sight.clock)
        return taken

    def _count(self, taken: Sequence[int], tick: int) -> None:
        wave = self.metrics.waves
        self.metrics.widths[len(taken)] += 1
        for place, number in enumerate(taken):
            home = self._holdings.homes[number]
            lane = lane_of(home, self.workers)
            self.lane_trace.append(LaneStep(tick + place, wave, number, home, lane))

    def _take_wave(self, certificate: WaveCertificate) -> tuple[int, ...]:
        numbers = tuple(one.coroutine for one in certificate.picks)
        draft = self._draft
        if draft is None or len(numbers) == 1:
            self.step(Pick(numbers[0]))
            return numbers
        homes = [self._holdings.homes[number] for number in numbers]
        expected = draft.attempt(certificate.picks, homes, self.programs)
        if expected is None:
            self.metrics.rolled_back += 1
            return self._take_singly(numbers)
        sessions = [one.footprint.sessions for one in certificate.picks]
        shared = len(frozenset[int]().union(*sessions)) < sum(map(len, sessions))
        self.metrics.within_session += shared
        found = [self._take(number) for number in numbers]
        draft.followed(numbers, is_same=found == expected)
        return numbers

    def _take_singly(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """The steps of a wave that was rolled back, one after the other: those that still can be
        taken.
        """
        taken: list[int] = []
        for number in numbers:
            if number in self._front.enabled():
                self.step(Pick(number))
                taken.append(number)
        return tuple(taken)

    def _take(self, number: int) -> Outcome | None:
        """One canonical step, and what is to be known of it later."""
        tick, outcome = self._front.clock, take(self._front, number)
        for event in () if outcome is None else outcome.events:
            view = None
            if isinstance(event, Spawned):
                view = self._front.glance().coroutine(event.child)
            elif isinstance(event, Opened) and event.coroutine is not None:
                opener = self._front.glance().coroutine(event.coroutine)
                assert opener is not None
                self.programs.opened(event.session, opener)
            self._holdings.note(event, view)
            self._hand_overs.note(tick, event)
        return outcome

    def sight(self) -> Sight:
        """What a planner sees now."""
        return Glimpse(self._front, self.programs, self._holdings)

    @property
    def draft(self) -> Snapshot | None:
        """The draft's state, if there is a draft: that of the front, but for the order of those who
        are ready and what policies remember.
        """
        return None if self._draft is None else self._draft.snapshot()


def _not_ready(number: int) -> Refusal:
    return Refusal("not-ready", f"the policy picked coroutine {number}, which is not ready")
