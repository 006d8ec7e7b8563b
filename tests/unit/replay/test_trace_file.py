"""Events in a file."""

from __future__ import annotations

import json
from io import BytesIO

from antiphon.machine import event as events
from antiphon.machine.digest import trace_digest
from antiphon.machine.event import Event, Halted, Opened, Sent
from antiphon.replay.trace_file import TraceFile
from antiphon.values.value import Nat

RUN: tuple[Event, ...] = (
    Opened(0, 0, ("A", "B")),
    Sent(0, 0, 0, "A", "B", "a", Nat(1)),
    Halted(1, 0, 0, "A"),
)


def test_lines() -> None:
    """A line that says what it is, then each event; the digest is that of the trace."""
    stream = BytesIO()
    file = TraceFile(stream.write)
    file.add(RUN[:1])
    file.add(())
    file.add(RUN[1:])
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert lines[0] == {"format": "antiphon-trace", "version": 1}
    assert lines[1:] == json.loads(json.dumps(list(map(events.to_json, RUN))))
    assert file.digest == trace_digest(RUN)


def test_many_events() -> None:
    """However many come at once, none is missing, and no write is of more than some thousand."""
    sizes: list[int] = []
    file = TraceFile(lambda data: sizes.append(data.count(b"\n")))
    file.add(RUN[2:] * 10_000)
    assert sizes == [1, 4096, 4096, 1808]
