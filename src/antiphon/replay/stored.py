"""What is in the file of a recording, of any version that was ever written.

Versions 1 and 2 are one JSON document (``recording``). Versions 3 and 4 are lines that were written
while the run went on: ``appended`` says what version 4 has. In version 3 the marks are otherwise:

    "mark", steps, state, trace, prints
                       the digest of the trace so far, null where not known, and of each event the
                       CRC-32 of its canonical bytes
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from antiphon.machine.ask import Answer, Position
from antiphon.machine.event import Event
from antiphon.machine.event_print import event_print
from antiphon.replay.recording import (
    FORMAT,
    PICKS,
    SETUP,
    VERSION,
    Between,
    Digests,
    Recording,
    answer_from_json,
    between_from_json,
    decode_recording,
    digest_from_json,
    setup_from_json,
)
from antiphon.values.canonical import encode

VERSION_3: Final = 3
VERSION_4: Final = 4
SEMANTICS: Final = ("positions-count-answers", "time-passes-when-idle")
"""Decisions 0001 and 0012: what a later version may do otherwise, and then names otherwise."""
_STARTS: Final = tuple(
    f'{{"format":"{FORMAT}","version":{version},'.encode() for version in (VERSION_3, VERSION_4)
)


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
    """What was in a file: the recording, as far as it goes, and what lines keep beside it.

    ``prints`` has a number for each event, as far as there was a trace; ``is_whole`` says whether
    the file has its end. Then ``recording.expected`` is that of the run, else of the last mark.
    """

    recording: Recording
    version: int = VERSION
    is_whole: bool = True
    marks: tuple[Mark, ...] = ()
    prints: tuple[int, ...] = ()
    source: Source | None = None

    def first_unknown(self, actual: Sequence[Event]) -> int | None:
        """The number of the first event that is not the recorded one, by its print; None if all
        are, or none has left a print.
        """
        if not self.prints:
            return None
        print_of = event_print_3 if self.version == VERSION_3 else event_print
        return first_unknown(self.prints, actual, print_of)


def event_print_3(event: Event) -> int:
    """The print that version 3 has of an event: CRC-32 of its canonical bytes."""
    return crc32(encode(events.to_plain(event)))


def first_unknown(
    prints: Sequence[int], actual: Sequence[Event], print_of: Callable[[Event], int] = event_print
) -> int | None:
    """The number of the first event that is not the one that left its print.

    None if all are, and there are as many.
    """
    for number, (known, event) in enumerate(zip(prints, actual, strict=False)):
        if print_of(event) != known:
            return number
    return None if len(prints) == len(actual) else min(len(prints), len(actual))


def decode_stored(data: bytes) -> Stored:
    """What is in a recording's file, of any version that was ever written.

    Raises ``Refusal`` (``too-large``, ``not-json``, ``unknown-format``, ``unknown-version``,
    ``unknown-semantics``, ``malformed-recording``; ``truncated-recording`` where nothing of a run
    is left), and ``ProgramError`` for an image that is damaged.
    """
    if not data.startswith(_STARTS):
        if data and any(start.startswith(data) for start in _STARTS):
            raise _truncated()
        recording = decode_recording(data)
        return Stored(recording, cast("dict[str, int]", read_json(data))["version"])
    if len(data) > JSON_SIZE_MAX:
        raise Refusal("too-large", f"a recording has at most {JSON_SIZE_MAX} bytes")
    head, newline, rest = data.partition(b"\n")
    if not newline:
        raise _truncated()
    given = read_json(head)
    version = check_format(given, FORMAT, VERSION_3, VERSION_4)
    reader, number = None, 1
    try:
        reader = _Reader(given, version)
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

    def __init__(self, head: object, version: int) -> None:
        self._version = version
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
            case ["mark", steps, state, trace, prints] if self._version == VERSION_3:
                self._mark(Mark(natural(steps, 2**62), _known(state), _known(trace)), prints)
            case ["mark", steps, state, prints] if self._version == VERSION_4:
                self._mark(Mark(natural(steps, 2**62), _known(state), ""), prints)
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
        return Stored(recording, self._version, is_whole, tuple(marks), tuple(prints), self._source)


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
