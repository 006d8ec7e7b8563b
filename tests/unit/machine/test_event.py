"""Events, and what they are as data."""

import json

import pytest

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
    to_json,
    to_plain,
)
from antiphon.machine.fault import Fault
from antiphon.values.canonical import Plain
from antiphon.values.value import UNIT, Nat

FAULT = Fault("send", "channel-closed", "session")
GOLDEN: tuple[tuple[Event, Plain], ...] = (
    (Opened(0, 1, ("A", "B")), ("Opened", 0, 1, ("A", "B"))),
    (Sent(1, 2, 3, "A", "B", "x", Nat(4)), ("Sent", 1, 2, 3, "A", "B", "x", ("Nat", 4))),
    (Received(1, 2, 3, "A", "B", "x", UNIT), ("Received", 1, 2, 3, "A", "B", "x", ("Unit",))),
    (Selected(1, 2, 3, "A", "x"), ("Selected", 1, 2, 3, "A", "x")),
    (Invoked(1, 2, 3, "A", "f", UNIT), ("Invoked", 1, 2, 3, "A", "f", ("Unit",))),
    (Halted(1, 2, 3, "A"), ("Halted", 1, 2, 3, "A")),
    (
        Faulted(1, 2, 3, "A", FAULT),
        ("Faulted", 1, 2, 3, "A", ("send", "channel-closed", "session")),
    ),
    (SessionFaulted(1, 2, 3), ("SessionFaulted", 1, 2, 3)),
    (Ended(1, 2, 3), ("Ended", 1, 2, 3)),
    (Dropped(1, 2, 3, "A", "B", "x", "full"), ("Dropped", 1, 2, 3, "A", "B", "x", "full")),
    (Transferred(1, 2, 3, "A", 4), ("Transferred", 1, 2, 3, "A", 4)),
    (Spawned(1, 2, 3, "A", 4), ("Spawned", 1, 2, 3, "A", 4)),
    (Corrupted(1, 2, 3, "A", "B", "x", UNIT), ("Corrupted", 1, 2, 3, "A", "B", "x", ("Unit",))),
    (Closed(1, 2, 3, 1), ("Closed", 1, 2, 3, 1)),
    (Acquired(1, 2, 3, "A", "m"), ("Acquired", 1, 2, 3, "A", "m")),
    (Released(1, 2, 3, "A", "m"), ("Released", 1, 2, 3, "A", "m")),
    (Tagged(1, 2, 3, "A", "f"), ("Tagged", 1, 2, 3, "A", "f")),
    (Checked(1, 2, 3, "A", "f", "B", False), ("Checked", 1, 2, 3, "A", "f", "B", False)),
    (OutputDenied(1, 2, 3, "A", "x", "0a"), ("OutputDenied", 1, 2, 3, "A", "x", "0a")),
    (Forked(1, 2, 3, "A", 2**70), ("Forked", 1, 2, 3, "A", 2**70)),
    (Joined(5, 2, 3, "A", 1), ("Joined", 5, 2, 3, "A", 1)),
    (Aborted(5, 2, 3, "A", 1), ("Aborted", 5, 2, 3, "A", 1)),
)


def test_every_kind_is_here() -> None:
    """The union is closed, and this file knows all of it."""
    assert tuple(type(event) for event, _ in GOLDEN) == KINDS


@pytest.mark.parametrize(("event", "plain"), GOLDEN, ids=lambda item: type(item).__name__)
def test_plain_is_as_written_down(event: Event, plain: Plain) -> None:
    """What digests are taken over is the kind and every field in order."""
    assert to_plain(event) == plain


@pytest.mark.parametrize(("event", "plain"), GOLDEN, ids=lambda item: type(item).__name__)
def test_json_names_every_field(event: Event, plain: tuple[Plain, ...]) -> None:
    """The JSON of an event has its kind and as many fields as the event, and can be written."""
    data = to_json(event)
    assert data["event"] == plain[0]
    assert len(data) == len(plain)
    assert json.loads(json.dumps(data))["session"] == plain[2]


def test_json_of_values_and_faults() -> None:
    """A value is written as values are; a fault is an object of its three parts."""
    assert to_json(Sent(1, 2, 3, "A", "B", "x", Nat(4))) == {
        "event": "Sent",
        "tick": 1,
        "session": 2,
        "coroutine": 3,
        "sender": "A",
        "receiver": "B",
        "label": "x",
        "value": {"Nat": 4},
    }
    assert to_json(Faulted(1, 2, 3, "A", FAULT))["fault"] == {
        "instruction": "send",
        "code": "channel-closed",
        "clause": "session",
    }


def test_what_was_checked_says_so() -> None:
    """Only then: what was sent without a check is written as it always was."""
    sent = Sent(1, 2, 3, "A", "B", "x", UNIT, checked=True)
    assert to_plain(sent) == ("Sent", 1, 2, 3, "A", "B", "x", ("Unit",), True)
    assert to_json(sent)["checked"] is True
    assert "checked" not in to_json(Sent(1, 2, 3, "A", "B", "x", UNIT))
