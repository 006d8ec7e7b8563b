"""Scenarios of forks: in which order staged and taken messages are there again, and for whom."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import HOST, Abort, Fork, Halt, Join, Receive, Send, Set
from antiphon.conformance.scenarios.scenario import (
    Scenario,
    chain,
    image,
    load_image,
    pick,
    role,
    scenario,
)
from antiphon.values.value import UNIT, Nat

_GIVE: Final = Send(0, HOST)
_TAKE: Final = Receive(0, 1)
_NAMED: Final = (Set(1, Nat(7)), Fork(1))

OF_FORKS: Final[tuple[Scenario, ...]] = (
    scenario(
        "joined-in-order",
        "a join queues what was staged in the order in which it was sent, and wakes all who wait "
        "for it, in ascending order",
        image(
            role("A", chain("C?a nat", "C?b nat"), _TAKE, _TAKE, Halt(), registers=2),
            role("B", chain("C?b nat"), _TAKE, Halt(), registers=2),
            role(
                "C",
                chain("A!a nat", "B!b nat", "A!b nat"),
                *(*_NAMED, _GIVE, _GIVE, _GIVE, Join(), Halt()),
                registers=2,
            ),
        ),
        *(load_image(), pick(1), pick(0), pick(2), pick(2), pick(2, Nat(1)), pick(2, Nat(2))),
        *(pick(2, Nat(3)), pick(2), pick(0), pick(0)),
        capacity=2,
    ),
    scenario(
        "a-fork-in-a-fork",
        "an inner abort undoes what was done since its fork, and the outer join keeps the rest",
        image(
            role(
                "A",
                chain("B!a nat", "B!b nat"),
                *(*_NAMED, _GIVE, Fork(1), _GIVE, Abort(), Join(), _GIVE, Halt()),
                registers=2,
            ),
            role("B", chain("A?a nat", "A?b nat"), _TAKE, _TAKE, Halt(), registers=2),
        ),
        *(
            load_image(),
            pick(0),
            pick(0),
            pick(0, Nat(1)),
            pick(0),
            pick(0, Nat(2)),
            pick(1),
            pick(0),
        ),
        *(pick(0), pick(0, Nat(3)), pick(1)),
        capacity=2,
    ),
    scenario(
        "given-back-in-order",
        "an abort gives back what was taken, the oldest first, and wakes nobody; the place of a "
        "message stays full until the join",
        image(
            role("A", chain("B!a nat", "B!b nat", "B!c nat"), _GIVE, _GIVE, _GIVE),
            role(
                "B",
                chain("A?a nat", "A?b nat", "A?c nat"),
                *(*_NAMED, _TAKE, _TAKE, Abort(), _TAKE, Fork(1), _TAKE, Join()),
                registers=2,
            ),
        ),
        *(
            load_image(),
            pick(0, Nat(1)),
            pick(0, Nat(2)),
            pick(0),
            pick(1),
            pick(1),
            pick(1),
            pick(1),
        ),
        *(pick(1), pick(1), pick(0, Nat(3)), pick(1), pick(1), pick(1)),
        capacity=2,
    ),
    scenario(
        "a-fault-in-a-fork",
        "what was staged by one who faults was never sent",
        image(
            role("A", chain("B!a"), *_NAMED, _GIVE, Halt(), registers=2),
            role("B", chain("A?a"), _TAKE, registers=2),
        ),
        *(load_image(), pick(1), pick(0), pick(0), pick(0, UNIT), pick(0), pick(1)),
    ),
)
