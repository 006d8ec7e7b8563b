"""The recording of a run that is written while the run goes on: version 4 of the format.

A file of lines, each one JSON value; a line counts only with its end, so that whatever is left of a
file after a crash can be read to its last mark. The first line is an object, in this order:

    format, version    "antiphon-recording", 4
    semantics          the rules that the run is to be read by and that earlier versions did not
                       have to name (``SEMANTICS``); a reader that does not know one refuses
    images ... policy  as in version 1
    source             {"file", "protocol", "text"}: what session 0 was compiled from, or null

Every other line is an array:

    "answers", [session, role, node, iteration, answer, more], ...
                       in the order of asking; ``more`` is there for a line of coroutines
    "picks", coroutine, ...
                       with the policy "picks", the coroutine of each step since those before
    "between", steps, "load" | "wake" | "advance", ...
                       as in version 2
    "mark", steps, state, prints
                       so many steps are taken; the digest of the state, null where not known; of
                       each event since the last mark eight hex digits, its print
                       (``machine.event_print``), or null where there is no trace
    "end", state, trace, normal, run
                       the digests of the whole run, null where there is no trace

What stands after the last mark of a file without an end is left out; an end counts as a mark.
"""

from __future__ import annotations

import json
from binascii import hexlify
from collections.abc import Callable
from typing import Final

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask, Host, Position
from antiphon.machine.digest import state_digest
from antiphon.machine.event_print import prints_of
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome, Report
from antiphon.replay.recording import (
    FORMAT,
    Between,
    Digests,
    Setup,
    answer_to_json,
    between_to_json,
    setup_to_json,
)
from antiphon.replay.stored import SEMANTICS, VERSION_4, Source

_STRIDE: Final = 8
_STRIDE_MAX: Final = 2**14
"""What a mark says of so many steps is small enough for memory that is near."""
_ASKED_MAX: Final = 16
"""About so many answers are lost at most when a process dies; marks come closer where many are."""
_STATE_AFTER: Final = 2**22
_STATE_FACTOR: Final = 4
"""The state is digested so seldom that it takes less time than the steps between."""
_LINE_MAX: Final = 512


class Recorder:
    """Writes a recording while the run goes on. What waits to be written is bounded.

    ``write`` appends bytes to the file, and they are there when it returns. ``traced`` says whether
    the machine keeps its events. The parts are told in the order in which they happen, first a mark
    when the first sessions are loaded: nothing is written before. Only a mark makes what was told
    before it count.
    """

    def __init__(
        self,
        write: Callable[[bytes], object],
        setup: Setup,
        *,
        source: Source | None = None,
        traced: bool = True,
    ) -> None:
        self._write_bytes = write
        self._setup = setup
        self._traced = traced
        self._size = 0
        self._steps = 0
        self._asked: list[tuple[Position, Answer]] = []
        self._picks: list[int] = []
        self._seen = 0
        self._state_after = _STATE_AFTER
        self._stride = _STRIDE
        head: dict[str, object] = {
            "format": FORMAT,
            "version": VERSION_4,
            "semantics": SEMANTICS,
            **setup_to_json(setup),
            "source": None if source is None else source._asdict(),
        }
        self._head = _line(head)

    def host(self, host: Host) -> Host:
        """A host that answers as ``host`` does; what it answers is recorded."""

        def recorder(ask: Ask) -> Answer:
            answer = host(ask)
            self._asked.append((ask.position, answer))
            return answer

        return recorder

    def pick(self, coroutine: int) -> None:
        """A step was taken, by the policy "picks"."""
        self._picks.append(coroutine)
        if len(self._picks) == _LINE_MAX:
            self._flush_picks()

    def between(self, event: Between) -> None:
        """Something else was done, after the steps of the last mark and of picks since."""
        self._flush_picks()
        self._write(["between", *between_to_json(self._steps, event)])

    def mark(self, machine: Machine, steps: int) -> None:
        """``machine`` has taken ``steps`` more under its policy, or those that were picked."""
        self._flush_picks()
        self._steps += steps
        for at in range(0, len(self._asked), _LINE_MAX):
            self._write(["answers", *map(_asked_to_json, self._asked[at : at + _LINE_MAX])])
        self._asked.clear()
        prints = self._prints(machine) if self._traced else b"null"
        state = None
        if self._steps >= self._state_after:
            state = state_digest(machine.snapshot(), self._setup.policy)
            self._state_after = _STATE_FACTOR * self._steps
        start = _line(["mark", self._steps, state])
        self._write_line(start[:-2] + b"," + prints + start[-2:])

    def _prints(self, machine: Machine) -> bytes:
        """The prints of events that are new, as JSON: they are most of what is written."""
        found = prints_of(machine, self._seen)
        self._seen += len(found) // 4
        return b'"' + hexlify(found) + b'"'

    def play(self, machine: Machine, advance: Callable[[int], Report], max_steps: int) -> Report:
        """Advance to the end or for ``max_steps`` steps, with a mark every so often: the more is
        asked, the more often.
        """
        done = 0
        while True:
            report = advance(min(self._stride, max_steps - done))
            done += report.steps
            is_talkative = len(self._asked) > _ASKED_MAX
            stride = self._stride // 2 if is_talkative else 2 * self._stride
            self._stride = max(1, min(stride, _STRIDE_MAX))
            self.mark(machine, report.steps)
            if report.outcome is not Outcome.EXHAUSTED or done >= max_steps:
                return Report(done, report.outcome, report.waiting)

    def end(self, digests: Digests) -> None:
        """The run is over. Raises ``Refusal`` (``too-large``) if not all of it could be kept: what
        was written is a recording of its beginning.
        """
        parts = (digests.state, digests.trace, digests.normal, digests.run)
        self._write(["end", *(part or None for part in parts)])
        if self._size > JSON_SIZE_MAX:
            limit = f"{JSON_SIZE_MAX // 2**20} MiB"
            words = "only the beginning of the run was recorded: record a shorter run"
            raise Refusal("too-large", f"a recording has at most {limit}, and {words}")

    def _flush_picks(self) -> None:
        if self._picks:
            self._write(["picks", *self._picks])
            self._steps += len(self._picks)
            self._picks.clear()

    def _write(self, item: object) -> None:
        self._write_line(_line(item))

    def _write_line(self, line: bytes) -> None:
        line, self._head = self._head + line, b""
        self._size += len(line)
        if self._size <= JSON_SIZE_MAX:
            self._write_bytes(line)


def _line(item: object) -> bytes:
    return json.dumps(item, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _asked_to_json(asked: tuple[Position, Answer]) -> list[object]:
    at, answer = asked
    more = [] if at.line is None else [list(at.line)]
    return [at.session, at.role, at.node, at.iteration, answer_to_json(answer), *more]
