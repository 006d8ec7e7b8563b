"""The prints of events."""

from __future__ import annotations

from dataclasses import fields, replace
from zlib import crc32

from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import Event, Halted, Opened, Sent, Transferred
from antiphon.machine.event_print import Printing, event_print, event_what, prints_of
from antiphon.model.machine import Model
from antiphon.values.canonical import encode
from antiphon.values.value import UNIT, Nat
from tests.unit.replay.runs import IMAGE

SENT = Sent(7, 2, 5, "A", "B", "ask", Nat(3))


def test_the_prints_are_as_written_down() -> None:
    """What version 4 of the recording's format has in it never changes."""
    assert event_what(SENT) == crc32(encode(("Sent", "A", "B", "ask", ("Nat", 3))))
    found = [
        event_print(event)
        for event in (
            SENT,
            replace(SENT, tick=2**40 + 7),
            Opened(0, 0, ("A", "B")),
            Opened(9, 1, ("A", "B"), 4),
            Halted(2**57, 2**39, 2**36, "A"),
        )
    ]
    assert [f"{one:08x}" for one in found] == [
        "05e66f28",
        "1c87bfe9",
        "4c7741cf",
        "854ef922",
        "4b03734c",
    ]


def test_every_field_counts() -> None:
    """Another event has another print, whatever it differs in."""
    events: tuple[Event, ...] = (SENT, Transferred(0, 0, 0, "A", 1), Opened(0, 0, ("A",), 0))
    for event in events:
        for field in fields(event):
            given = getattr(event, field.name)
            if isinstance(given, bool):
                other: object = not given
            elif isinstance(given, int):
                other = given + 1
            else:
                other = {"roles": ("B",), "value": UNIT}.get(field.name, "Other")
            assert event_print(replace(event, **{field.name: other})) != event_print(event)


def test_prints_of_a_machine() -> None:
    """Four bytes for each event, from any of them on; a machine may know them itself."""
    model = Model(Config(), lambda _: UNIT, request=unadmitted())
    for _ in range(3):
        model.load(IMAGE)
    assert not isinstance(model, Printing)
    wanted = [event_print(event).to_bytes(4) for event in model.events()]
    assert prints_of(model, 0) == b"".join(wanted)
    assert prints_of(model, 2) == wanted[2]
    assert prints_of(model, 3) == b""
