"""Scenarios of endpoints that change hands: in messages, by transfer, and to children."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import (
    HOST,
    Halt,
    Jump,
    Open,
    Receive,
    Send,
    Set,
    Spawn,
    Transfer,
)
from antiphon.conformance.scenarios.scenario import (
    Scenario,
    chain,
    image,
    load_image,
    pick,
    role,
    scenario,
)
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Endpoint, Nat

_X: Final = chain("Y!m nat")
_Y: Final = chain("X?m nat")

OF_ENDPOINTS: Final[tuple[Scenario, ...]] = (
    scenario(
        "endpoints-oldest-first",
        "endpoints in messages are taken in the order in which they were sent, and each is used in "
        "its own session by its new owner",
        image(
            role(
                "A",
                chain("B!a q@X", "B!b q@X"),
                Open("q", (("X", _X, 1), ("Y", _Y, 2))),
                Open("q", (("X", _X, 3), ("Y", _Y, 4))),
                *(Send(0, 1), Send(0, 3), Receive(4, 5)),
                registers=6,
            ),
            role(
                "B",
                chain("A?a q@X", "A?b q@X"),
                *(Receive(0, 1), Receive(0, 2), Send(1, HOST), Send(2, HOST)),
                registers=3,
            ),
        ),
        load_image(),
        *(pick(0), pick(0), pick(0), pick(0), pick(0), pick(1), pick(1)),
        *(pick(1, Nat(1)), pick(1, Nat(2)), pick(0)),
        capacity=2,
    ),
    scenario(
        "lost-one-after-the-other",
        "a session whose endpoint is lost with a message fails, and so does one whose endpoint is "
        "lost with that; who waits there is woken when all is done",
        image(
            role(
                "A",
                chain("B!a q@X", "C!c"),
                Open("q", (("X", chain("Y?e r@Z"), 1), ("Y", chain("X!e r@Z"), 2))),
                Open("r", (("W", chain("Z?m"), 4), ("Z", chain("W!m"), 3))),
                *(Send(2, 3), Send(0, 1), Receive(4, 5)),
                registers=6,
            ),
            role("B", chain("A?a q@X"), Jump(-1)),
            role("C", chain("A?c"), Receive(0, 1), registers=2),
        ),
        load_image(),
        *(pick(2), pick(0), pick(0), pick(0), pick(0), pick(0), pick(1), pick(1)),
    ),
    scenario(
        "woken-is-the-owner",
        "a message wakes who owns the endpoint that it is for, not who had it before",
        image(
            role(
                "A",
                chain("B?a"),
                *(Set(1, Nat(2)), Transfer(0, 1), Receive(0, 1)),
                registers=2,
            ),
            role("B", chain("A!a"), Send(0, HOST), Halt()),
            role(
                "C",
                chain("B?c"),
                *(Set(1, Endpoint(0, "A")), Receive(1, 2), Halt()),
                registers=3,
            ),
        ),
        *(load_image(), pick(0), pick(0), pick(2), pick(2), pick(1, UNIT), pick(2), pick(0)),
    ),
    scenario(
        "woken-once",
        "one who owns two endpoints of a session is woken once when it faults, in ascending order "
        "whatever its endpoints",
        image(
            role("A", END, Set(1, Nat(2)), Transfer(0, 1), registers=2),
            role("B", chain("D?a"), Receive(0, 1), registers=2),
            role("C", chain("D?a"), Receive(0, 1), registers=2),
            role("D", chain("B!a", "C!a"), Halt()),
        ),
        *(load_image(), pick(0), pick(0), pick(2), pick(1), pick(3)),
    ),
    scenario(
        "a-child-waits",
        "a child owns what it was given, and is woken; its parent may halt before",
        image(
            role("A", chain("B?a"), Spawn(2, (0,), 1), Halt(), Receive(0, 1), Halt(), registers=2),
            role("B", chain("A!a"), Send(0, HOST), Halt()),
        ),
        *(load_image(), pick(0), pick(2), pick(0), pick(1, UNIT), pick(1), pick(2), pick(2)),
    ),
)
