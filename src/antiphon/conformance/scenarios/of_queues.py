"""Scenarios of queues: what order messages have, and who is woken by them."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import HOST, Halt, Open, Receive, Send
from antiphon.conformance.scenarios.scenario import (
    Scenario,
    chain,
    image,
    load_image,
    pick,
    role,
    scenario,
    wake,
)
from antiphon.machine.ask import Pending
from antiphon.values.value import UNIT, Nat

_GIVE: Final = Send(0, HOST)
_TAKE: Final = Receive(0, 1)

OF_QUEUES: Final[tuple[Scenario, ...]] = (
    scenario(
        "oldest-first",
        "messages of one queue are taken in the order in which they were sent",
        image(
            role("A", chain("B!a nat", "B!b nat", "B!c nat"), _GIVE, _GIVE, _GIVE, Halt()),
            role(
                "B",
                chain("A?a nat", "A?b nat", "A?c nat"),
                *(_TAKE, _TAKE, _TAKE, Halt()),
                registers=2,
            ),
        ),
        load_image(),
        *(pick(0, Nat(1)), pick(0, Nat(2)), pick(1)),
        *(pick(0, Nat(3)), pick(1), pick(1), pick(1), pick(0)),
        capacity=3,
    ),
    scenario(
        "a-queue-for-each-pair",
        "two senders to one receiver, and two receivers of one sender, have queues of their own, "
        "in order of names",
        image(
            role(
                "C",
                chain("B?b nat", "A?a nat", "B!x nat", "A!y nat"),
                *(_TAKE, _TAKE, _GIVE, _GIVE, Halt()),
                registers=2,
            ),
            role(
                "B",
                chain("C!b nat", "C?x nat", "A!z nat"),
                *(_GIVE, _TAKE, _GIVE, Halt()),
                registers=2,
            ),
            role(
                "A",
                chain("C!a nat", "C?y nat", "B?z nat"),
                *(_GIVE, _TAKE, _TAKE, Halt()),
                registers=2,
            ),
        ),
        load_image(),
        *(pick(2, Nat(1)), pick(0), pick(1, Nat(2)), pick(0), pick(0)),
        *(pick(0, Nat(3)), pick(0, Nat(4)), pick(1), pick(1, Nat(5))),
        *(pick(2), pick(2), pick(2), pick(1), pick(0)),
    ),
    scenario(
        "woken-by-its-own-queue",
        "one who waits for a message of C is not woken by one of A; one who waits for room to C is "
        "not woken by B",
        image(
            role("A", chain("B!a", "C!c", "C!d"), _GIVE, _GIVE, _GIVE, Halt()),
            role("B", chain("C?z", "A?a"), _TAKE, _TAKE, Halt(), registers=2),
            role("C", chain("A?c", "B!z", "A?d"), _TAKE, _GIVE, _TAKE, Halt(), registers=2),
        ),
        load_image(),
        *(pick(1), pick(0, UNIT), pick(2), pick(0, UNIT), pick(0), pick(2)),
        *(pick(2, UNIT), pick(1), pick(1), pick(0, UNIT), pick(2)),
    ),
    scenario(
        "room-in-another-queue",
        "one who waits for room on one queue is not woken when another of its queues has room",
        image(
            role("A", chain("B!a", "C!c", "C!d"), _GIVE, _GIVE, _GIVE),
            role("B", chain("A?a"), _TAKE, Halt(), registers=2),
            role("C", chain("A?c", "A?d"), _TAKE, _TAKE, Halt(), registers=2),
        ),
        load_image(),
        *(pick(0, UNIT), pick(0, UNIT), pick(0), pick(1), pick(2), pick(0, UNIT), pick(2)),
    ),
    scenario(
        "a-queue-of-the-same-name",
        "one who waits in a session that it has opened is not woken by what happens in another, "
        "whose queue has the same name",
        image(
            role("A", chain("B!a", "B!b"), _GIVE, Halt()),
            role(
                "B",
                chain("A?a", "A?b"),
                Open("q", (("A", chain("B!a"), 1), ("B", chain("A?a"), 2))),
                Receive(2, 0),
                registers=3,
            ),
        ),
        load_image(),
        *(pick(1), pick(1), pick(0, UNIT), pick(0)),
        capacity=2,
    ),
    scenario(
        "wake-and-pick",
        "waking is for those who wait for the host, and picking for those who are ready",
        image(
            role("A", chain("B?a"), _TAKE, Halt(), registers=2),
            role("B", chain("A!a"), _GIVE, Halt()),
        ),
        load_image(),
        *(pick(0), wake(0), pick(0), pick(1, Pending()), pick(1), wake(1), wake(7), pick(7)),
        *(pick(1, UNIT), pick(1), pick(1), pick(0), pick(0)),
    ),
)
