"""Sequence diagrams as text, one event at a time, so that they can be drawn while a run goes on.

Each role has a lifeline. An arrow is drawn when a message is sent, a dot where one is taken from
its queue, unless that is the message of the arrow just drawn. The number at the left is the step,
counted from 1. Where the lifelines do not fit into the width, events are listed instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from antiphon.drawing.brief import brief, clip, columns, message
from antiphon.drawing.glyphs import UNICODE, Glyphs
from antiphon.drawing.line import Cells, Line, Style
from antiphon.machine.event import (
    Aborted,
    Acquired,
    Checked,
    Closed,
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Forked,
    Halted,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    Received,
    Released,
    Selected,
    Sent,
    SessionFaulted,
    Spawned,
    Tagged,
    Transferred,
)
from antiphon.machine.fault import Fault

GUTTER: Final = 6
GAP_MIN: Final = 12
GAP_MAX: Final = 26


def fork_text(event: Forked | Joined | Aborted) -> str:
    """What became of a fork, for people."""
    match event:
        case Forked(ghost=ghost):
            return f"fork {ghost}"
        case Joined():
            return "keeps the fork"
        case Aborted():
            return "undoes the fork"


def fault_text(fault: Fault) -> str:
    """A fault in words."""
    return f"{fault.code} (at {fault.instruction}: {fault.clause})"


def _lifelines(roles: tuple[str, ...], width: int) -> tuple[int, dict[str, int]]:
    """How far the lifelines stand apart, and the column of each."""
    first, last = (min(columns(role), GAP_MAX) // 2 + 2 for role in (roles[0], roles[-1]))
    gap = min((width - GUTTER - first - last) // max(len(roles) - 1, 1), GAP_MAX)
    return gap, {role: GUTTER + first + index * gap for index, role in enumerate(roles)}


class Sequence:
    """The diagram of one session; ``draw`` gives the lines that an event adds."""

    def __init__(
        self, session: int, roles: tuple[str, ...], width: int = 80, glyphs: Glyphs = UNICODE
    ) -> None:
        self._session = session
        self._roles = roles
        self._width = max(width, GUTTER + GAP_MIN)
        self._glyphs = glyphs
        self._gap, self._column = _lifelines(roles, self._width)
        self.is_listing = self._gap < GAP_MIN
        self._live = dict.fromkeys(roles, True)
        self._taken: dict[str, str] = {}
        self._halted: set[str] = set()
        self._children: set[int] = set()
        self._step = 0
        self._waiting_step = 0
        self._fresh: Sent | None = None
        self._transit: Counter[tuple[str, str, str]] = Counter()

    def header(self) -> list[Line]:
        """The roles, each in its box."""
        if self.is_listing:
            return []
        hook, rows = self._glyphs, [Cells(self._width) for _ in range(3)]
        for role, column in self._column.items():
            name = clip(role, self._gap - 3, hook.ellipsis)
            size = columns(name)
            start = column - size // 2 - 1
            top_left, top_right, low_left, low_right = hook.corners
            rows[0].put(start, f"{top_left}{hook.dash * size}{top_right}", "line")
            rows[1].put(start, hook.lifeline, "line")
            rows[1].put(start + 1, name, "role")
            rows[1].put(start + 1 + size, hook.lifeline, "line")
            rows[2].put(start, f"{low_left}{hook.dash * size}{low_right}", "line")
            rows[2].put(column, hook.hang, "line")
        return [row.line() for row in rows]

    def draw(self, event: Event) -> list[Line]:
        """The lines that this event adds; none for an event of another session."""
        if event.session != self._session:
            return []
        lines: list[Line] = []
        if not isinstance(event, Received | Halted):
            lines = self.flush()
        self._step = event.tick + 1
        match event:
            case Sent():
                lines += self._sent(event)
            case Received():
                lines += self._received(event)
            case Selected():
                lines += self._mark(event.role, self._glyphs.chosen, f"chooses {event.label}")
            case Invoked():
                answer = brief(event.value, 24, self._glyphs.ellipsis)
                text = f"{event.action} = {answer}" if answer else event.action
                lines += self._mark(event.role, self._glyphs.invoked, text)
            case Halted():
                if event.coroutine not in self._children:
                    lines += self._halt(event.role)
            case Faulted():
                lines += self._mark(
                    event.role, self._glyphs.fault, fault_text(event.fault), "fault"
                )
            case SessionFaulted():
                lines += self._session_faulted()
            case Dropped(_, _, _, sender, receiver, label, reason):
                self._transit[sender, receiver, label] -= 1
                lines += self._mark(sender, self._glyphs.fault, f"{label} is lost: {reason}")
            case Transferred():
                text = f"goes to coroutine {event.target}"
                lines += self._mark(event.role, self._glyphs.chosen, text)
            case Spawned():
                self._children.add(event.child)
                text = f"spawns coroutine {event.child}"
                lines += self._mark(event.role, self._glyphs.invoked, text)
            case Closed():
                lines += self._mark(self._roles[0], self._glyphs.chosen, "the session is closed")
            case Corrupted(_, _, _, sender, _, label, value):
                changed = message(label, value, 24, self._glyphs.ellipsis)
                lines += self._mark(sender, self._glyphs.fault, f"arrives as {changed}")
            case Acquired() | Released() | Tagged() | Checked():
                lines += self._guarded(event)
            case OutputDenied():
                text = f"may not send {event.predicate}"
                lines += self._mark(event.role, self._glyphs.fault, text, "fault")
            case Forked() | Joined() | Aborted():
                lines += self._mark(event.role, self._glyphs.chosen, fork_text(event))
            case Opened() | Ended():
                pass
        return lines

    def _guarded(self, event: Acquired | Released | Tagged | Checked) -> list[Line]:
        """What happens to a guard layer, or to what is known."""
        glyph = self._glyphs.invoked
        match event:
            case Acquired():
                text = f"takes the layer {event.layer}"
            case Released():
                text = f"gives the layer {event.layer} back"
            case Tagged():
                glyph, text = self._glyphs.chosen, f"knows {event.fact}"
            case Checked():
                may = "may" if event.permitted else "may not"
                glyph, text = self._glyphs.chosen, f"{may} tell {event.target} {event.fact}"
        return self._mark(event.role, glyph, text)

    def flush(self) -> list[Line]:
        """The dots and ends that wait for a line of their own."""
        lines: list[Line] = []
        step, self._step = self._step, self._waiting_step
        if self._taken:
            row = self._row()
            for role, label in self._taken.items():
                row.put(self._column[role], self._glyphs.taken, "mark")
                self._beside(row, role, clip(label, self._gap - 4, self._glyphs.ellipsis), "faint")
            lines.append(row.line())
            self._taken.clear()
        if self._halted:
            row = self._row()
            for role in self._halted:
                row.put(self._column[role], self._glyphs.foot, "line")
                self._live[role] = False
            lines.append(row.line())
            self._halted.clear()
        self._step = step
        return lines

    def footer(self, *, ended: bool = True) -> list[Line]:
        """What is left to draw, and the messages that nobody took, or not yet."""
        lines, how = self.flush(), "not received" if ended else "in transit"
        for (sender, receiver, label), count in sorted((+self._transit).items()):
            times = f" ({count} times)" if count > 1 else ""
            lines.append(self._note(f"{how}: {label} from {sender} to {receiver}{times}"))
        return lines

    def _note(self, text: str, style: Style = "faint") -> Line:
        row = Cells(self._width)
        row.put(GUTTER, clip(text, self._width - GUTTER, self._glyphs.ellipsis), style)
        return row.line()

    def _row(self) -> Cells:
        row = Cells(self._width)
        row.put(0, f"{self._step:>{GUTTER - 2}}", "faint")
        if not self.is_listing:
            for role, column in self._column.items():
                if self._live[role]:
                    row.put(column, self._glyphs.lifeline, "line")
        return row

    def _listed(self, text: str, style: Style) -> list[Line]:
        row = self._row()
        row.put(GUTTER, clip(text, self._width - GUTTER, self._glyphs.ellipsis), style)
        return [row.line()]

    def _sent(self, event: Sent) -> list[Line]:
        self._fresh = event
        self._transit[event.sender, event.receiver, event.label] += 1
        dash, glyphs = self._glyphs.dash, self._glyphs
        if self.is_listing:
            text = message(event.label, event.value, self._width, glyphs.ellipsis)
            arrow = f"{event.sender} {dash}{dash}{glyphs.right} {event.receiver}: {text}"
            return self._listed(arrow, "message")
        start, end = self._column[event.sender], self._column[event.receiver]
        low, high = min(start, end), max(start, end)
        row = self._row()
        for column in range(low + 1, high):
            row.put(column, dash, "line")
        for role, column in self._column.items():
            if low < column < high and self._live[role]:
                row.put(column, glyphs.crossing, "line")
        forward = start < end
        row.put(start, glyphs.starts[0 if forward else 1], "line")
        head = end - 1 if forward else end + 1
        row.put(head, glyphs.right if forward else glyphs.left, "line")
        return self._labelled(event, row, low, high)

    def _labelled(self, event: Sent, row: Cells, low: int, high: int) -> list[Line]:
        """An arrow with its text in it, or above it if the label would have to be cut."""
        whole = columns(message(event.label, event.value, self._width, self._glyphs.ellipsis))
        near = high - low == self._gap or whole <= self._gap - 3
        room = min(self._gap, high - low) - 5 if near else high - low - 5
        if columns(event.label) > room:
            above = self._row()
            text = message(event.label, event.value, self._width - low - 2, self._glyphs.ellipsis)
            above.put(low + 2, text, "message")
            return [above.line(), row.line()]
        text = message(event.label, event.value, room, self._glyphs.ellipsis)
        forward = self._column[event.sender] < self._column[event.receiver]
        first = high - self._gap if near and not forward else low
        space = self._gap if near else high - low
        row.put(first + 1 + (space - 1 - columns(text)) // 2, text, "message")
        return [row.line()]

    def _received(self, event: Received) -> list[Line]:
        key = event.sender, event.receiver, event.label
        self._transit[key] -= 1
        if self._transit[key] <= 0:
            del self._transit[key]
        fresh, self._fresh = self._fresh, None
        drawn = None if fresh is None else (fresh.sender, fresh.receiver, fresh.label)
        if drawn == key and self._transit[key] == 0:
            return []
        if self.is_listing:
            return self._listed(f"{event.receiver} {self._glyphs.taken} {event.label}", "mark")
        lines = self.flush() if event.receiver in self._taken else []
        self._taken[event.receiver] = event.label
        self._waiting_step = self._step
        return lines

    def _halt(self, role: str) -> list[Line]:
        if self.is_listing:
            return self._listed(f"{role} is done", "faint")
        self._halted.add(role)
        self._waiting_step = self._step
        return []

    def _mark(self, role: str, glyph: str, text: str, style: Style = "mark") -> list[Line]:
        self._fresh = None
        if self.is_listing:
            return self._listed(f"{role} {glyph} {text}", style)
        row = self._row()
        row.put(self._column[role], glyph, style)
        self._beside(row, role, text, style)
        return [row.line()]

    def _beside(self, row: Cells, role: str, text: str, style: Style) -> None:
        """A text at the right of a lifeline, or at its left where that has no room."""
        column = self._column[role]
        if columns(text) <= self._width - column - 2:
            row.put(column + 2, text, style)
        else:
            text = clip(text, column - GUTTER - 1, self._glyphs.ellipsis)
            row.put(column - 1 - columns(text), text, style)

    def _session_faulted(self) -> list[Line]:
        if self.is_listing:
            return self._listed("the session has failed", "fault")
        row = self._row()
        for role, column in self._column.items():
            if self._live[role]:
                row.put(column, self._glyphs.fault, "fault")
        self._beside(row, self._roles[0], "the session has failed", "fault")
        return [row.line()]


def sequence_text(
    events: Iterable[Event],
    roles: tuple[str, ...],
    session: int = 0,
    width: int = 80,
    glyphs: Glyphs = UNICODE,
    *,
    ended: bool = True,
) -> list[Line]:
    """The whole diagram of one session, or of its beginning."""
    picture = Sequence(session, roles, width, glyphs)
    drawn = [line for event in events for line in picture.draw(event)]
    return [*picture.header(), *drawn, *picture.footer(ended=ended)]
