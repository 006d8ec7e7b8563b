"""Machines that are wrong in one way each, for the tests of what must notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import ROWS, Row
from antiphon.machine.choice import Choice, Pick
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Event
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Snapshot
from antiphon.model.machine import Model
from antiphon.parity.subject import Subject, Way
from antiphon.scheduler.drive import drive


class Runs(Model):
    """Not wrong at all, and able to run."""

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """Many steps in one call."""
        return drive(self, policy, max_steps)


class WrongClock(Model):
    """The snapshot's clock is ahead from the third step on."""

    def snapshot(self) -> Snapshot:
        """The state with another clock."""
        found = super().snapshot()
        return replace(found, clock=found.clock + 1) if found.clock >= 3 else found


class WrongRow(Model):
    """Every step claims to have reached the first row."""

    def step(self, choice: Choice) -> Row | None:
        """A step with another row."""
        return None if super().step(choice) is None else ROWS[0]


class Forgetful(Model):
    """The last event is missing."""

    def events(self) -> Sequence[Event]:
        """All events but one."""
        return super().events()[:-1]


class Unordered(Model):
    """The ready queue is shown backwards."""

    def enabled(self) -> tuple[int, ...]:
        """The ready queue, backwards."""
        return super().enabled()[::-1]


class Raising(Model):
    """Raises on a pick of a coroutine that is not ready."""

    def step(self, choice: Choice) -> Row | None:
        """A step that may raise."""
        if isinstance(choice, Pick) and choice.coroutine not in self.state.ready:
            raise KeyError(choice.coroutine)
        return super().step(choice)


class WrongId(Model):
    """Loading returns another id."""

    def load(self, image: Image, *, unverified: bool = False) -> int:
        """Load, and return another id."""
        return super().load(image, unverified=unverified) + 1


class ShortRun(Runs):
    """A run stops after three steps."""

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """At most three steps."""
        return super().run(policy, 3 if max_steps is None else min(3, max_steps))


class Untraced(Runs):
    """Keeps no events."""

    def events(self) -> Sequence[Event]:
        """Nothing."""
        return ()


class ForgetfulRuns(Runs):
    """Able to run, and the last event is missing."""

    def events(self) -> Sequence[Event]:
        """All events but one."""
        return super().events()[:-1]


class WrongClockRuns(Runs):
    """Able to run, and the snapshot's clock is ahead."""

    def snapshot(self) -> Snapshot:
        """The state with another clock."""
        found = super().snapshot()
        return replace(found, clock=found.clock + 1)


def liar(kind: type[Model]) -> Subject:
    """The machine as a subject; it signs ``Runner`` if it can run."""
    make = partial(kind, request=unadmitted())
    if issubclass(kind, Runs):
        return Subject("liar", make, (Way("by itself", partial(kind, request=unadmitted())),))
    return Subject("liar", make)
