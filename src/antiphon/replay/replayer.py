"""Having a recorded run again, on any machine, and saying where it parts from the recording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from antiphon.bytecode.loadable import REGISTERS_MAX
from antiphon.errors import Refusal
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.event import Event
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Report
from antiphon.replay.recording import Digests, Load, Recording, digests

M = TypeVar("M", bound=Machine)

PLACES_MAX: Final = 2**24
"""How many coroutines and registers together the sessions of a recording may ask for."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a run parts from its recording: ``what`` is ``steps``, the name of a digest, or that of
    an event, which is known by its print.
    """

    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay came to; ``difference`` is the first one, or None if it is the same run."""

    report: Report
    digests: Digests
    difference: Difference | None


def replay(
    make: Callable[[Config], M],
    recording: Recording,
    drive: Callable[[M, str, int], Report],
    first_unknown: Callable[[Sequence[Event]], int | None] | None = None,
) -> Replayed:
    """Run a new machine along a recording and compare.

    ``make`` gives it the host that knows the answers (``effects.host.tape(recording.answers)``).
    ``drive`` steps it under a policy for at most so many steps: ``scheduler.drive.drive``, or the
    ``run`` of a machine that has one. Recorded picks are followed one by one.
    ``first_unknown`` says which event is not the recorded one, and is asked if the recording has no
    digest of the trace. Raises ``ProgramError`` if the machine does not accept an image, and
    ``Refusal`` with code ``too-large`` past ``PLACES_MAX``: a small file could ask for more memory
    than there is.
    """
    setup = recording.setup
    if _places(recording) > PLACES_MAX:
        message = f"its sessions need more than {PLACES_MAX} coroutines and registers"
        raise Refusal("too-large", message)
    machine = make(setup.config)
    for image, count in zip(setup.images, setup.sessions, strict=True):
        for _ in range(count):
            machine.load(image, unverified=setup.unverified)
    steps = _follow(machine, recording, drive)
    found = digests(machine, setup)
    end = drive(machine, "cooperative", 0)
    report = Report(steps, end.outcome, end.waiting)
    if steps < recording.steps:
        difference = Difference("steps", str(recording.steps), str(steps))
    else:
        difference = _first_difference(recording.expected, found)
        if difference is None and first_unknown is not None and not recording.expected.trace:
            difference = _event_difference(first_unknown(machine.events()), machine)
    return Replayed(report, found, difference)


def _places(recording: Recording) -> int:
    """The coroutines and registers of all sessions; an image that is too large fails at load."""
    counts = list(recording.setup.sessions)
    for event in (event for _, event in recording.between if isinstance(event, Load)):
        counts[event.image] += event.count
    return sum(
        count * (1 + min(program.registers, REGISTERS_MAX))
        for image, count in zip(recording.setup.images, counts, strict=True)
        for program in image.programs
    )


def _follow(machine: M, recording: Recording, drive: Callable[[M, str, int], Report]) -> int:
    """The steps taken, all of them unless a pick was not ready or nothing was."""
    done, setup = 0, recording.setup
    for place, event in (*recording.between, (recording.steps, None)):
        if recording.picks is None:
            done += drive(machine, recording.setup.policy, place - done).steps
        else:
            for coroutine in recording.picks[done:place]:
                if machine.step(Pick(coroutine)) is None:
                    return done
                done += 1
        if done < place:
            return done
        if isinstance(event, Load):
            for _ in range(event.count):
                machine.load(setup.images[event.image], unverified=setup.unverified)
        elif event is not None:
            machine.step(event)
    return done


def _first_difference(expected: Digests, found: Digests) -> Difference | None:
    for name in (field.name for field in fields(Digests)):
        wanted, given = getattr(expected, name), getattr(found, name)
        if wanted and wanted != given:
            return Difference(name, wanted, given)
    return None


def _event_difference(number: int | None, machine: Machine) -> Difference | None:
    if number is None:
        return None
    events = machine.events()
    found = f"{events[number]}" if number < len(events) else "nothing more"
    return Difference(f"event {number + 1}", "another", found)
