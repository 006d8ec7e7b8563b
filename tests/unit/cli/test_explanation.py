"""What went wrong, in words."""

from __future__ import annotations

from antiphon.cli.explanation import allowed, fault_picture, waits
from antiphon.machine.event import Faulted
from antiphon.machine.fault import Fault
from antiphon.machine.outcome import Waiting
from antiphon.protocols import protocol
from tests.cli.command import TRIP


def test_allowed() -> None:
    """Each state of a role in one phrase."""
    trip = protocol(TRIP)
    customer = trip.project("Customer")
    assert [allowed(customer, node) for node in range(5)] == [
        "send journey(string) or leave to Agency",
        "send journey(string) to Agency",
        "receive offer(nat) from Agency",
        "send leave to Agency",
        "nothing more: it is done",
    ]


def test_waits() -> None:
    """Who waits for whom, and for what."""
    edges = [Waiting(0, "A", 0, "B", "A", 1), Waiting(1, "B", 0, "B", "C", 2)]
    assert waits(edges) == [
        "A waits for a message from B",
        "B waits for room in its queue to C",
    ]


def test_fault_picture() -> None:
    """The fault, the line that its role had come to, and the notes."""
    trip = protocol(TRIP)
    events = trip.run(choices=["journey", "leave"]).events
    fault = Faulted(6, 0, 1, "Agency", Fault("send", "type-violation", "head"))
    until = [event for event in events if event.tick < 5]
    text = fault_picture(trip, fault, until, ["be patient"])
    assert text.splitlines() == [
        "error[type-violation]: Agency fails at `send`: the type does not send now",
        " --> <text>:5:13",
        "  |",
        "5 |             offer(nat) from Agency to Customer;",
        "  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  note: be patient",
    ]
