"""Scenarios of failures, time and other buffers: what is late, lost or overwritten."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import HOST, Halt, Receive, Send, Yield
from antiphon.bytecode.program import Image
from antiphon.conformance.scenarios.scenario import (
    Scenario,
    advance,
    chain,
    image,
    load_image,
    pick,
    role,
    scenario,
)
from antiphon.machine.buffer import DROP, LATEST, RESIZE, Buffer
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash, Delay, Partition
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Nat

_GIVE: Final = Send(0, HOST)
_TAKE: Final = Receive(0, 1)


def _three(*labels: str) -> Image:
    """A gives these to B."""
    gives, takes = (chain(*(f"{way}{label} nat" for label in labels)) for way in ("B!", "A?"))
    return image(
        role("A", gives, _GIVE, _GIVE, _GIVE, Halt()),
        role("B", takes, _TAKE, _TAKE, _TAKE, Halt(), registers=2),
    )


_THREE: Final = _three("a", "b", "c")
_ALIKE: Final = _three("a", "a", "a")


def _buffer(buffer: Buffer) -> Config:
    return Config(1, buffers=(("A", "B", buffer),))


OF_TIME: Final[tuple[Scenario, ...]] = (
    scenario(
        "at-one-tick",
        "two who wait for one tick are woken by the step that reaches it, behind who takes it, in "
        "ascending order",
        image(
            role("A", chain("B!a", "C!a"), _GIVE, _GIVE, Yield()),
            role("B", chain("A?a"), _TAKE, registers=2),
            role("C", chain("A?a"), _TAKE, registers=2),
        ),
        *(load_image(), pick(0, UNIT), pick(0, UNIT), pick(2), pick(1), pick(0), pick(2)),
        config=Config(1, failures=(Delay(0, "A", "B", 0, 5), Delay(0, "A", "C", 0, 4))),
    ),
    scenario(
        "the-earliest-tick",
        "time passes only when nobody is ready, and only to the earliest tick that somebody waits "
        "for",
        image(
            role("A", chain("B!a", "C!a"), _GIVE, _GIVE, Halt()),
            role("B", chain("A?a"), _TAKE, registers=2),
            role("C", chain("A?a"), _TAKE, Halt(), registers=2),
        ),
        *(load_image(), pick(0, UNIT), pick(0, UNIT), pick(2), pick(1), advance(20), pick(0)),
        *(advance(30), advance(20), pick(2), pick(2), advance(30)),
        config=Config(1, failures=(Delay(0, "A", "B", 0, 30), Delay(0, "A", "C", 0, 19))),
    ),
    scenario(
        "late-and-behind",
        "a message is not taken before one that is late and stands in front of it",
        _THREE,
        *(
            load_image(),
            pick(0, Nat(1)),
            pick(0, Nat(2)),
            pick(1),
            pick(0, Nat(3)),
            pick(1),
            pick(1),
        ),
        config=Config(3, failures=(Delay(0, "A", "B", 0, 4),)),
    ),
    scenario(
        "a-crash-wakes",
        "a crash wakes who waits for a message from the one who crashed or for room to it; who has "
        "one on its way takes it, and who waits for another sleeps on",
        image(
            role("A", chain("D?a", "C!c"), _TAKE, registers=2),
            role("B", chain("D!a", "D!b"), _GIVE, _GIVE),
            role("C", chain("A?c"), _TAKE, registers=2),
            role("D", chain("E!e", "A!a"), _GIVE, _GIVE),
            role("E", chain("D?e"), _TAKE, registers=2),
        ),
        *(load_image(), pick(1, UNIT), pick(1), pick(0), pick(2), pick(3, UNIT), pick(3)),
        *(pick(4), pick(0)),
        config=Config(1, failures=(Crash(0, "D", 1),)),
    ),
    scenario(
        "a-link-that-is-down",
        "who waits for a link is woken when it is up again, not by room in the queue",
        image(*_THREE.programs, role("C", END, Yield(), Yield(), Halt())),
        *(load_image(), pick(0, Nat(1)), pick(0), pick(1), pick(2), pick(2), pick(0, Nat(2))),
        config=Config(1, failures=(Partition(0, "A", "B", 1, 4),)),
    ),
    scenario(
        "the-latest-message",
        "a queue that keeps the latest message has no other, and wakes who waits for it",
        _ALIKE,
        *(
            load_image(),
            pick(1),
            pick(0, Nat(1)),
            pick(0, Nat(2)),
            pick(1),
            pick(1),
            pick(0, Nat(3)),
        ),
        pick(1),
        config=_buffer(Buffer(LATEST)),
    ),
    scenario(
        "a-full-queue-drops",
        "what finds the queue full is lost; what was there stays, and what comes later is kept",
        _ALIKE,
        *(load_image(), pick(0, Nat(1)), pick(0, Nat(2)), pick(1), pick(0, Nat(3)), pick(1)),
        config=_buffer(Buffer(full=DROP, capacity=1)),
    ),
    scenario(
        "a-queue-that-grows",
        "a queue that grows keeps its order, and its sender waits when it may grow no more",
        _THREE,
        *(load_image(), pick(0, Nat(1)), pick(0, Nat(2)), pick(0), pick(1), pick(0, Nat(3))),
        *(pick(1), pick(1), pick(1)),
        config=_buffer(Buffer(full=RESIZE, capacity=1, maximum=2)),
    ),
)
