"""Crowds: many sessions that end while others stay, and more that take their places.

Ids grow beyond what one node of an id tree holds, slots serve again for sessions of the same shape
and of another, and policies are asked who is next after somebody who has gone.
"""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import (
    Abort,
    Fork,
    Instruction,
    Join,
    Jump,
    Receive,
    Send,
    Set,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.compiler.compile import compile_protocol
from antiphon.parity.generate_value import ABSENT
from antiphon.parity.source import Source
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import NAT
from antiphon.values.value import Nat

NODE: Final = 64
"""How many ids one node of a tree holds."""
_SIZES = (1, 2, 3, 5, 8)
Wave: TypeAlias = tuple[tuple[Image, int], ...]
"""Images, and how many sessions of each are opened at once."""


def crowd(source: Source, other: Image) -> list[Wave]:
    """The waves in which sessions are opened; some are of the image ``other``."""
    images = (
        _idle(source.pick(_SIZES)),
        _idle(source.pick(_SIZES)),
        other,
        talk(),
        stuck(),
        waver(),
    )
    return [
        tuple(
            (source.pick(images), source.pick((1, 3, 10, 24)))
            for _ in range(source.pick((1, 2, 3)))
        )
        for _ in range(source.pick((2, 3, 4)))
    ]


def giant(source: Source) -> list[Wave]:
    """Waves that together need more ids than two levels of a tree hold."""
    at_once = source.pick((6, 11, 16))
    waves = 1 + (NODE * NODE) // (NODE * at_once)
    return [((_idle(NODE), at_once), (stuck(), source.pick((1, 2)))) for _ in range(waves)]


@cache
def _idle(roles: int) -> Image:
    """A session in which nobody has anything to say."""
    return compile_protocol("idle", {f"R{number}": END for number in range(roles)})


@cache
def talk() -> Image:
    """A session that goes on for ever."""
    more = (("a", NAT, var("X")),)
    return compile_protocol(
        "talk", {"A": rec("X", output("B", more)), "B": rec("X", input_("A", more))}
    )


@cache
def waver() -> Image:
    """A session that goes on for ever, and takes back every second thing that it does."""
    image = talk()
    kept: tuple[Instruction, ...] = (Set(1, Nat(1)), Fork(1), Send(0, 1), Join())
    undone: tuple[Instruction, ...] = (Fork(1), Send(0, 1), Abort(), Jump(0))
    says = RoleProgram("A", image.programs[0].local_type, (*kept, *undone), 3)
    kept = (Set(1, Nat(1)), Fork(1), Receive(0, 2), Join())
    undone = (Fork(1), Receive(0, 2), Abort(), Jump(0))
    hears = RoleProgram("B", image.programs[1].local_type, (*kept, *undone), 3)
    return Image("waver", (says, hears))


@cache
def stuck() -> Image:
    """A session that never ends: one waits for somebody who is not there, the other has gone."""
    return compile_protocol("stuck", {"A": input_(ABSENT, (("a", NAT, END),)), "B": END})
