"""Several machines that make the same choices, compared after each one.

The first machine is what the others are held against. What is compared is everything that can be
observed: the row reached, who is ready, the whole snapshot, the new events, and the new questions
to the host with their answers. In a large crowd the row is compared at every step, the rest every
so many steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar, cast

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Advance, Choice, Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Event
from antiphon.machine.interface import Machine, Runner
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Snapshot
from antiphon.parity.act import Act, Open, Stretch
from antiphon.parity.comparison import Parting, first_difference
from antiphon.parity.subject import Subject, Way
from antiphon.scheduler.drive import report
from antiphon.scheduler.lineup import Lineup, lineup_of
from antiphon.scheduler.policies import policy_named

T = TypeVar("T")
SMALL_CROWD: Final = 64
"""Up to so many coroutines, the whole state is compared after every step."""
FEW: Final = 4
"""Up to so many that are ready, the laws of policies are asked about each."""
VIEWS_PER_STEP: Final = 6
"""In a larger crowd, so often that each step pays for looking at so many coroutines."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What one machine lets see of one choice."""

    row: Row | None
    enabled: tuple[int, ...]
    snapshot: Snapshot
    events: tuple[Event, ...]
    asked: tuple[tuple[Ask, Answer], ...]


class Differs(Exception):
    """``machine`` is the first that is not as expected; ``at`` says after what."""

    def __init__(self, machine: str, at: str, parting: Parting) -> None:
        self.machine = machine
        self.at = at
        self.parting = parting
        super().__init__(f"{machine}, {at}: {parting.path}")


class Witness:
    """A host that remembers what it was asked, and what it answered, in order."""

    def __init__(self, host: Host) -> None:
        self.asked: list[tuple[Ask, Answer]] = []
        self._host = host

    def __call__(self, ask: Ask) -> Answer:
        """The answer of the host."""
        answer = self._host(ask)
        self.asked.append((ask, answer))
        return answer


class Player:
    """One machine, its host, and how much of both has been looked at."""

    def __init__(
        self, name: str, make: Callable[[Config, Host], Machine], config: Config, host: Host
    ) -> None:
        self.name = name
        self.host = Witness(host)
        self.machine = make(config, self.host)
        self.events_seen = 0
        self.asked_seen = 0

    def look(self, row: Row | None) -> Observation:
        """What is seen after a choice that reached ``row``; nothing that was seen before."""
        machine = self.machine
        events, asked = machine.events(), self.host.asked
        seen = Observation(
            row,
            machine.enabled(),
            machine.snapshot(),
            tuple(events[self.events_seen :]),
            tuple(asked[self.asked_seen :]),
        )
        self.events_seen, self.asked_seen = len(events), len(asked)
        return seen


class Follower(Player):
    """A machine that does each act by itself, a stretch in one call, and is looked at after it."""

    def __init__(self, subject: Subject, way: Way, config: Config, host: Host) -> None:
        super().__init__(f"{subject.name}, {way.name}", way.make, config, host)
        self.way = way.name
        self.is_traced = way.is_traced
        self._events_expected = 0

    def open(self, image: Image, count: int, *, unverified: bool) -> tuple[int, ...]:
        """The ids of new sessions, opened in one call if the machine can."""
        many = getattr(self.machine, "load_many", None)
        if many is not None:
            return tuple(many(image, count, unverified=unverified))
        return tuple(self.machine.load(image, unverified=unverified) for _ in range(count))

    def run(self, policy: str, steps: int) -> Report:
        """Many steps in one call."""
        return cast("Runner", self.machine).run(policy, steps)

    def require_same(self, first: Player, last: Observation, at: str) -> None:
        """That it is where ``first`` is, which was just seen as ``last``."""
        events = first.machine.events()
        expected = Observation(
            None,
            last.enabled,
            last.snapshot,
            tuple(events[self._events_expected :]) if self.is_traced else (),
            tuple(first.host.asked[self.asked_seen :]),
        )
        self._events_expected = len(events)
        require_equal(self.name, at, expected, attempt(self.name, at, partial(self.look, None)))


class Ensemble:
    """Machines in step, and followers that are compared with them after each act.

    ``acts`` are those so far and ``choices`` the choices among and in them, the one that differs
    included; ``history`` has the loads too. ``enabled`` is who is ready now, ``last`` what was seen
    when the whole state was compared last: after every step, unless the crowd is large.
    """

    def __init__(
        self,
        subjects: Sequence[Subject],
        config: Config,
        host: Callable[[], Host],
        ways: Sequence[tuple[Subject, Way]] = (),
    ) -> None:
        self.acts: list[Act] = []
        self.choices: list[Choice] = []
        self.history: list[Choice | Open] = []
        self.players = [Player(each.name, each.make, config, host()) for each in subjects]
        self.followers = [Follower(subject, way, config, host()) for subject, way in ways]
        self._subjects = subjects
        self._saved = 0
        self._last_pick: int | None = None
        self.enabled: tuple[int, ...] = ()
        self.last = self._look(None, "new")

    def load(self, image: Image, count: int = 1, *, unverified: bool) -> None:
        """Open sessions of ``image`` on every machine."""
        self.acts.append(Open(image, count))
        self.history.append(Open(image, count))
        first = self.last.snapshot.next_session
        for player in self.players:
            load = partial(player.machine.load, image, unverified=unverified)
            for session in range(first, first + count):
                require_equal(player.name, "load", session, attempt(player.name, "load", load))
        self.last = self._look(None, "load")
        for follower in self.followers:
            load = partial(follower.open, image, count, unverified=unverified)
            opened = attempt(follower.name, "load", load)
            require_equal(follower.name, "load", tuple(range(first, first + count)), opened)
            follower.require_same(self.players[0], self.last, "load")

    def choose(self, choice: Choice) -> Row | None:
        """Make one choice on every machine; raises ``Differs`` at the first difference."""
        self.acts.append(choice)
        row = self._choose(choice)
        for follower in self.followers:
            at = f"choice {choice}"
            found = attempt(follower.name, at, partial(follower.machine.step, choice))
            require_equal(follower.name, at, row, found)
        self._require_same_followers(f"choice {choice}")
        return row

    def stretch(self, policy: str, steps: int) -> Iterator[Row]:
        """The rows that up to ``steps`` steps reach; followers then take them in one call.

        Raises ``Differs`` unless a machine's law allows just what the policy picks.
        """
        place, taken = len(self.acts), 0
        self.acts.append(Stretch(policy, 0))
        self._rest()
        while taken < steps and self.enabled:
            taken += 1
            self.acts[place] = Stretch(policy, taken)
            row = self._choose(Pick(self._pick(policy)))
            assert row is not None
            self._rest()
            yield row
        self.acts[place] = Stretch(policy, steps)
        at = f"run({policy!r}, {steps})"
        self.settle(at)
        expected = report(taken, self.last.snapshot)
        for follower in self.followers:
            found = attempt(follower.name, at, partial(follower.run, policy, steps))
            require_equal(follower.name, at, expected, found)
        self._require_same_followers(at)

    def _rest(self) -> None:
        """While nobody is ready and somebody waits for a tick, let time pass, as a driver does."""
        while not self.enabled:
            tick = self.players[0].machine.snapshot().deadline
            if tick is None:
                break
            self._choose(Advance(tick))

    def choose_in_vain(self, *choices: Choice) -> None:
        """Make choices that must change nothing; the whole state is compared after the last."""
        self.settle("before ineligible choices")
        before, at = self.last, f"ineligible choices up to {choices[-1]}"
        for choice in choices:
            self._step(choice, f"ineligible {choice}")
        unchanged = Observation(None, before.enabled, before.snapshot, (), ())
        require_equal(self.players[0].name, at, unchanged, self._look(None, at))

    def settle(self, at: str) -> None:
        """Compare the whole state now, unless it just was."""
        if self._saved:
            self.last = self._look(None, at)

    def _pick(self, policy: str) -> int:
        """What the policy picks; raises ``Differs`` unless the laws allow just that.

        Of many that are ready some others stand for all who must not be allowed.
        """
        ready = self.enabled
        pick = policy_named(policy, self._lineup)(ready, self._last_pick)
        if len(ready) > FEW:
            ready = tuple(dict.fromkeys((ready[0], pick, ready[1], ready[-1])))
        for subject, player in zip(self._subjects, self.players, strict=True):
            allowed = subject.allows(player.machine, policy, ready)
            if allowed is not None:
                require_equal(player.name, f"law of {policy}", (pick,), allowed)
        return pick

    def _lineup(self) -> Lineup:
        first = self.players[0].machine
        is_fresh = self._saved == 0
        return lineup_of(self.last.snapshot if is_fresh else first.snapshot(), first.config)

    def _choose(self, choice: Choice) -> Row | None:
        self.choices.append(choice)
        self.history.append(choice)
        at = f"choice {len(self.choices)}, {choice}"
        row = self._step(choice, at)
        if row is not None and isinstance(choice, Pick):
            self._last_pick = choice.coroutine
        self._saved += VIEWS_PER_STEP
        crowd = len(self.last.snapshot.coroutines)
        if crowd <= SMALL_CROWD or self._saved >= crowd:
            self.last = self._look(row, at)
        else:
            self.enabled = self.players[0].machine.enabled()
        return row

    def _step(self, choice: Choice, at: str) -> Row | None:
        """The row that all machines reach."""
        first, *others = self.players
        row = attempt(first.name, at, partial(first.machine.step, choice))
        for player in others:
            found = attempt(player.name, at, partial(player.machine.step, choice))
            require_equal(player.name, at, row, found, ".row")
        return row

    def _look(self, row: Row | None, at: str) -> Observation:
        self._saved = 0
        first, *others = self.players
        expected = attempt(first.name, at, partial(first.look, row))
        for player in others:
            actual = attempt(player.name, at, partial(player.look, row))
            if actual != expected:
                require_equal(player.name, at, expected, actual)
        self.enabled = expected.enabled
        return expected

    def _require_same_followers(self, at: str) -> None:
        if self.followers:
            self.settle(at)
        for follower in self.followers:
            follower.require_same(self.players[0], self.last, at)


def require_equal(machine: str, at: str, expected: object, actual: object, path: str = "") -> None:
    """Raises ``Differs`` with the first place where the two, found at ``path``, are not equal."""
    found = first_difference(expected, actual, path)
    if found is not None:
        raise Differs(machine, at, found)


def attempt(machine: str, at: str, act: Callable[[], T]) -> T:
    """What ``act`` gives; whatever it raises is a difference, for machines never raise (S6)."""
    try:
        return act()
    except Exception as error:
        parting = Parting("raised", "nothing", f"{type(error).__name__}: {error}")
        raise Differs(machine, at, parting) from error
