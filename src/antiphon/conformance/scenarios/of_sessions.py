"""Scenarios of sessions: what faults, closing and halting do to those who are not alone."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Close,
    Halt,
    Instruction,
    Jump,
    Offer,
    Open,
    Receive,
    Select,
    Send,
    Set,
    Yield,
)
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
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Endpoint

_WITH_CHANNEL: Final[tuple[tuple[str, Instruction], ...]] = (
    ("send", Send(1, HOST)),
    ("receive", Receive(1, 0)),
    ("offer", Offer(1, "a", HOST)),
    ("choose", Choose(1, 0, (("a", 1),))),
    ("select", Select(1, (("a", 1),))),
    ("close", Close(1)),
)

OF_SESSIONS: Final[tuple[Scenario, ...]] = (
    scenario(
        "a-fault-wakes",
        "a fault wakes all who wait on queues of its session, in ascending order, and not who "
        "waits for the host",
        image(
            role("A", chain("D?a"), Receive(0, 1), Halt(), registers=2),
            role("B", chain("D?a"), Receive(0, 1), Halt(), registers=2),
            role("C", chain("D!c"), Send(0, HOST)),
            role("D", chain("A!a", "B!a"), Halt()),
        ),
        load_image(),
        *(pick(1), pick(0), pick(2, Pending()), pick(3), pick(0), pick(1)),
        *(wake(2), pick(2), wake(2)),
    ),
    scenario(
        "a-fault-wakes-senders",
        "a fault wakes who waits for room in a queue of its session",
        image(
            role("A", chain("B!a", "B!b"), Send(0, HOST), Send(0, HOST)),
            role("B", chain("A?a", "A?b"), Halt()),
        ),
        *(load_image(), pick(0, UNIT), pick(0), pick(1), pick(0)),
    ),
    scenario(
        "closing-wakes",
        "closing a session wakes who waits on its queues, frees its endpoints and takes with it "
        "who is done there",
        image(
            role("A", chain("B!a"), Yield(), Close(0), Halt(), registers=2),
            role("B", chain("A?a"), Receive(0, 1), Halt(), registers=2),
            role("C", END, Halt()),
            role("D", END, Yield(), Halt()),
        ),
        *(load_image(), pick(1), pick(2), pick(0), pick(0), pick(0), pick(1), pick(3), pick(3)),
    ),
    scenario(
        "the-last-endpoint",
        "a session ends when its last endpoint is given back; what is done elsewhere stays, and "
        "numbers are not used again",
        image(role("A", END, Halt()), role("B", END, Halt())),
        *(load_image(), load_image()),
        *(pick(0), pick(2), pick(3), load_image(), pick(1), pick(5), pick(4), load_image()),
    ),
    scenario(
        "several-sessions-end",
        "who halts gives back what it has in every session, and each session that is done ends",
        image(
            role(
                "B",
                END,
                Open("q", (("Z", END, 1), ("A", END, 2))),
                Open("r", (("A", END, 3), ("Z", END, 3))),
                Halt(),
                registers=4,
            )
        ),
        *(load_image(), pick(0), pick(0), pick(0)),
    ),
    scenario(
        "at-the-end-elsewhere",
        "who halts must be at the end in sessions that it has opened too",
        image(
            role("A", END, Open("q", (("A", chain("B!a"), 1),)), Halt(), registers=2),
            role("B", END, Halt()),
        ),
        *(load_image(), pick(0), pick(1), pick(0)),
    ),
    scenario(
        "at-the-end-though-faulted",
        "who halts must be at the end in faulted sessions too",
        image(role("A", chain("B!a"), Halt()), role("B", END, Jump(-1))),
        *(load_image(), pick(1), pick(1), pick(0)),
    ),
    scenario(
        "endpoints-of-a-faulted-session",
        "of a faulted session the endpoints are not used, whoever owns them",
        image(
            role("A", chain("B!a"), Set(1, Endpoint(0, "B")), Send(1, HOST), registers=2),
            role("B", END, Send(0, 1)),
        ),
        *(load_image(), pick(1), pick(0), pick(0)),
    ),
    *(
        scenario(
            f"no-such-role-{name}",
            f"{name}: the session has no such role",
            image(role("A", END, Set(1, Endpoint(0, "Z")), instruction, registers=2)),
            *(load_image(), pick(0), pick(0)),
        )
        for name, instruction in _WITH_CHANNEL
    ),
    scenario(
        "order-of-entries",
        "registers get their endpoints in the order of the entries, and endpoints stay in it",
        image(
            role(
                "A",
                END,
                Open("q", (("Z", END, 1), ("B", END, 2), ("M", END, 2))),
                Close(2),
                Halt(),
                registers=3,
            )
        ),
        *(load_image(), pick(0), pick(0), pick(0)),
    ),
    scenario(
        "home-was-closed",
        "one at home in a session that was closed goes at once when it halts",
        image(
            role("A", END, Close(0), Halt()),
            role("B", END, Yield(), Halt()),
            role("C", END, Halt()),
        ),
        *(load_image(), pick(2), pick(1), pick(0), pick(0), pick(1)),
    ),
    *(
        scenario(
            f"no-address-{name}",
            f"there is no instruction at {target}",
            image(role("A", END, Jump(target), Halt())),
            *(load_image(), pick(0), pick(0)),
        )
        for name, target in (("before", -1), ("long-before", -2), ("behind", 7))
    ),
)
