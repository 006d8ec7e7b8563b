"""One case on all machines: driven to its end, and everything checked that one case can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from antiphon.bytecode.codec import image_digest
from antiphon.bytecode.table import HOST_WAIT, Row
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.digest import state_digest, trace_digest
from antiphon.machine.event import Ended, Event, Faulted, Received, Sent
from antiphon.machine.interface import POLICIES
from antiphon.machine.outcome import Outcome
from antiphon.machine.snapshot import Block
from antiphon.parity.corpus import make_recording
from antiphon.parity.counts import Counts, program_key, state_key
from antiphon.parity.ensemble import Ensemble, Player, attempt, require_equal
from antiphon.parity.generate import Case, Loaded
from antiphon.parity.generate_host import BehavingHost
from antiphon.parity.source import Source
from antiphon.parity.subject import Subject
from antiphon.replay.recording import PICKS, Recording
from antiphon.scheduler.drive import outcome_of, report
from antiphon.theory import interpreter, path
from antiphon.theory.global_type import GlobalType, GlobalVar, nodes

_WAKES_MAX = 4
_STRAY_ONE_IN = 24


class Trial:
    """One case being run; raises ``Differs`` at the first difference.

    The first of ``subjects`` is the model. ``counts`` is what the case adds to a run of lockstep.
    """

    def __init__(self, case: Case, source: Source, subjects: Sequence[Subject]) -> None:
        self.counts = Counts()
        self._case = case
        self._source = source
        self._subjects = subjects
        self._names = [subject.name for subject in subjects]
        self._host = partial(BehavingHost, case.behaviour)
        self._late = list(case.late)
        self._opened: list[Loaded] = []
        self._wakes: Counter[int] = Counter()
        self.ensemble = Ensemble(subjects, case.config, self._host)
        digests = [image_digest(loaded.image) for loaded in (*case.sessions, *case.late)]
        self._program = program_key(digests, case.config.capacity)

    def run(self) -> None:
        """Load, drive to the end, and check what must hold then."""
        for loaded in self._case.sessions:
            self._open(loaded, ())
        if self._case.drive in POLICIES:
            self._follow_policy(self._case.drive)
        else:
            self._follow_draws()
        self._require_digests()
        if not self._case.unverified:
            self._require_conversations()
        self._count()

    def recording(self) -> Recording | None:
        """The choices made so far as a case of the corpus; None if a session was opened on the way.

        The recorded digests are the model's.
        """
        ensemble, case = self.ensemble, self._case
        if any(made for made, _ in ensemble.loads):
            return None
        return make_recording(
            [image for _, image in ensemble.loads],
            case.config,
            ensemble.choices,
            ensemble.players[0].host.asked,
            unverified=case.unverified,
            policy=case.drive if case.drive in POLICIES else PICKS,
        )

    def _open(self, loaded: Loaded, others: Iterable[Player]) -> None:
        self.ensemble.load(loaded.image, unverified=self._case.unverified)
        for player in others:
            player.machine.load(loaded.image, unverified=self._case.unverified)
        self._opened.append(loaded)
        self._see()

    def _see(self) -> None:
        self.counts.states.add(state_key(self._program, self.ensemble.last.snapshot))

    def _reached(self, row: Row | None) -> None:
        if row is not None:
            self.counts.reach(self._names, row.id)
        self._see()

    def _wake(self, coroutine: int) -> None:
        self._wakes[coroutine] += 1
        self.ensemble.choose(Wake(coroutine))
        self._see()

    def _patient(self) -> list[int]:
        """Those who wait for the host and have not been woken too often."""
        return [
            one.id
            for one in self.ensemble.last.snapshot.coroutines
            if _waits_for_host(one.block) and self._wakes[one.id] < _WAKES_MAX
        ]

    # Picks from the source --------------------------------------------------------------------

    def _follow_draws(self) -> None:
        source, stubborn = self._source, self._case.drive == "stubborn"
        last: int | None = None
        while self.counts.steps < self._case.max_steps:
            ready = self.ensemble.last.enabled
            event = source.below(_STRAY_ONE_IN)
            if event == _STRAY_ONE_IN - 1:
                self._stray(ready)
            if self._late and (event == 1 or not ready):
                self._open(self._late.pop(), ())
            elif not ready or event == 2:
                patient = self._patient()
                if patient:
                    self._wake(source.pick(patient))
                elif not ready:
                    break
            else:
                stays = stubborn and last in ready and not source.chance(10)
                last = last if stays and last is not None else source.pick(ready)
                self._reached(self.ensemble.choose(Pick(last)))

    def _stray(self, ready: tuple[int, ...]) -> None:
        """A pick of someone who is not ready, and a wake of someone who does not wait."""
        snapshot = self.ensemble.last.snapshot
        number = self._source.below(snapshot.next_coroutine + 2) - 1
        if number not in ready:
            self.ensemble.choose_in_vain(Pick(number))
        if not any(one.id == number and _waits_for_host(one.block) for one in snapshot.coroutines):
            self.ensemble.choose_in_vain(Wake(number))

    # Picks of a policy ------------------------------------------------------------------------

    def _follow_policy(self, policy: str) -> None:
        """In stretches that end when nobody is ready; ``run`` takes each in one call."""
        runners = [
            Player(subject, self._case.config, self._host())
            for subject in self._subjects
            if subject.runner is not None
        ]
        for player in runners:
            for loaded in self._case.sessions:
                player.machine.load(loaded.image, unverified=self._case.unverified)
        while self.counts.steps < self._case.max_steps:
            self._stretch(policy, runners, self._case.max_steps - self.counts.steps)
            patient = self._patient()
            if self.ensemble.last.enabled or not (self._late or patient):
                break
            for number in patient:
                self._wake(number)
                for player in runners:
                    player.machine.step(Wake(number))
            if self._late:
                self._open(self._late.pop(), runners)

    def _stretch(self, policy: str, runners: Sequence[Player], budget: int) -> None:
        before = self.counts.steps
        while self.counts.steps - before < budget and self.ensemble.last.enabled:
            self._reached(self.ensemble.choose_by(policy))
        expected = report(self.counts.steps - before, self.ensemble.last.snapshot)
        for player in runners:
            at = f"run({policy!r}, {budget})"
            found = attempt(player.name, at, partial(player.run, policy, budget))
            require_equal(player.name, at, expected, found)
            self._require_same(player, at)
            self.counts.checks["runs equal to steps"] += 1

    def _require_same(self, player: Player, at: str) -> None:
        """That a machine which took the same choices by itself is where the others are."""
        first, last = self.ensemble.players[0], self.ensemble.last
        require_equal(player.name, at, last.snapshot, player.machine.snapshot())
        require_equal(player.name, at, last.enabled, player.machine.enabled())
        require_equal(
            player.name, at, tuple(first.machine.events()), tuple(player.machine.events())
        )
        require_equal(player.name, at, first.host.asked, player.host.asked)

    # The end ----------------------------------------------------------------------------------

    def _require_digests(self) -> None:
        """Digests are stricter than equality: they tell ``True`` from 1."""
        first, *others = self.ensemble.players
        expected = _digests(first)
        for player in others:
            require_equal(player.name, "the end", expected, _digests(player))
        self.counts.checks["digests equal"] += 1

    def _require_conversations(self) -> None:
        """Every session's trace is a run of its global type; finite good ones are done."""
        events = self.ensemble.players[0].machine.events()
        for number, loaded in enumerate(self._opened):
            if loaded.protocol is not None:
                actions = _actions(events, number)
                found = interpreter.check_trace(loaded.protocol, actions)
                require_equal("interpreter", f"session {number}", None, found)
                self.counts.checks["traces accepted"] += 1
        protocols = {loaded.protocol for loaded in (*self._case.sessions, *self._case.late)}
        if self._case.behaviour.is_good and all(map(_is_finite, protocols)):
            for policy in POLICIES:
                self._require_done(policy)

    def _require_done(self, policy: str) -> None:
        for subject in self._subjects:
            if subject.runner is not None:
                machine = subject.runner(self._case.config, self._host())
                for loaded in self._case.sessions:
                    machine.load(loaded.image)
                found = attempt(subject.name, policy, partial(machine.run, policy))
                require_equal(subject.name, policy, Outcome.DONE, found.outcome)
                self.counts.checks["finite and done"] += 1

    def _count(self) -> None:
        counts, generator = self.counts, self._case.generator
        outcome = outcome_of(self.ensemble.last.snapshot)
        events = self.ensemble.players[0].machine.events()
        ended = any(isinstance(event, Faulted) for event in events)
        counts.cases.update(("cases", generator))
        counts.outcomes.update((outcome.value, f"{generator} {outcome.value}"))
        counts.faults.update(event.fault.row for event in events if isinstance(event, Faulted))
        counts.cases.update(
            name
            for name, holds in (
                ("several sessions", len(self._opened) > 1),
                (f"{generator} with three roles or more", self._most_roles() >= 3),
                (f"{generator} ending {outcome.value}", True),
                (f"{generator} with a fault", ended),
                (f"{generator} with a sender that waited for room", self._waited_for_room()),
                (f"{generator} with a host that fails", not self._case.behaviour.is_good),
                (f"driven {self._case.drive}", True),
                ("sessions ended", any(isinstance(event, Ended) for event in events)),
            )
            if holds
        )

    def _most_roles(self) -> int:
        return max(len(loaded.image.programs) for loaded in self._opened)

    def _waited_for_room(self) -> bool:
        rows = self.counts.rows.get(self._names[0], Counter[str]())
        return any(row.endswith(".send-wait.room") for row in rows)


def _waits_for_host(block: Block | None) -> bool:
    return block is not None and block.code == HOST_WAIT


def _digests(player: Player) -> tuple[str, str]:
    machine = player.machine
    return state_digest(machine.snapshot()), trace_digest(machine.events())


def _actions(events: Iterable[Event], session: int) -> Iterator[path.Action]:
    """What the interpreter of global types reads: the messages of one session."""
    for event in events:
        if event.session == session:
            if isinstance(event, Sent):
                yield path.Sent(event.sender, event.receiver, event.label)
            elif isinstance(event, Received):
                yield path.Received(event.sender, event.receiver, event.label)


def _is_finite(protocol: GlobalType | None) -> bool:
    return protocol is not None and not any(isinstance(n, GlobalVar) for n in nodes(protocol))
