"""Courses: the generated cases of lockstep, run on the model alone, one pick after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Advance, Choice, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.digest import state_digest, trace_digest
from antiphon.machine.event import Event
from antiphon.parity.claims.claim import PROFILES, Profile
from antiphon.parity.claims.forks import Forks
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.moments import STATEMENTS, Moment, ended, moves
from antiphon.parity.generate import CROWD_EVERY, Case, case, first_draws
from antiphon.parity.generate_host import BehavingHost
from antiphon.parity.source import Source

SEED: Final = 1
CASES: Final = (100, 1500, 20000)
"""How many cases each profile runs."""
_WAKES_MAX: Final = 3


class Memory:
    """A host that gives the answers of another one, and gives them again when asked again."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._answers: list[Answer] = []
        self._place = 0

    def __call__(self, ask: Ask) -> Answer:
        """The next answer."""
        if self._place == len(self._answers):
            self._answers.append(self._host(ask))
        self._place += 1
        return self._answers[self._place - 1]

    def rewind(self) -> None:
        """From now on the answers come again."""
        self._place = 0


@dataclass(frozen=True)
class Act:
    """One choice in a course: the states of the model, and what it came to."""

    before: Any
    result: Any
    choice: Choice
    host: Memory
    config: Config


def numbers(profile: Profile) -> Iterator[int]:
    """The numbers of the cases of a profile; there are no crowds among them."""
    for number in range(CASES[PROFILES.index(profile)]):
        if number % CROWD_EVERY != CROWD_EVERY - 1:
            yield number


def course(number: int, ground: Ground) -> Iterator[Act]:
    """A case, from its sessions on. What comes late there is loaded at once here."""
    source = Source(first_draws(number), key=f"{SEED}.{number}")
    drawn = case(source)
    state, config = _loaded(drawn, ground), drawn.config
    step = ground.module("model.step").step
    host = BehavingHost(drawn.behaviour)
    picks = 0
    wakes = 0
    while picks < drawn.max_steps:
        choice = _choice(state, source, wakes)
        if choice is None:
            return
        picks += isinstance(choice, Pick)
        wakes += isinstance(choice, Wake)
        memory = Memory(host)
        result = step(state, choice, memory)
        yield Act(state, result, choice, memory, config)
        state = result.state


def _loaded(drawn: Case, ground: Ground) -> Any:
    """The state after all sessions were loaded, each as if it were verified."""
    modules = ground.module
    state = modules("model.state").State(modules("model.setting").setting(drawn.config))
    for loaded in (*drawn.sessions, *(one for wave in drawn.late for one in wave)):
        state, _ = modules("model.load").load(state, loaded.image)
    return state


def _choice(state: Any, source: Source, wakes: int) -> Choice | None:
    """A pick of anybody who is ready; else time passes, or the host has something to say."""
    if state.ready:
        return Pick(source.pick(state.ready))
    if state.deadlines != ():
        return Advance(state.deadlines[0][0])
    waiting = [
        number
        for number, one in state.coroutines.items()
        if one.block is not None and one.block.code == "host-wait"
    ]
    return Wake(source.pick(waiting)) if waiting and wakes < _WAKES_MAX else None


@dataclass
class Tally:
    """What the courses of a profile came to: steps, and what is wrong first, by statement."""

    cases: int = 0
    steps: int = 0
    moving: int = 0
    moving_cases: int = 0
    aborts: int = 0
    abort_cases: int = 0
    rows: set[str] = field(default_factory=set[str])
    wrong: dict[str, str] = field(default_factory=dict[str, str])


@cache
def tally(profile: Profile, ground: Ground) -> Tally:
    """Every statement about steps, over every step of every course."""
    found = Tally()
    view = ground.module("model.snapshot").snapshot
    for number in numbers(profile):
        found.cases += 1
        moved, forks, aborts = False, Forks(), 0
        for act in course(number, ground):
            if not isinstance(act.choice, Pick):
                continue
            found.steps += 1
            moment = _moment(view, act)
            found.rows.add(moment.row.id)
            is_moving = moves(moment)
            found.moving += is_moving
            moved = moved or is_moving
            undone = forks.look(moment)
            aborts += undone is not None
            said = {name: statement(moment) for name, statement in STATEMENTS.items()}
            for name, words in (*said.items(), ("speculation", undone)):
                if words:
                    place = f"case {number}, tick {moment.before.clock}, {moment.row.id}"
                    found.wrong.setdefault(name, f"{place}: {words}")
        found.moving_cases += moved
        found.aborts += aborts
        found.abort_cases += aborts > 0
    return found


def _moment(view: Any, act: Act) -> Moment:
    result = act.result
    return Moment(
        view(act.before),
        view(result.state),
        act.choice.coroutine if isinstance(act.choice, Pick) else -1,
        result.row,
        result.events,
        act.config,
        ended(result.state),
    )


def repeated(number: int, ground: Ground) -> tuple[int, str]:
    """Each choice of a course made twice: how many, and what is not the same the second time."""
    step, view = ground.module("model.step").step, ground.module("model.snapshot").snapshot
    count = 0
    for act in course(number, ground):
        count += 1
        before = state_digest(view(act.before))
        act.host.rewind()
        again = step(act.before, act.choice, act.host)
        one, other = act.result, again
        if state_digest(view(one.state)) != state_digest(view(other.state)) or one.row != other.row:
            return count, f"case {number}: the same choice came to another state"
        if one.events != other.events:
            return count, f"case {number}: the same choice had other events"
        if state_digest(view(act.before)) != before:
            return count, f"case {number}: a step changed the state before it"
    return count, ""


def fingerprint(profile: Profile, ground: Ground) -> str:
    """A digest of all that the courses of a profile came to; the same in every process."""
    whole = hashlib.sha256()
    view = ground.module("model.snapshot").snapshot
    for number in numbers(profile):
        events: list[Event] = []
        last: Act | None = None
        for act in course(number, ground):
            events += act.result.events
            last = act
        if last is not None:
            whole.update(state_digest(view(last.result.state)).encode())
            whole.update(trace_digest(events).encode())
    return whole.hexdigest()
