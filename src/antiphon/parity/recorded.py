"""Generated runs on the engine, recorded while they go on, and had again on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from itertools import groupby
from typing import Final

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import HOST_WAIT
from antiphon.effects.host import tape
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.choice import Advance, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.interface import POLICIES, Machine
from antiphon.machine.outcome import Report
from antiphon.model.machine import Model
from antiphon.parity.generate import CROWD_EVERY, Case, Loaded, case, first_draws
from antiphon.parity.generate_host import BehavingHost
from antiphon.parity.source import Source
from antiphon.replay.appended import Recorder
from antiphon.replay.recording import PICKS, Load, Setup, digests
from antiphon.replay.replayer import Difference, replay
from antiphon.replay.stored import Stored
from antiphon.scheduler.drive import drive

STEPS_MAX: Final = 160
_WAKES_MAX: Final = 4
_TURN: Final = 10


def recorded_run(number: int, seed: int, *, steps_max: int = STEPS_MAX) -> bytes:
    """The file of generated run ``number``: effects, failures and a host that may not behave.

    All that is done depends on ``seed`` and ``number`` alone. One of ten is a crowd.
    """
    turn, rest = divmod(number, _TURN)
    is_crowd = rest == _TURN - 1
    place = CROWD_EVERY * (turn + 1) - 1 if is_crowd else number + number // (CROWD_EVERY - 1)
    source = Source(first_draws(place), key=f"recorded.{seed}.{place}")
    return _Run(case(source), source, steps_max).recording()


class _Run:
    """One run on the engine."""

    def __init__(self, given: Case, source: Source, steps_max: int) -> None:
        self._case = given
        self._source = source
        self._left = min(steps_max, given.max_steps)
        self._late = [*given.late]
        self._wakes: Counter[int] = Counter()
        self._file = BytesIO()
        groups = [(image, len(list(same))) for image, same in groupby(_images(given.sessions))]
        first = [image for image, _ in groups]
        late = _images(loaded for wave in given.late for loaded in wave)
        self._images = [*first, *(one for one in dict.fromkeys(late) if one not in first)]
        counts = (*(count for _, count in groups), *(0 for _ in self._images[len(first) :]))
        policy = given.drive if given.drive in POLICIES else PICKS
        self._setup = Setup(tuple(self._images), counts, policy, given.config, given.unverified)
        self._recorder = Recorder(self._file.write, self._setup)
        host = self._recorder.host(BehavingHost(given.behaviour))
        self._engine = Engine(given.config, host, request=unadmitted())

    def recording(self) -> bytes:
        """Have the run; the file that came of it."""
        for image, count in zip(self._images, self._setup.sessions, strict=True):
            self._engine.load_many(image, count, unverified=self._setup.unverified)
        self._recorder.mark(self._engine, 0)
        if self._setup.policy == PICKS:
            self._pick_freely()
        else:
            self._follow_policy()
        self._recorder.end(digests(self._engine, self._setup))
        return self._file.getvalue()

    def _follow_policy(self) -> None:
        go = partial(self._engine.run, self._setup.policy)
        while self._left:
            stretch = min(self._left, self._source.pick((self._left, 7, 40)))
            done = self._recorder.play(self._engine, go, stretch)
            self._left -= done.steps
            if not self._go_on(is_idle=not self._engine.enabled()):
                break

    def _pick_freely(self) -> None:
        while self._left:
            ready = self._engine.enabled()
            due = None if ready else self._engine.snapshot().deadline
            if due is not None:
                self._do(Advance(due))
            elif ready and self._source.below(12) < 11:
                one = self._source.pick(ready)
                self._engine.step(Pick(one))
                self._recorder.pick(one)
                self._left -= 1
            elif not self._go_on(is_idle=not ready):
                break
            if self._source.below(8) == 0:
                self._recorder.mark(self._engine, 0)
        self._recorder.mark(self._engine, 0)

    def _go_on(self, *, is_idle: bool) -> bool:
        """Wake who waits for the host, or open sessions; false if nothing can be done any more."""
        patient = [
            one.id
            for one in self._engine.snapshot().coroutines
            if one.block is not None
            and one.block.code == HOST_WAIT
            and self._wakes[one.id] < _WAKES_MAX
        ]
        if patient:
            one = self._source.pick(patient)
            self._wakes[one] += 1
            self._do(Wake(one))
        elif self._late:
            for image, same in groupby(_images(self._late.pop(0))):
                count = len([*same])
                self._engine.load_many(image, count, unverified=self._setup.unverified)
                self._recorder.between(Load(self._images.index(image), count))
        return bool(patient) or not is_idle or bool(self._engine.enabled())

    def _do(self, choice: Wake | Advance) -> None:
        self._engine.step(choice)
        self._recorder.between(choice)


def _images(sessions: Iterable[Loaded]) -> list[Image]:
    return [loaded.image for loaded in sessions]


def difference_of(stored: Stored, make: Callable[[Config, Host], Machine]) -> Difference | None:
    """Where a machine parts from a recording, if it does; a ``Runner`` is let run."""

    def new(config: Config) -> Machine:
        return make(config, tape(stored.recording.answers))

    return replay(new, stored.recording, _advance, stored.first_unknown).difference


def _advance(machine: Machine, policy: str, max_steps: int) -> Report:
    if isinstance(machine, Engine):
        return machine.run(policy, max_steps)
    return drive(machine, policy, max_steps)


MACHINES: Final[tuple[Callable[[Config, Host], Machine], ...]] = (
    partial(Model, request=unadmitted()),
    partial(Engine, request=unadmitted()),
)
"""What recordings are replayed on."""
