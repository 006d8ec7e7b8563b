"""The machine on which waves are tried before they count.

After a wave that went well its state is that of the front, but for the order of those who are ready
and what policies remember; so the next wave can be tried on it as it is. After one that did not, it
is made anew by taking all steps of the front again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from antiphon.bytecode.instruction import HOST, Acquire, Instruction, Invoke, Offer, Select, Send
from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.engine.machine import Engine
from antiphon.machine.certificate import CertifiedPick
from antiphon.machine.choice import Choice, Pick
from antiphon.machine.event import Event
from antiphon.machine.footprint import COROUTINE, Footprint
from antiphon.machine.snapshot import Snapshot
from antiphon.waves.lanes import execution_order, lane_of
from antiphon.waves.programs import Programs


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to, whenever it was taken: the row, the events without their tick, and who
    is ready for it beside the stepper.
    """

    row: Row
    events: tuple[Event, ...]
    woken: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Loading:
    image: Image
    count: int
    unverified: bool


class Draft:
    """``make`` gives a new engine that hears again whatever was answered."""

    def __init__(self, make: Callable[[], Engine], workers: int) -> None:
        self._make = make
        self._workers = workers
        self._history: list[Choice | _Loading] = []
        self._engine = make()

    def load(self, image: Image, count: int, *, unverified: bool) -> None:
        """The front has loaded sessions."""
        self._add(_Loading(image, count, unverified))

    def follow(self, choice: Choice) -> None:
        """The front has made a choice."""
        self._add(choice)

    def _add(self, act: Choice | _Loading) -> None:
        self._history.append(act)
        _do(self._engine, act)

    def snapshot(self) -> Snapshot:
        """The state."""
        return self._engine.snapshot()

    def attempt(
        self, picks: Sequence[CertifiedPick], homes: Sequence[int], programs: Programs
    ) -> list[Outcome] | None:
        """Try the picks of a wave of coroutines at home in ``homes``: what they come to, in the
        order of the picks. None, and all is as it was, if one of them faults or touches more than
        it has declared.
        """
        lanes = [lane_of(home, self._workers) for home in homes]
        glance = self._engine.glance()
        views = [glance.coroutine(one.coroutine) for one in picks]
        asks = [view is None or may_ask(programs.instruction(view)) for view in views]
        found: dict[int, Outcome] = {}
        for place in execution_order(lanes, asks):
            outcome = take(self._engine, picks[place].coroutine)
            if outcome is None or exceeds(outcome, picks[place].footprint, homes[place]):
                self._restore()
                return None
            found[place] = outcome
        return [found[place] for place in range(len(picks))]

    def followed(self, numbers: Sequence[int], *, is_same: bool) -> None:
        """The front has taken the picks of a wave that was tried; whether they came to the same."""
        self._history.extend(map(Pick, numbers))
        if not is_same:
            self._restore()

    def _restore(self) -> None:
        self._engine = self._make()
        for act in self._history:
            _do(self._engine, act)


def _do(engine: Engine, act: Choice | _Loading) -> None:
    if isinstance(act, _Loading):
        engine.load_many(act.image, act.count, unverified=act.unverified)
    else:
        engine.step(act)


def take(engine: Engine, number: int) -> Outcome | None:
    """Let a coroutine take a step; None if it is not ready."""
    before, seen = engine.enabled(), len(engine.events())
    row = engine.step(Pick(number))
    if row is None:
        return None
    joined = engine.enabled()[len(before) - 1 :]
    events = tuple(replace(event, tick=0) for event in engine.events()[seen:])
    return Outcome(row, events, tuple(one for one in joined if one != number))


def exceeds(outcome: Outcome, footprint: Footprint, home: int) -> bool:
    """Whether a step has faulted, or its events and whom it woke show more than was declared."""
    if outcome.row.outcome.kind == "fault":
        return True
    if any((COROUTINE, one) not in footprint.writes for one in outcome.woken):
        return True
    sessions = {event.session for event in outcome.events}
    return not sessions <= {home, *footprint.sessions}


def may_ask(instruction: Instruction | None) -> bool:
    """Whether an instruction may ask the host."""
    match instruction:
        case Send(_, source) | Offer(_, _, source):
            return source == HOST
        case Select() | Invoke() | Acquire():
            return True
        case _:
            return False
