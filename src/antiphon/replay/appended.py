"""The recording of a run that is written while the run goes on: version 3 of the format.

A file of lines, each one JSON value; a line counts only with its end, so that whatever is left of a
file after a crash can be read to its last mark. The first line is an object, in this order:

    format, version    "antiphon-recording", 3
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
    "mark", steps, state, trace, prints
                       so many steps are taken; the digests of the state and of the trace so far,
                       null where not known; of each event since the last mark eight hex digits,
                       CRC-32 of its canonical bytes
    "end", state, trace, normal, run
                       the digests of the whole run, null where there is no trace

What stands after the last mark of a file without an end is left out; an end counts as a mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple, cast
from zlib import crc32

from antiphon.bytecode.interchange import (
    JSON_SIZE_MAX,
    array,
    check_format,
    fields,
    natural,
    read_json,
    text,
)
from antiphon.errors import Refusal
from antiphon.machine import event as events
from antiphon.machine.ask import Answer, Ask, Host, Position
from antiphon.machine.digest import TRACE_DOMAIN, state_digest
from antiphon.machine.event import Event
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome, Report
from antiphon.replay.recording import (
    FORMAT,
    PICKS,
    SETUP,
    VERSION,
    Between,
    Digests,
    Recording,
    Setup,
    answer_from_json,
    answer_to_json,
    between_from_json,
    between_to_json,
    decode_recording,
    digest_from_json,
    setup_from_json,
    setup_to_json,
)
from antiphon.values.canonical import encode

VERSION_3: Final = 3
SEMANTICS: Final = ("positions-count-answers", "time-passes-when-idle")
"""Decisions 0001 and 0012: what a later version may do otherwise, and then names otherwise."""
_START: Final = f'{{"format":"{FORMAT}","version":'.encode()
_START_3: Final = _START + b"3,"
_STRIDE: Final = 8
_STRIDE_MAX: Final = 2**16
_ASKED_MAX: Final = 16
"""About so many answers are lost at most when a process dies; marks come closer where many are."""
_STATE_AFTER: Final = 2**22
_STATE_FACTOR: Final = 4
"""The state is digested so seldom that it takes less time than the steps between."""
_LINE_MAX: Final = 512


class Source(NamedTuple):
    """The text that a run is of: its file's name, the protocol's, and the text itself."""

    file: str
    protocol: str
    text: str


class Mark(NamedTuple):
    """After ``steps`` steps: the digests of state and trace so far, empty where not known."""

    steps: int
    state: str
    trace: str


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """What was in a file: the recording, as far as it goes, and what version 3 keeps beside it.

    ``prints`` has a number for each event, as far as there was a trace; ``is_whole`` says whether
    the file has its end. Then ``recording.expected`` is that of the run, else of the last mark.
    """

    recording: Recording
    version: int = VERSION
    is_whole: bool = True
    marks: tuple[Mark, ...] = ()
    prints: tuple[int, ...] = ()
    source: Source | None = None


def event_print(event: Event) -> int:
    """The short mark by which an event is known again: CRC-32 of its canonical bytes."""
    return crc32(encode(events.to_plain(event)))


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
        self._trace = sha256(encode(TRACE_DOMAIN))
        self._state_after = _STATE_AFTER
        self._stride = _STRIDE
        head: dict[str, object] = {
            "format": FORMAT,
            "version": VERSION_3,
            "semantics": SEMANTICS,
            **setup_to_json(setup),
            "source": None if source is None else source._asdict(),
        }
        self._head = _line(head)

    @property
    def trace(self) -> str:
        """The digest of the trace up to the last mark; empty without a trace."""
        return self._trace.hexdigest() if self._traced else ""

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
        prints = self._prints(machine) if self._traced else None
        state = None
        if self._steps >= self._state_after:
            state = state_digest(machine.snapshot(), self._setup.policy)
            self._state_after = _STATE_FACTOR * self._steps
        self._write(["mark", self._steps, state, self.trace or None, prints])

    def _prints(self, machine: Machine) -> str:
        found: list[str] = []
        trace = machine.events()
        for event in trace[self._seen :]:
            data = encode(events.to_plain(event))
            self._trace.update(data)
            found.append(f"{crc32(data):08x}")
        self._seen = len(trace)
        return "".join(found)

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
        line, self._head = self._head + _line(item), b""
        self._size += len(line)
        if self._size <= JSON_SIZE_MAX:
            self._write_bytes(line)


def _line(item: object) -> bytes:
    return json.dumps(item, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _asked_to_json(asked: tuple[Position, Answer]) -> list[object]:
    at, answer = asked
    more = [] if at.line is None else [list(at.line)]
    return [at.session, at.role, at.node, at.iteration, answer_to_json(answer), *more]


def decode_stored(data: bytes) -> Stored:
    """What is in a recording's file, of any version that was ever written.

    Raises ``Refusal`` (``too-large``, ``not-json``, ``unknown-format``, ``unknown-version``,
    ``unknown-semantics``, ``malformed-recording``; ``truncated-recording`` where nothing of a run
    is left), and ``ProgramError`` for an image that is damaged.
    """
    if not data.startswith(_START_3):
        if data and _START_3.startswith(data):
            raise _truncated()
        recording = decode_recording(data)
        return Stored(recording, cast("dict[str, int]", read_json(data))["version"])
    if len(data) > JSON_SIZE_MAX:
        raise Refusal("too-large", f"a recording has at most {JSON_SIZE_MAX} bytes")
    head, newline, rest = data.partition(b"\n")
    if not newline:
        raise _truncated()
    given = read_json(head)
    check_format(given, FORMAT, VERSION_3)
    reader, number = None, 1
    try:
        reader = _Reader(given)
        for line in rest.split(b"\n")[:-1]:
            number += 1
            reader.read(read_json(line))
        return reader.stored()
    except ValueError as error:
        words = f"this recording is damaged in line {number}: {error}"
        raise Refusal("malformed-recording", words) from None
    except Refusal as error:
        if error.code != "not-json":
            raise
        raise Refusal("malformed-recording", f"line {number}: {error}") from None


def _truncated() -> Refusal:
    return Refusal("truncated-recording", "it was cut off before the run began: nothing is left")


class _Reader:
    """Reads line after line; a mark takes over what was read before it."""

    def __init__(self, head: object) -> None:
        found = fields(head, ("format", "version", "semantics", *SETUP, "source"))
        for name in map(text, array(found[2])):
            if name not in SEMANTICS:
                words = f"it is to be read by the rule {name}, which this version does not know"
                raise Refusal("unknown-semantics", f"{words}: use the version that wrote it")
        self._setup = setup_from_json(found[3 : 3 + len(SETUP)])
        source = None if found[-1] is None else map(text, fields(found[-1], Source._fields))
        self._source = None if source is None else Source(*source)
        self._marks: list[Mark] = []
        self._prints: list[int] = []
        self._expected: Digests | None = None
        self._picks: list[int] = []
        self._between: list[tuple[int, Between]] = []
        self._answers: dict[Position, list[Answer]] = {}
        self._kept: tuple[int, int] = (0, 0)

    def read(self, line: object) -> None:
        """One line."""
        if self._expected is not None:
            raise ValueError("it goes on after its end")
        match array(line):
            case ["answers", *answers]:
                for position, answer in map(_asked_from_json, answers):
                    self._answers.setdefault(position, []).append(answer)
            case ["picks", *picks]:
                self._picks += map(natural, picks)
            case ["between", *event]:
                self._between.append(between_from_json(event))
            case ["mark", steps, state, trace, prints]:
                self._mark(Mark(natural(steps, 2**62), _known(state), _known(trace)), prints)
            case ["end", *digests] if len(digests) == 4:
                self._expected = Digests(*map(_known, digests))
                self._kept = (len(self._picks), len(self._between))
            case _:
                raise ValueError("no line of a recording")

    def _mark(self, mark: Mark, prints: object) -> None:
        if self._setup.policy == PICKS and mark.steps != len(self._picks):
            raise ValueError(f"{len(self._picks)} picks do not make {mark.steps} steps")
        if self._marks and mark.steps < self._marks[-1].steps:
            raise ValueError("the marks are in the order of the steps")
        if prints is not None:
            words = text(prints)
            if not re.fullmatch(r"([0-9a-f]{8})*", words):
                raise ValueError("no prints of events")
            self._prints += (int(words[at : at + 8], 16) for at in range(0, len(words), 8))
        self._marks.append(mark)
        self._kept = (len(self._picks), len(self._between))

    def stored(self) -> Stored:
        """All that was read, up to the last mark."""
        last = self._marks[-1] if self._marks else Mark(0, "", "")
        picks, between = self._kept
        if self._picks and self._setup.policy != PICKS:
            raise ValueError(f"picks are listed exactly when the policy is {PICKS!r}")
        recording = Recording(
            self._setup,
            last.steps,
            tuple(self._picks[:picks]) if self._setup.policy == PICKS else None,
            tuple(self._between[:between]),
            {position: tuple(given) for position, given in self._answers.items()},
            self._expected or Digests(last.state, last.trace, "", ""),
        )
        is_whole, marks, prints = self._expected is not None, self._marks, self._prints
        return Stored(recording, VERSION_3, is_whole, tuple(marks), tuple(prints), self._source)


def _known(digest: object) -> str:
    return "" if digest is None else digest_from_json(digest)


def _asked_from_json(data: object) -> tuple[Position, Answer]:
    session, role, node, iteration, answer, *more = _five(array(data))
    line = tuple(map(natural, array(more[0]))) if more else None
    at = Position(natural(session), text(role), natural(node), natural(iteration), line)
    return at, answer_from_json(answer)


def _five(items: list[object]) -> list[object]:
    if not 5 <= len(items) <= 6:
        raise ValueError("an answer is a position and what was answered")
    return items
