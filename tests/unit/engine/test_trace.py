"""The trace: every kind of event, by index, over chunks, and after its session has gone."""

from __future__ import annotations

import sys

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Acquire,
    Check,
    Close,
    Fork,
    Halt,
    Invoke,
    Join,
    Open,
    Release,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import Image
from antiphon.engine.build import kernel_class
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.machine import OUTCOMES, Engine
from antiphon.engine.trace import CHUNK, FAULTS, Loads
from antiphon.engine.words import Words
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.digest import output_digest
from antiphon.machine.event import (
    KINDS,
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
from antiphon.machine.event_print import event_print
from antiphon.machine.failure import Corrupt
from antiphon.machine.fault import Fault
from antiphon.machine.output_condition import PredicateAllowList
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Nat, Str
from tests.unit.engine.images import alone, answers_with, decided, handshake, ping_pong, sends

ONE = answers_with(Nat(1))
STREAM = sends("C", "m", then=sends("C", "n"))
LOSING = (("A", "C", Buffer(full="drop", capacity=1)),)


def of_ten_sessions(build: str) -> Engine:
    """A machine in which everything has happened that there is an event for."""
    failures = (Corrupt(5, "A", "B", 0, "erase"),)
    outputs = PredicateAllowList(("more", "m", "n"))
    config = Config(buffers=LOSING, failures=failures, outputs=outputs)
    engine = Engine(config, ONE, build=build, request=unadmitted())
    engine.load(decided())
    engine.run("cooperative")
    engine.load(alone(END, Invoke("act", (), 1), Halt()))
    engine.run("cooperative")
    engine.load(alone(sends("B", "m"), Yield(), Halt()), unverified=True)
    engine.run("cooperative")
    engine.load(alone(STREAM, *(Send(0, HOST),) * 2, Halt()), unverified=True)
    engine.run("cooperative")
    code = (Spawn(2, (0,), 1), Halt(), Set(1, Nat(6)), Transfer(0, 1), Halt())
    engine.load(alone(END, *code))
    engine.run("cooperative")
    engine.load(alone(sends("B", "m"), Send(0, HOST), Halt()), unverified=True)
    engine.run("cooperative")
    engine.load(alone(END, Open("q", (("X", STREAM, 1), ("Y", END, 2))), Close(2), Halt()))
    engine.run("cooperative")
    layer = (Acquire("l", 1), Release("l", 1), Set(1, Str("f")), Tag(0, 1, 2), Check(0, 1, 1, 2))
    engine.load(alone(sends("B", "no"), *layer, Send(0, HOST)), unverified=True)
    engine.run("cooperative")
    forks = (Set(1, Nat(2**70)), Fork(1), Join(), Fork(1), Abort(), Halt())
    engine.load(alone(END, *forks))
    engine.run("cooperative")
    return engine


def test_every_kind(build: str) -> None:
    """The events of ten sessions, in full; most have ended before the trace is read."""
    engine = of_ten_sessions(build)
    one, unfinished = Nat(1), Fault("halt", "type-violation", "unfinished")
    denied = output_digest(Sent(28, 8, 9, "A", "B", "no", one))
    expected: list[Event] = [
        Opened(0, 0, ("A", "B")),
        Selected(0, 0, 0, "A", "more"),
        Sent(2, 0, 0, "A", "B", "more", one, True),
        Halted(3, 0, 0, "A"),
        Received(4, 0, 1, "A", "B", "more", one),
        Halted(5, 0, 1, "B"),
        Ended(5, 0, 1),
        Opened(6, 1, ("A",)),
        Invoked(6, 1, 2, "A", "act", one),
        Halted(7, 1, 2, "A"),
        Ended(7, 1, 2),
        Opened(8, 2, ("A",)),
        Faulted(9, 2, 3, "A", unfinished),
        SessionFaulted(9, 2, 3),
        Opened(10, 3, ("A",)),
        Sent(10, 3, 4, "A", "C", "m", one, True),
        Sent(11, 3, 4, "A", "C", "n", one, True),
        Dropped(11, 3, 4, "A", "C", "n", "full"),
        Halted(12, 3, 4, "A"),
        Ended(12, 3, 4),
        Opened(13, 4, ("A",)),
        Spawned(13, 4, 5, "A", 6),
        Halted(14, 4, 5, "A"),
        Transferred(16, 4, 6, "A", 6),
        Halted(17, 4, 6, "A"),
        Ended(17, 4, 6),
        Opened(18, 5, ("A",)),
        Sent(18, 5, 7, "A", "B", "m", one, True),
        Corrupted(18, 5, 7, "A", "B", "m", UNIT),
        Halted(19, 5, 7, "A"),
        Ended(19, 5, 7),
        Opened(20, 6, ("A",)),
        Opened(20, 7, ("X", "Y"), 8),
        Closed(21, 7, 8, 1),
        Halted(22, 6, 8, "A"),
        Ended(22, 6, 8),
        Opened(23, 8, ("A",)),
        Acquired(23, 8, 9, "A", "l"),
        Released(24, 8, 9, "A", "l"),
        Tagged(26, 8, 9, "A", "f"),
        Checked(27, 8, 9, "A", "f", "f", True),
        OutputDenied(28, 8, 9, "A", "no", denied),
        Faulted(28, 8, 9, "A", Fault("send", "output-condition-fault", "denied")),
        SessionFaulted(28, 8, 9),
        Opened(29, 9, ("A",)),
        Forked(30, 9, 10, "A", 2**70),
        Joined(31, 9, 10, "A", 30),
        Forked(32, 9, 10, "A", 2**70),
        Aborted(33, 9, 10, "A", 32),
        Halted(34, 9, 10, "A"),
        Ended(34, 9, 10),
    ]
    assert list(engine.events()) == expected
    assert {type(event) for event in expected} == set(KINDS)


def test_a_trace_is_a_sequence(build: str) -> None:
    """Indices count from both ends, slices are tuples; a trace does not grow, the next one has."""
    engine = Engine(Config(), ONE, build=build, request=unadmitted())
    assert len(engine.events()) == 0
    engine.load(handshake())
    early = engine.events()
    engine.run("cooperative")
    late = engine.events()
    assert (len(early), len(late)) == (1, 6)
    assert early[-1] == late[0] == Opened(0, 0, ("A", "B"))
    assert late[1:3] == (late[1], late[2])
    assert late[::-2] == tuple(list(late)[::-2])
    for index in (6, -7):
        with pytest.raises(IndexError):
            late[index]
    assert late[1] == Sent(0, 0, 0, "A", "B", "hello", UNIT)


def test_chunks(build: str) -> None:
    """Events on both sides of a chunk's end are as they would be alone, in order."""
    engine = Engine(Config(), ONE, build=build, request=unadmitted())
    engine.load_many(handshake(), CHUNK // 6 + 10)
    engine.run("cooperative")
    events = engine.events()
    assert len(events) == 6 * (CHUNK // 6 + 10) > CHUNK
    around = events[CHUNK - 40 : CHUNK + 20]
    assert [event.tick for event in around] == sorted(event.tick for event in around)
    assert isinstance(events[-1], Ended)
    assert sum(isinstance(event, Ended) for event in events) == CHUNK // 6 + 10


def test_an_event_takes_24_bytes(build: str) -> None:
    """The columns are words of eight bytes, three for an event."""
    engine = Engine(Config(), ONE, build=build, request=unadmitted())
    engine.load(ping_pong())
    engine.run("cooperative", 1000)
    chunks = engine._kernel.recorded()[0]  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    assert len(chunks) == 1
    assert sys.getsizeof(chunks[0]) <= 24 * CHUNK + 200


def test_switched_off(build: str) -> None:
    """Without a trace there are no events, and the run is the same."""
    engines = [
        Engine(Config(), ONE, build=build, trace=kept, request=unadmitted())
        for kept in (True, False)
    ]
    for engine in engines:
        engine.load(decided())
        engine.run("cooperative")
    assert engines[0].snapshot() == engines[1].snapshot()
    assert list(engines[1].events()) == []


def test_loads() -> None:
    """Loads of one image share an entry; an image without roles has no coroutine to confuse."""
    catalogue = Catalogue(Words())
    kernel = kernel_class("pure")(lambda *_: 0, OUTCOMES, -1, 9, 9, True)
    empty, pair, single = Image("none", ()), handshake(), alone(END, Halt())
    numbers = [catalogue.number(image, kernel) for image in (empty, pair, single)]
    loads = Loads(catalogue)
    loads.note(0, 0, numbers[0])
    loads.note(0, 1, numbers[1])
    loads.note(2, 2, numbers[1])
    loads.note(4, 3, numbers[0])
    loads.note(4, 4, numbers[2])
    assert len(loads) == 4
    assert [loads.place(coroutine) for coroutine in range(5)] == [
        (numbers[1], 1, "A"),
        (numbers[1], 1, "B"),
        (numbers[1], 2, "A"),
        (numbers[1], 2, "B"),
        (numbers[2], 4, "A"),
    ]
    assert [loads.roles(session) for session in range(5)] == [
        (),
        ("A", "B"),
        ("A", "B"),
        (),
        ("A",),
    ]


def test_faults() -> None:
    """A row is a fault or nothing."""
    assert Fault("fetch", "pc-out-of-range", "address") in FAULTS
    assert FAULTS.count(None) > 0


def test_prints(build: str) -> None:
    """The machine knows the print of each of its events, from any of them on, of every kind; of
    many sessions, of coroutines that were spawned, and over chunks.
    """
    engine = of_ten_sessions(build)
    engine.load_many(ping_pong(), 3)
    engine.load(decided())
    engine.load_many(ping_pong(), 900)
    engine.run("cooperative", 5 * CHUNK)
    wanted = [event_print(event).to_bytes(4) for event in engine.events()]
    assert len(wanted) > CHUNK
    for first in (0, 7, CHUNK - 1, CHUNK, len(wanted) - 1, len(wanted)):
        assert engine.prints(first) == b"".join(wanted[first:])
    plain = Engine(Config(), ONE, build=build, request=unadmitted())
    assert plain.prints(0) == b""
    plain.load_many(ping_pong(), 3)
    plain.load(decided())
    plain.load_many(ping_pong(), 2)
    plain.run("cooperative", 300)
    assert plain.prints(0) == b"".join(event_print(event).to_bytes(4) for event in plain.events())
