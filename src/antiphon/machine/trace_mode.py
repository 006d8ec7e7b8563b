"""How much is kept of what a run lets see (S32): all of it, its end, a file, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from antiphon.errors import Refusal

EVENTS_MAX: Final = 2**32
_MODES: Final = "full, tail:N, file, file:PATH or off"


@dataclass(frozen=True, slots=True)
class TraceMode:
    """``full``: all events. ``tail``: the last ``events`` of them. ``file``: each is written to the
    file ``path``, and not kept; without a path whoever runs names it. ``off``: none.

    Only ``full`` and ``file`` know the digest of the trace, and so of the run; only ``full`` that
    of the normal form.
    """

    kind: Literal["full", "tail", "file", "off"] = "full"
    events: int = 0
    path: str = ""

    @property
    def tail(self) -> int | None:
        """How many events are kept of a tail; None if it is another mode."""
        return self.events if self.kind == "tail" else None


FULL: Final = TraceMode()
OFF: Final = TraceMode("off")


def trace_mode(given: bool | str) -> TraceMode:
    """The mode that a word names, or ``full`` and ``off`` for true and false.

    Raises ``Refusal`` (``unknown-trace-mode``), with what is wrong in the word.
    """
    if isinstance(given, bool):
        return FULL if given else OFF
    kind, colon, rest = given.partition(":")
    if kind == "tail":
        if not re.fullmatch(r"[0-9]{1,10}", rest) or not 1 <= int(rest) <= EVENTS_MAX:
            words = f"after tail: comes how many events are kept, 1 to 2^32, not {rest!r}"
            raise _unknown(given, words)
        return TraceMode("tail", events=int(rest))
    if kind == "file" and (rest or not colon):
        return TraceMode("file", path=rest)
    if kind == "file":
        raise _unknown(given, "after file: comes the name of a file")
    if kind in ("full", "off") and not colon:
        return FULL if kind == "full" else OFF
    raise _unknown(given, f"a mode is {_MODES}")


def _unknown(given: str, words: str) -> Refusal:
    return Refusal("unknown-trace-mode", f"trace {given!r}: {words}")
