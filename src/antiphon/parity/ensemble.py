"""Several machines that make the same choices, compared after each one.

The first machine is what the others are held against. What is compared is everything that can be
observed: the row reached, who is ready, the whole snapshot, the new events, and the new questions
to the host with their answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, cast

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Choice, Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Event
from antiphon.machine.interface import Machine, Runner
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Snapshot
from antiphon.parity.comparison import Parting, first_difference
from antiphon.parity.subject import Subject
from antiphon.scheduler.policies import policy_named

T = TypeVar("T")


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

    def __init__(self, subject: Subject, config: Config, host: Host) -> None:
        self.name = subject.name
        self.subject = subject
        self.host = Witness(host)
        self.machine: Machine = subject.make(config, self.host)
        self._events = 0
        self._asked = 0

    def observe(self, choice: Choice | None) -> Observation:
        """What is seen after a choice, or without one; nothing that was seen before."""
        machine = self.machine
        row = None if choice is None else machine.step(choice)
        events, asked = machine.events(), self.host.asked
        seen = Observation(
            row,
            machine.enabled(),
            machine.snapshot(),
            tuple(events[self._events :]),
            tuple(asked[self._asked :]),
        )
        self._events, self._asked = len(events), len(asked)
        return seen

    def run(self, policy: str, max_steps: int | None) -> Report:
        """Many steps in one call, by a machine that can."""
        return cast("Runner", self.machine).run(policy, max_steps)


class Ensemble:
    """Machines in step. ``choices`` are those made so far, the one that differs included.

    ``loads`` says what was loaded, and after how many choices; ``last`` is what all show now.
    """

    def __init__(
        self, subjects: Sequence[Subject], config: Config, host: Callable[[], Host]
    ) -> None:
        self.choices: list[Choice] = []
        self.loads: list[tuple[int, Image]] = []
        self.players = [Player(subject, config, host()) for subject in subjects]
        self.last = self._compare(None, "new")

    def load(self, image: Image, *, unverified: bool) -> None:
        """Open a session of ``image`` on every machine."""
        self.loads.append((len(self.choices), image))
        expected = self.last.snapshot.next_session
        for player in self.players:
            load = partial(player.machine.load, image, unverified=unverified)
            session = attempt(player.name, "load", load)
            require_equal(player.name, "load", expected, session)
        self.last = self._compare(None, "load")

    def choose(self, choice: Choice) -> Row | None:
        """Make one choice on every machine; raises ``Differs`` at the first difference."""
        self.choices.append(choice)
        self.last = self._compare(choice, f"choice {len(self.choices)}, {choice}")
        return self.last.row

    def choose_by(self, policy: str) -> Row | None:
        """Let the policy pick; raises ``Differs`` unless a machine's law allows just this pick."""
        last = self.last
        pick = policy_named(policy)(last.enabled, last.snapshot.last_pick)
        for player in self.players:
            allowed = player.subject.allows(player.machine, policy, last.enabled)
            if allowed is not None:
                require_equal(player.name, f"law of {policy}", (pick,), allowed)
        return self.choose(Pick(pick))

    def choose_in_vain(self, choice: Choice) -> None:
        """Make a choice that must change nothing."""
        before = self.last
        seen = self._compare(choice, f"ineligible {choice}")
        unchanged = Observation(None, before.enabled, before.snapshot, (), ())
        require_equal(self.players[0].name, f"ineligible {choice}", unchanged, seen)

    def _compare(self, choice: Choice | None, at: str) -> Observation:
        first, *others = self.players
        expected = attempt(first.name, at, partial(first.observe, choice))
        for player in others:
            actual = attempt(player.name, at, partial(player.observe, choice))
            if actual != expected:
                require_equal(player.name, at, expected, actual)
        return expected


def require_equal(machine: str, at: str, expected: object, actual: object) -> None:
    """Raises ``Differs`` with the first place where the two are not equal."""
    found = first_difference(expected, actual, "")
    if found is not None:
        raise Differs(machine, at, found)


def attempt(machine: str, at: str, act: Callable[[], T]) -> T:
    """What ``act`` gives; whatever it raises is a difference, for machines never raise (S6)."""
    try:
        return act()
    except Exception as error:
        parting = Parting("raised", "nothing", f"{type(error).__name__}: {error}")
        raise Differs(machine, at, parting) from error
