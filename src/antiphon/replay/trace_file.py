"""Events that are written to a file while the run goes on, and not kept.

Each line is one JSON object: first ``{"format": "antiphon-trace", "version": 1}``, then
the events in order (``machine.event.to_json``). What a crash leaves is read up to its last line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Final

from antiphon.machine import event as events
from antiphon.machine.digest import TRACE_DOMAIN
from antiphon.machine.event import Event
from antiphon.values.canonical import encode

FORMAT: Final = "antiphon-trace"
VERSION: Final = 1
_AT_ONCE: Final = 4096


class TraceFile:
    """Takes the events of a run, each once and in order. ``write`` appends bytes to the file."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._digest = sha256(encode(TRACE_DOMAIN))
        write(_line({"format": FORMAT, "version": VERSION}))

    @property
    def digest(self) -> str:
        """The digest of the trace so far (``machine.digest.trace_digest``)."""
        return self._digest.hexdigest()

    def add(self, more: Iterable[Event]) -> None:
        """These happened next."""
        lines: list[bytes] = []
        for event in more:
            self._digest.update(encode(events.to_plain(event)))
            lines.append(_line(events.to_json(event)))
            if len(lines) == _AT_ONCE:
                self._write(b"".join(lines))
                lines.clear()
        if lines:
            self._write(b"".join(lines))


def _line(item: dict[str, object]) -> bytes:
    return json.dumps(item, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
