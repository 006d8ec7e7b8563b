"""Events in words, with their places."""

from __future__ import annotations

import pytest

from antiphon.cli.telling import place_of, told
from antiphon.machine.event import (
    Acquired,
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Halted,
    Invoked,
    Opened,
    Received,
    Selected,
    Sent,
    SessionFaulted,
)
from antiphon.machine.fault import Fault
from antiphon.replay.stored import Source
from antiphon.values.value import Nat, Unit
from tests.cli.command import TRIP

FAULTED = Faulted(1, 0, 0, "A", Fault("receive", "channel-closed", "session"))
OPENED = Opened(0, 0, ("Customer", "Agency"))


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (OPENED, "a session of Customer, Agency is opened"),
        (Sent(1, 0, 0, "A", "B", "ask", Nat(7)), "A sends ask(7) to B"),
        (Received(1, 0, 1, "A", "B", "ask", Unit()), "B receives ask() from A"),
        (Selected(1, 0, 0, "A", "ask"), "A chooses ask"),
        (Invoked(1, 0, 0, "A", "look", Unit()), "A invokes look: ()"),
        (FAULTED, "A fails: channel-closed at receive (session)"),
        (Halted(1, 0, 0, "A"), "A is done"),
        (SessionFaulted(1, 0, 0), "the session has failed"),
        (Ended(1, 0, 0), "the session is over"),
        (Dropped(1, 0, 0, "A", "B", "ask", "full"), "ask from A to B is lost (full)"),
        (
            Corrupted(1, 0, 0, "A", "B", "ask", Nat(0)),
            "ask(0) from A to B is what the link made of it",
        ),
        (Acquired(1, 0, 0, "A", "door"), "Acquired: role A, layer door"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_words(event: Event, words: str) -> None:
    """Every kind of event can be said."""
    assert told(event) == words


def test_places() -> None:
    """The line of the message that a role had come to, where text and session are known."""
    source = Source("trip.scr", "Trip", TRIP)
    sent = Sent(1, 0, 0, "Customer", "Agency", "journey", Nat(7))
    assert place_of(sent, (OPENED,), source) == ("trip.scr", 3)
    assert place_of(None, (OPENED,), source) is None
    assert place_of(OPENED, (), source) is None
    assert place_of(sent, (OPENED,), None) is None
    assert place_of(sent, (), source) is None
    assert place_of(sent, (OPENED,), Source("x", "Trip", "global nonsense")) is None
    assert place_of(sent, (Opened(0, 0, ("A", "B")),), source) is None
