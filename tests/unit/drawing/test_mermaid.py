"""Conversations in Mermaid."""

from __future__ import annotations

from antiphon.drawing.mermaid import render_mermaid
from antiphon.machine.event import (
    Aborted,
    Closed,
    Event,
    Faulted,
    Forked,
    Invoked,
    Joined,
    Selected,
    Sent,
    SessionFaulted,
)
from antiphon.machine.fault import Fault
from antiphon.values.value import UNIT, Nat, Str


def test_render_mermaid() -> None:
    """Every message is an arrow, everything else of note a note, and no text can be syntax."""
    events: tuple[Event, ...] = (
        Sent(0, 0, 0, "A", "B", "ask", Str("x; end\n#1")),
        Sent(0, 1, 0, "A", "B", "other", UNIT),
        Selected(1, 0, 0, "A", "pay"),
        Invoked(2, 0, 0, "A", "look", Nat(2)),
        Forked(2, 0, 0, "A", 7),
        Joined(3, 0, 0, "A", 2),
        Aborted(3, 0, 1, "B", 2),
        Faulted(3, 0, 1, "B", Fault("send", "type-violation", "head")),
        SessionFaulted(3, 0, 1),
        Closed(4, 0, 1, 1),
    )
    assert render_mermaid(events, ("A", "B")).splitlines() == [
        "sequenceDiagram",
        "    participant r0 as A",
        "    participant r1 as B",
        "    r0-)r1: ask(#34;x#59; end#92;n#35;1#34;)",
        "    Note over r0: chooses pay",
        "    Note over r0: look = 2",
        "    Note over r0: fork 7",
        "    Note over r0: keeps the fork",
        "    Note over r1: undoes the fork",
        "    Note over r1: type-violation (at send#58; head)",
        "    Note over r0,r1: the session has failed",
        "    Note over r0,r1: the session is closed",
    ]
