"""Coroutines about to take a step of every instruction, next to each other in every relation.

The first two roles of a session are put into a *posture*, which is an instruction of theirs that
they have come to; the third role, and whom they talk to, make the *relation* between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Acquire,
    Check,
    Choose,
    Close,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Offer,
    Open,
    Receive,
    Release,
    Select,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.ask import Answer, Ask, Chosen
from antiphon.machine.config import Config
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import Nat, Str

ROLES: Final = ("A", "B", "C")
REGISTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Posture:
    """A role that talks to ``peer``, if to anybody: its type, its code, and how many steps it takes
    before the one that is looked at.
    """

    name: str
    type: Callable[[str], LocalType]
    code: tuple[Instruction, ...]
    steps: int = 0


def _end(_: str) -> LocalType:
    return END


def _speaks(peer: str) -> LocalType:
    return output(peer, [("a", NAT, END)])


def _decides(peer: str) -> LocalType:
    return output(peer, [("a", NAT, END), ("b", NAT, END)])


def _hears(peer: str) -> LocalType:
    return input_(peer, [("a", NAT, END)])


def _either(peer: str) -> LocalType:
    return input_(peer, [("a", NAT, END), ("b", NAT, END)])


_BOTH: Final = (("a", 0), ("b", 0))
_GHOST: Final = (Set(1, Nat(7)), Fork(1))
POSTURES: Final = (
    Posture("send", _speaks, (Send(0, HOST),)),
    Posture("offer", _decides, (Offer(0, "b", HOST),)),
    Posture("receive", _hears, (Receive(0, 1),)),
    Posture("choose", _either, (Choose(0, 1, _BOTH),)),
    Posture("select", _decides, (Select(0, _BOTH),)),
    Posture("open", _end, (Open("q", (("X", END, 1), ("Y", END, 2))),)),
    Posture("close", _end, (Close(0),)),
    Posture("invoke", _end, (Invoke("act", (), 1),)),
    Posture("acquire l", _end, (Acquire("l", 1),)),
    Posture("acquire m", _end, (Acquire("m", 1),)),
    Posture("release l", _end, (Acquire("l", 1), Release("l", 1)), 1),
    Posture("tag", _end, (Set(1, Str("f")), Tag(0, 1, 2)), 1),
    Posture("check", _end, (Set(1, Str("f")), Check(0, 1, 1, 2)), 1),
    Posture("transfer to A", _end, (Set(1, Nat(0)), Transfer(0, 1)), 1),
    Posture("transfer to C", _end, (Set(1, Nat(2)), Transfer(0, 1)), 1),
    Posture("spawn", _end, (Spawn(0, (0,), 1),)),
    Posture("fork", _end, (Set(1, Nat(7)), Fork(1)), 1),
    Posture("send in a fork", _speaks, (*_GHOST, Send(0, HOST)), 2),
    Posture("receive in a fork", _hears, (*_GHOST, Receive(0, 2)), 2),
    Posture("join", _speaks, (*_GHOST, Send(0, HOST), Join()), 3),
    Posture("join after receiving", _hears, (*_GHOST, Receive(0, 2), Join()), 3),
    Posture("join in a fork", _speaks, (*_GHOST, Fork(1), Join()), 3),
    Posture("abort", _speaks, (*_GHOST, Send(0, HOST), Abort()), 3),
    Posture("abort after receiving", _hears, (*_GHOST, Receive(0, 2), Abort()), 3),
    Posture("set", _end, (Set(1, Nat(1)),)),
    Posture("move", _end, (Move(1, 0),)),
    Posture("jump", _end, (Jump(0),)),
    Posture("yield", _end, (Yield(),)),
    Posture("halt", _end, (Halt(),)),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Whom A and B talk to; C's type, code and steps before theirs; how many sessions there are,
    the second posture being that of B in the last; how much a queue holds.
    """

    name: str
    peers: tuple[str, str]
    third: LocalType = END
    code: tuple[Instruction, ...] = (Yield(),)
    steps: int = 0
    sessions: int = 1
    capacity: int = 2


_TELLS: Final = output("A", [("a", NAT, output("B", [("a", NAT, END)]))])
_LISTENS: Final = input_("B", [("a", NAT, END)])
RELATIONS: Final = (
    Relation("each other", ("B", "A")),
    Relation("a third, idle", ("C", "C")),
    Relation("a third, gone", ("C", "C"), END, (Halt(),), 1),
    Relation("a third, who has spoken", ("C", "C"), _TELLS, (Send(0, HOST), Send(0, HOST)), 2),
    Relation("a third, who waits", ("C", "C"), _LISTENS, (Receive(0, 1),), 1),
    Relation("a third, who waits for room", ("C", "C"), _TELLS, (Send(0, HOST),) * 2, 2, 1, 1),
    Relation("other sessions", ("C", "C"), _TELLS, (Send(0, HOST), Send(0, HOST)), 2, 2),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Two postures in a relation: what is loaded, the steps that lead there, and the two who are to
    step then.
    """

    name: str
    images: tuple[Image, ...]
    config: Config
    steps: tuple[int, ...]
    pair: tuple[int, int]


def scenes() -> Iterator[Scene]:
    """Every two postures in every relation."""
    for relation, one, other in product(RELATIONS, POSTURES, POSTURES):
        programs = (
            RoleProgram("A", one.type(relation.peers[0]), one.code, REGISTERS),
            RoleProgram("B", other.type(relation.peers[1]), other.code, REGISTERS),
            RoleProgram("C", relation.third, relation.code, REGISTERS),
        )
        last = 3 * (relation.sessions - 1)
        third = tuple(2 + 3 * at for at in range(relation.sessions)) * relation.steps
        steps = (*third, *(0,) * one.steps, *(last + 1,) * other.steps)
        yield Scene(
            f"{one.name} | {other.name}, {relation.name}",
            (Image("pair", programs),) * relation.sessions,
            Config(relation.capacity),
            steps,
            (0, last + 1),
        )


def answer(ask: Ask) -> Answer:
    """The host of all scenes."""
    return Chosen(ask.labels[0]) if ask.kind == "choice" else Nat(3)
