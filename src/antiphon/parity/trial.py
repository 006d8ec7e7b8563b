"""One case on all machines: driven to its end, and everything checked that one case can show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby, takewhile
from typing import TypeVar, cast

from antiphon.bytecode.codec import image_digest
from antiphon.bytecode.instruction import Set
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import HOST_WAIT, Row
from antiphon.machine.ask import Host
from antiphon.machine.choice import Advance, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.digest import state_digest, trace_digest
from antiphon.machine.event import (
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Invoked,
    Opened,
    Received,
    Sent,
)
from antiphon.machine.interface import POLICIES, Machine
from antiphon.machine.outcome import Outcome
from antiphon.machine.snapshot import Block, CoroutineView, Snapshot
from antiphon.machine.standing import standing
from antiphon.model.schedule import is_fair
from antiphon.model.state import State
from antiphon.parity.act import Open
from antiphon.parity.corpus import make_recording, make_script
from antiphon.parity.counts import Counts, StateKeys, control_key, program_key
from antiphon.parity.ensemble import SMALL_CROWD, Ensemble, attempt, require_equal
from antiphon.parity.generate import MIXED, Case, Loaded
from antiphon.parity.generate_crowd import NODE
from antiphon.parity.generate_host import BehavingHost
from antiphon.parity.generate_setting import is_harmless
from antiphon.parity.generate_value import traits
from antiphon.parity.script import Script
from antiphon.parity.source import Source
from antiphon.parity.subject import Subject, Way
from antiphon.replay.recording import PICKS, Recording
from antiphon.scheduler.drive import drive, outcome_of
from antiphon.scheduler.policies import PLAIN
from antiphon.theory import interpreter, path
from antiphon.theory.global_type import GlobalType, GlobalVar, nodes
from antiphon.values.value import Value

M = TypeVar("M", bound=Machine)
_WAKES_MAX = 4
_STRAY_ONE_IN = 24
_DONE_WITHIN = 10_000
_SEEN_SESSIONS_MAX = 12


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
        self._opened: dict[int, Loaded] = {}
        self._wakes: Counter[int] = Counter()
        self._seen: Snapshot | None = None
        self._is_stretched = case.drive in (*POLICIES, MIXED)
        self._ways = [(subject, source.pick(subject.ways)) for subject in subjects if subject.ways]
        followers: list[tuple[Subject, Way]] = self._ways if self._is_stretched else []
        self.ensemble = Ensemble(subjects, case.config, self._host, followers)
        images = dict.fromkeys(
            loaded.image for wave in (case.sessions, *case.late) for loaded in wave
        )
        self._keys = StateKeys(program_key(map(image_digest, images), case.config))

    def run(self) -> None:
        """Load, drive to the end, and check what must hold then."""
        self._open(self._case.sessions)
        if self._is_stretched:
            self._follow_stretches()
        else:
            self._follow_draws()
        self.ensemble.settle("the end")
        self._require_digests()
        if not self._case.unverified:
            self._require_conversations()
        self._count()

    def script(self) -> Script:
        """What was done so far, as a case of the corpus. The expected digests are the model's."""
        ensemble = self.ensemble
        asked = ensemble.players[0].host.asked
        return make_script(
            self._case.config, ensemble.acts, asked, unverified=self._case.unverified
        )

    def recording(self) -> Recording:
        """The choices made so far as a recording. The recorded digests are the model's."""
        ensemble, case = self.ensemble, self._case
        first = list(takewhile(lambda each: isinstance(each, Open), ensemble.history))
        return make_recording(
            [each.image for each in first if isinstance(each, Open) for _ in range(each.count)],
            case.config,
            ensemble.history[len(first) :],
            ensemble.players[0].host.asked,
            unverified=case.unverified,
            policy=case.drive if case.drive in POLICIES else PICKS,
        )

    def _open(self, wave: Iterable[Loaded]) -> None:
        for loaded, same in groupby(wave):
            sessions = list(same)
            first = self.ensemble.last.snapshot.next_session
            self._opened |= dict(enumerate(sessions, first))
            self.ensemble.load(loaded.image, len(sessions), unverified=self._case.unverified)
        self._see()

    def _see(self) -> None:
        counts, seen = self.counts, self.ensemble.last.snapshot
        if seen is self._seen:
            return
        self._seen = seen
        counts.states.add(self._keys.of(seen))
        coroutines: dict[int, list[CoroutineView]] = defaultdict(list)
        for view in seen.coroutines:
            coroutines[view.session].append(view)
        for session in seen.sessions[:_SEEN_SESSIONS_MAX]:
            loaded = self._opened.get(session.id)
            program = session.image if loaded is None else _digest(loaded.image)
            counts.control_states.add(control_key(session, coroutines[session.id], program))

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
            ready = self.ensemble.enabled
            event = source.below(_STRAY_ONE_IN)
            if event == _STRAY_ONE_IN - 1:
                self._stray(ready)
            if self._late and (event == 1 or not ready):
                self._open(self._late.pop(0))
            elif not ready or event == 2:
                patient, due = self._patient(), self.ensemble.last.snapshot.deadline
                if patient and (ready or due is None or source.chance(50)):
                    self._wake(source.pick(patient))
                elif ready:
                    continue
                elif due is None:
                    break
                else:
                    self.ensemble.choose(Advance(due))
                    self._see()
            else:
                stays = stubborn and last in ready and not source.chance(10)
                last = last if stays and last is not None else source.pick(ready)
                self._reached(self.ensemble.choose(Pick(last)))

    def _stray(self, ready: tuple[int, ...]) -> None:
        """A pick of someone who is not ready, a wake of someone who does not wait, a time to wait
        for that is not the next.
        """
        snapshot = self.ensemble.last.snapshot
        number = self._source.below(snapshot.next_coroutine + 2) - 1
        if number not in ready:
            self.ensemble.choose_in_vain(Pick(number))
        if not any(one.id == number and _waits_for_host(one.block) for one in snapshot.coroutines):
            self.ensemble.choose_in_vain(Wake(number))
        tick = snapshot.clock + self._source.below(8) - 1
        if ready or tick != snapshot.deadline:
            self.ensemble.choose_in_vain(Advance(tick))

    # Picks of a policy ------------------------------------------------------------------------

    def _follow_stretches(self) -> None:
        """In stretches of any length, of one policy or of several by turns."""
        case, source, ensemble = self._case, self._source, self.ensemble
        while self.counts.steps < case.max_steps:
            policy = source.pick(self._policies()) if case.drive == MIXED else case.drive
            length = min(source.pick(self._lengths()), case.max_steps - self.counts.steps)
            for row in ensemble.stretch(policy, length):
                self._reached(row)
                if case.drive != MIXED:
                    self._require_fair(policy)
            self.counts.checks["runs equal to steps"] += len(ensemble.followers)
            patient = [] if ensemble.enabled and source.below(4) else self._patient()
            for number in patient:
                self._wake(number)
            if case.drive == MIXED and ensemble.enabled and source.chance(40):
                self._reached(ensemble.choose(Pick(source.pick(ensemble.enabled))))
            if self._late and (not ensemble.enabled or source.chance(30)):
                self._open(self._late.pop(0))
            elif not ensemble.enabled:
                break

    def _policies(self) -> tuple[str, ...]:
        """The policies that take turns: in a large crowd those that need no look at everybody."""
        return tuple(PLAIN) if len(self.ensemble.enabled) > SMALL_CROWD else POLICIES

    def _require_fair(self, policy: str) -> None:
        """Nobody has waited longer than the policy may let it, which has picked from the start."""
        state = cast("State", getattr(self.ensemble.players[0].machine, "state", None))
        fair = is_fair(state, policy, state.next_coroutine)
        require_equal(self._names[0], f"fairness of {policy}", True, fair)
        self.counts.checks["fair picks"] += 1

    def _lengths(self) -> tuple[int, ...]:
        """How long a stretch may be: not short in a large crowd, which is looked at after it."""
        most = self._case.max_steps
        if len(self.ensemble.enabled) > SMALL_CROWD:
            return (most, 500)
        return (most, most, 1, 2, 3, 7, 20, most)

    # The end ----------------------------------------------------------------------------------

    def _require_digests(self) -> None:
        """Digests are stricter than equality: they tell ``True`` from 1."""
        first, *others = self.ensemble.players
        expected = _digests(first.machine)
        for player in others:
            require_equal(player.name, "the end", expected, _digests(player.machine))
        for follower in self.ensemble.followers:
            state, trace = _digests(follower.machine, is_traced=follower.is_traced)
            wanted = (expected[0], expected[1] if follower.is_traced else "")
            require_equal(follower.name, "the end", wanted, (state, trace))
            self.counts.checks[f"{follower.way} run"] += 1
        self.counts.checks["digests equal"] += 1

    def _require_conversations(self) -> None:
        """The trace of every session that lost nothing is a run of its global type, and what was in
        transit was always absorbed; finite good ones are done.
        """
        events = self.ensemble.players[0].machine.events()
        actions = _actions(standing(events))
        lossy = {event.session for event in events if isinstance(event, Dropped | Corrupted)}
        misfits = cast("set[int]", getattr(self.ensemble.players[0].machine, "misfits", set[int]()))
        for number, loaded in self._opened.items():
            if loaded.protocol is not None and number not in lossy:
                found = interpreter.check_trace(loaded.protocol, iter(actions[number]))
                require_equal("interpreter", f"session {number}", None, found)
                self.counts.checks["traces accepted"] += 1
                require_equal(self._names[0], f"absorb, {number}", False, number in misfits)
                self.counts.checks["all absorbed"] += 1
        protocols = {loaded.protocol for loaded in self._opened.values()}
        is_good = self._case.behaviour.is_good and is_harmless(self._case.config)
        if is_good and all(map(_is_finite, protocols)):
            self.counts.cases["finite with a good host"] += 1
            place = self._source.below(len(POLICIES))
            for policy in (POLICIES[place], POLICIES[place - 2]):
                self._require_done(policy)

    def _require_done(self, policy: str) -> None:
        """That every machine, left to this policy, comes to the same good end."""
        model = self._with_sessions(self._subjects[0].make)
        done = attempt(self._names[0], policy, partial(drive, model, policy, _DONE_WITHIN))
        require_equal(self._names[0], policy, Outcome.DONE, done.outcome)
        self.counts.checks["finite and done"] += 1
        end = model.snapshot()
        for subject, way in self._ways:
            machine = self._with_sessions(way.make)
            found = attempt(subject.name, policy, partial(machine.run, policy, done.steps + 1))
            require_equal(subject.name, policy, done, found)
            require_equal(subject.name, policy, end, machine.snapshot())
            self.counts.checks["finite and done"] += 1

    def _with_sessions(self, make: Callable[[Config, Host], M]) -> M:
        """A new machine with all sessions of the case."""
        machine = make(self._case.config, self._host())
        for loaded in self._opened.values():
            machine.load(loaded.image)
        return machine

    def _count(self) -> None:
        counts, generator = self.counts, self._case.generator
        outcome = outcome_of(self.ensemble.last.snapshot).value
        events = self.ensemble.players[0].machine.events()
        counts.outcomes.update((outcome, f"{generator} {outcome}"))
        counts.faults.update(event.fault.row for event in events if isinstance(event, Faulted))
        names = {
            name
            for name, holds in (
                ("with three roles or more", self._most_roles() >= 3),
                ("with several sessions", len(self._opened) > 1),
                (f"ending {outcome}", True),
                ("with a fault", any(isinstance(event, Faulted) for event in events)),
                ("with a sender that waited for room", self._waited_for_room()),
                ("with a host that fails", not self._case.behaviour.is_good),
            )
            if holds
        }
        kinds = ("cases", generator)
        counts.cases.update((*kinds, f"driven {self._case.drive}"))
        counts.cases.update(f"{kind} {name}" for kind in kinds for name in names)
        counts.cases.update(traits(self._values(events)))
        counts.cases.update(_course(events, self.ensemble.last.snapshot))
        if any(isinstance(choice, Advance) for choice in self.ensemble.choices):
            counts.cases["with time that passed"] += 1

    def _values(self, events: Iterable[Event]) -> Iterator[Value]:
        """Every value that was a constant or in an event."""
        for image in dict.fromkeys(loaded.image for loaded in self._opened.values()):
            for program in image.programs:
                yield from (each.val for each in program.code if isinstance(each, Set))
        for event in events:
            if isinstance(event, Sent | Received | Invoked):
                yield event.value

    def _most_roles(self) -> int:
        return max(len(loaded.image.programs) for loaded in self._opened.values())

    def _waited_for_room(self) -> bool:
        rows = self.counts.rows.get(self._names[0], Counter[str]())
        return any(row.endswith(".send-wait.room") for row in rows)


def _course(events: Iterable[Event], end: Snapshot) -> set[str]:
    """What the course of a run was like, in words of ``NEEDS``."""
    found: set[str] = set()
    if end.next_coroutine > NODE:
        found.add("ids beyond one node")
    if end.next_coroutine > NODE * NODE:
        found.add("ids beyond two levels of nodes")
    if any(edge.capacity for session in end.sessions for edge in session.edges):
        found.add("with a queue that grew")
    ended = False
    for event in events:
        if ended and isinstance(event, Opened):
            found.add("sessions opened after others ended")
        if isinstance(event, Dropped):
            found.add(f"with a message lost: {event.reason}")
        if isinstance(event, Corrupted):
            found.add("with a message corrupted")
        ended = ended or isinstance(event, Ended)
    return found


def _waits_for_host(block: Block | None) -> bool:
    return block is not None and block.code == HOST_WAIT


def _digests(machine: Machine, *, is_traced: bool = True) -> tuple[str, str]:
    trace = trace_digest(machine.events()) if is_traced else ""
    return state_digest(machine.snapshot(), *POLICIES), trace


def _actions(events: Iterable[Event]) -> dict[int, list[path.Action]]:
    """What the interpreter of global types reads: the messages, by session."""
    found: dict[int, list[path.Action]] = defaultdict(list)
    for event in events:
        if isinstance(event, Sent):
            found[event.session].append(path.Sent(event.sender, event.receiver, event.label))
        elif isinstance(event, Received):
            found[event.session].append(path.Received(event.sender, event.receiver, event.label))
    return found


def _is_finite(protocol: GlobalType | None) -> bool:
    return protocol is not None and not any(isinstance(n, GlobalVar) for n in nodes(protocol))


@lru_cache(maxsize=2**12)
def _digest(image: Image) -> str:
    return image_digest(image)
