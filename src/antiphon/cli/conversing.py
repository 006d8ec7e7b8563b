"""A run in front of an audience: events are drawn as they happen, while that can be followed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Events

from antiphon.cli.terminal import Progress, draw, glyphs, say, width
from antiphon.drawing.sequence import Sequence
from antiphon.machine.ask import Answer, Ask, Host, Position, Refused
from antiphon.machine.event import Event, Opened
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome, Report
from antiphon.protocols import Protocol

DRAWN_MAX = 200
OPENED_MAX = 3
_FIRST_CHUNK = 64
_CHUNK = 2**18


class Reasons:
    """A host that remembers why it refused, which faults do not say."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.given: dict[Position, str] = {}

    def __call__(self, ask: Ask) -> Answer:
        """The answer of the host behind it."""
        answer = self._host(ask)
        if isinstance(answer, Refused):
            self.given[ask.position] = answer.reason
        return answer

    def of(self, session: int, role: str) -> str | None:
        """Why a question of this role was refused, if one was."""
        found = (why for at, why in self.given.items() if (at.session, at.role) == (session, role))
        return next(found, None)


class Stage:
    """Draws the first session of a run, and counts the rest."""

    def __init__(
        self, protocol: Protocol, sessions: int, *, quiet: bool, ascii_only: bool = False
    ) -> None:
        self._picture = Sequence(0, protocol.roles, width(), glyphs(ascii_only=ascii_only))
        self._quiet = quiet
        self._sessions = sessions
        self._seen = 0
        self._drawn = 0
        self._open = not quiet
        self._progress = Progress("running")

    def play(self, machine: Machine, advance: Callable[[int], Report], max_steps: int) -> Report:
        """Advance to the end or for ``max_steps`` steps, and draw what happens."""
        if self._open:
            if self._sessions > 1:
                say(f"Session 0 of {self._sessions} is drawn.")
            draw(self._picture.header())
        done, chunk = 0, min(_FIRST_CHUNK, max_steps)
        while True:
            report = advance(chunk)
            done += report.steps
            self.show(machine)
            if report.outcome is not Outcome.EXHAUSTED or done >= max_steps:
                break
            self._progress.show(f"{done} steps")
            chunk = min(_CHUNK, max_steps - done)
        self._progress.clear()
        self.close()
        return Report(done, report.outcome, report.waiting)

    def show(self, machine: Machine) -> None:
        """Draw the events that are new."""
        if self._quiet or not self._open:
            return
        events = machine.events()
        for event in events[self._seen :]:
            lines = self._picture.draw(event)
            draw(lines)
            self._drawn += len(lines)
            if self._drawn >= DRAWN_MAX:
                draw(self._picture.flush())
                say("      and so on: what follows is counted, not drawn")
                self._open = False
                break
        self._seen = len(events)

    def close(self) -> None:
        """Draw what is left."""
        if self._open:
            draw(self._picture.footer())
            say()
            self._open = False


def draw_opened(events: Events[Event], *, ascii_only: bool = False) -> None:
    """Draw the sessions that the roles opened themselves: the first few, each from its start."""
    opened = [one for one in events if isinstance(one, Opened) and one.coroutine is not None]
    for session in opened[:OPENED_MAX]:
        say(f"Session {session.session} was opened in step {session.tick + 1}.")
        picture = Sequence(session.session, session.roles, width(), glyphs(ascii_only=ascii_only))
        lines = [line for event in events for line in picture.draw(event)]
        draw(picture.header())
        if len(lines) > DRAWN_MAX:
            draw(lines[:DRAWN_MAX])
            say("      and so on: what follows is counted, not drawn")
        else:
            draw([*lines, *picture.footer()])
        say()
    if len(opened) > OPENED_MAX:
        say(f"{len(opened) - OPENED_MAX} more were opened later.\n")
