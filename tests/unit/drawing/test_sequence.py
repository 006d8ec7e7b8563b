"""Sequence diagrams as text."""

from __future__ import annotations

import pytest

from antiphon.drawing.brief import columns
from antiphon.drawing.glyphs import ASCII, UNICODE
from antiphon.drawing.line import plain
from antiphon.drawing.sequence import Sequence, fault_text, sequence_text
from antiphon.machine.event import (
    Closed,
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
    Spawned,
)
from antiphon.machine.fault import Fault
from antiphon.values.value import UNIT, Nat, Str

ROLES = ("Buyer", "Shop", "Bank")
OUT_OF_TURN = Fault("send", "type-violation", "head")
GOOD: tuple[Event, ...] = (
    Opened(0, 0, ROLES),
    Sent(0, 0, 0, "Buyer", "Shop", "ask", Str("book")),
    Received(1, 0, 1, "Buyer", "Shop", "ask", Str("book")),
    Sent(2, 0, 1, "Shop", "Buyer", "price", Nat(12)),
    Sent(3, 1, 4, "Buyer", "Shop", "other", UNIT),
    Selected(4, 0, 0, "Buyer", "pay"),
    Invoked(5, 0, 2, "Bank", "look", UNIT),
    Received(6, 0, 0, "Shop", "Buyer", "price", Nat(12)),
    Sent(7, 0, 0, "Buyer", "Bank", "pay", Nat(12)),
    Received(8, 0, 2, "Buyer", "Bank", "pay", Nat(12)),
    Halted(9, 0, 0, "Buyer"),
    Halted(10, 0, 2, "Bank"),
    Halted(11, 0, 1, "Shop"),
    Ended(11, 0, 1),
)
BAD: tuple[Event, ...] = (
    Opened(0, 0, ROLES),
    Sent(0, 0, 0, "Buyer", "Bank", "a_label_that_is_longer_than_the_way_to_it_is", UNIT),
    Sent(1, 0, 0, "Buyer", "Bank", "again", UNIT),
    Sent(2, 0, 0, "Buyer", "Bank", "again", UNIT),
    Faulted(3, 0, 2, "Bank", OUT_OF_TURN),
    SessionFaulted(3, 0, 2),
)


def drawn(events: tuple[Event, ...], width: int = 60, roles: tuple[str, ...] = ROLES) -> list[str]:
    """The diagram as plain lines."""
    return [plain(line) for line in sequence_text(events, roles, 0, width)]


def test_conversation() -> None:
    """Arrows where messages are sent, dots where they waited, marks for the rest."""
    assert drawn(GOOD) == [
        "       ┌─────┐                ┌────┐                 ┌────┐",
        "       │Buyer│                │Shop│                 │Bank│",
        "       └──┬──┘                └──┬─┘                 └──┬─┘",
        '   1      ├─────ask("book")─────▶│                      │',
        "   3      │◀─────price(12)───────┤                      │",
        "   5      ◆ chooses pay          │                      │",
        "   6      │                      │                 look ◇",
        "   7      ● price                │                      │",
        "   8      ├───────pay(12)────────┼─────────────────────▶│",
        "  12      ┴                      ┴                      ┴",
    ]


def test_failure() -> None:
    """A fault stands at its role, and what nobody took is listed."""
    assert drawn(BAD)[3:] == [
        "   1      │ a_label_that_is_longer_than_the_way_to_it_is│",
        "   1      ├──────────────────────┼─────────────────────▶│",
        "   2      ├────────again─────────┼─────────────────────▶│",
        "   3      ├────────again─────────┼─────────────────────▶│",
        "   4      │              type-violation (at send: head) ✗",
        "   4      ✗ the session has failed                      ✗",
        "      not received: a_label_that_is_longer_than_the_way_to_…",
        "      not received: again from Buyer to Bank (2 times)",
    ]


def test_listing() -> None:
    """Where the lifelines do not fit, events are listed."""
    assert drawn(GOOD, 30) == [
        '   1  Buyer ──▶ Shop: ask("bo…',
        "   3  Shop ──▶ Buyer: price(1…",
        "   5  Buyer ◆ chooses pay",
        "   6  Bank ◇ look",
        "   7  Buyer ● price",
        "   8  Buyer ──▶ Bank: pay(12)",
        "  10  Buyer is done",
        "  11  Bank is done",
        "  12  Shop is done",
    ]
    assert drawn(BAD, 26)[3:5] == [
        "   4  Bank ✗ type-violati…",
        "   4  the session has fai…",
    ]


@pytest.mark.parametrize("width", range(1, 140, 3))
def test_width(width: int) -> None:
    """No line is wider than it may be, in either set of characters; both draw the same shape."""
    for events in (GOOD, BAD):
        for roles in (ROLES, ("R" * 40, *ROLES), tuple(f"R{number}" for number in range(30))):
            listed = tuple(dict.fromkeys((*ROLES, *roles)))
            fancy = sequence_text(events, listed, 0, width, UNICODE)
            simple = sequence_text(events, listed, 0, width, ASCII)
            assert [columns(plain(line)) for line in fancy] == [
                columns(plain(line)) for line in simple
            ]
            assert all(columns(plain(line)) <= max(width, 18) for line in fancy)
            assert all(plain(line).isascii() for line in simple)


def test_events_can_be_drawn_one_by_one() -> None:
    """The diagram does not depend on when its events become known."""
    picture = Sequence(0, ROLES, 60)
    lines = [*picture.header()]
    for event in GOOD:
        lines += picture.draw(event)
    assert [plain(line) for line in (*lines, *picture.footer())] == drawn(GOOD)


def test_one_role() -> None:
    """A conversation of one is drawn too."""
    assert len(drawn((Opened(0, 0, ("A",)), Halted(0, 0, 0, "A")), 60, ("A",))) == 4


def test_fault_text() -> None:
    """A fault names its code, its instruction, and the clause that decided."""
    assert fault_text(OUT_OF_TURN) == "type-violation (at send: head)"


def test_a_child_does_not_end_its_role() -> None:
    """Only the coroutine that was loaded for a role is the role's lifeline."""
    events: tuple[Event, ...] = (
        Opened(0, 0, ROLES),
        Spawned(1, 0, 0, "Buyer", 3),
        Halted(2, 0, 3, "Buyer"),
        Sent(3, 0, 0, "Buyer", "Shop", "ask", UNIT),
        Halted(4, 0, 0, "Buyer"),
    )
    text = sequence_text(events, ROLES, 0, 80)
    ends = [words[0] for words in (plain(line).split() for line in text) if UNICODE.foot in words]
    assert ends == ["5"]


def test_a_session_that_is_closed() -> None:
    """That it was closed is said once."""
    events: tuple[Event, ...] = (Opened(0, 0, ROLES), Closed(1, 0, 0, 1))
    text = "\n".join(map(plain, sequence_text(events, ROLES, 0, 80)))
    assert text.count("the session is closed") == 1
