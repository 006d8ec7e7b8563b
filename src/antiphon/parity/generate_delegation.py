"""Programs that open and close sessions, and send endpoints to each other, well and badly.

A *plot* is a list of scenes among a few roles, each of which adds to their code and to their types.
Who has an endpoint may use it, pass it on, give it to a child, or close its session; and some go on
as if they still had what they gave away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Close,
    Halt,
    Instruction,
    Move,
    Offer,
    Open,
    Receive,
    Send,
    Set,
    Spawn,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.parity.source import Source
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT, Sort, delegation
from antiphon.values.value import Endpoint, Nat

NAME: Final = "p"
OPENED: Final = "q"
"""The name of the sessions that are opened."""
GUESTS: Final = Image(
    OPENED,
    (
        RoleProgram("X", output("Y", [("m", NAT, END)]), (), 0),
        RoleProgram("Y", input_("X", [("m", NAT, END)]), (), 0),
    ),
)
"""One of the sessions that are opened, for those who want to know its edges."""
_REGISTERS: Final = 12
_SCRATCH: Final = 1
_MISSING: Final = 99
_OTHER: Final = ("r", "X")
_LABELS: Final = ("a", "b", "c")


@dataclass(slots=True)
class _Actor:
    """One role: its code, the code of its children by the place that spawns them, what it sends
    (True) and receives in order, and which registers it takes for endpoints of which role.
    """

    role: str
    code: list[Instruction] = field(default_factory=list[Instruction])
    tails: dict[int, tuple[Instruction, ...]] = field(
        default_factory=dict[int, tuple[Instruction, ...]]
    )
    moves: list[tuple[bool, str, str, Sort, bool]] = field(
        default_factory=list[tuple[bool, str, str, Sort, bool]]
    )
    holds: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    used: int = _SCRATCH + 1

    def register(self) -> int:
        """One that holds nothing yet, as long as there are such."""
        self.used += 1
        return 2 + (self.used - 3) % (_REGISTERS - 2)

    def type(self) -> LocalType:
        """The type of all its moves; those with a choice have a second label that ends it."""
        then = END
        for sends, peer, label, sort, has_choice in reversed(self.moves):
            branches = [(label, sort, then)]
            if has_choice:
                branches.append(("no", NAT, END))
            then = output(peer, branches) if sends else input_(peer, branches)
        return then

    def program(self) -> RoleProgram:
        """Its program: what it does, then ``halt``, then the children's code."""
        code = [*self.code, Halt()]
        for place, tail in self.tails.items():
            spawn = code[place]
            assert isinstance(spawn, Spawn)
            code[place] = Spawn(len(code), spawn.args, spawn.dst)
            code += (*tail, Halt())
        return RoleProgram(self.role, self.type(), tuple(code), _REGISTERS)


def plot(source: Source) -> Image:
    """An image of a plot."""
    actors = [_Actor(role) for role in source.pick((("A", "B"), ("A", "B", "C")))]
    _open(source, actors)
    for _ in range(1 + source.below(9)):
        source.pick(_SCENES)(source, actors)
    return Image(NAME, tuple(actor.program() for actor in actors))


def _held(source: Source, actors: list[_Actor]) -> tuple[_Actor, int, str] | None:
    """Someone, a register that it takes for an endpoint, and the role of that."""
    actor = source.pick([one for one in actors if one.holds] or actors)
    if not actor.holds:
        return None
    register, role = source.pick(list(reversed(actor.holds)))
    return actor, register, role


def _open(source: Source, actors: list[_Actor]) -> None:
    """A session is opened: with a message to send, with an endpoint to send, or with nothing."""
    actor = source.pick(actors)
    sort = source.pick((NAT, NAT, delegation(OPENED, "X"), delegation(NAME, actor.role)))
    pair = (output("Y", [("m", sort, END)]), input_("X", [("m", sort, END)]))
    types = source.pick((pair, pair, (END, END), (pair[0], END)))
    registers = actor.register(), actor.register()
    entries = tuple(zip(("X", "Y"), types, registers, strict=True))
    if source.chance(15):
        entries = entries[:1]
    name = OPENED if source.chance(90) else "r"
    actor.code.append(Open(name, entries))
    actor.holds += [(register, role) for role, _, register in entries]


def _hand(source: Source, actors: list[_Actor]) -> None:
    """An endpoint is sent; the sender may keep the register, the sort may be another."""
    found = _held(source, actors)
    if found is None:
        return
    actor, register, role = found
    sort = delegation(OPENED, role)
    if source.chance(12):
        sort = source.pick((delegation(*_OTHER), delegation(NAME, actor.role), NAT))
        register = source.pick((register, 0))
    if not source.chance(20):
        actor.holds.remove((found[1], role))
    _tell(source, actors, actor, register, sort, role)


def _number(source: Source, actors: list[_Actor]) -> None:
    """A number is sent."""
    actor = source.pick(actors)
    actor.code.append(Set(_SCRATCH, Nat(7)))
    _tell(source, actors, actor, _SCRATCH, NAT, "")


def _tell(
    source: Source, actors: list[_Actor], actor: _Actor, register: int, sort: Sort, role: str
) -> None:
    """A message, by one of the two pairs of instructions for it."""
    peer = source.pick([one for one in actors if one is not actor])
    has_choice = source.chance(30)
    label = source.pick(_LABELS)
    val = HOST if source.chance(15) else register
    actor.moves.append((True, peer.role, label, sort, has_choice))
    actor.code.append(Offer(0, label, val) if has_choice else Send(0, val))
    heard = sort
    if source.chance(6):
        heard = source.pick((NAT, delegation(*_OTHER), delegation(OPENED, "Y")))
    peer.moves.append((False, actor.role, label, heard, has_choice))
    dst = peer.register() if role else _SCRATCH
    following = len(peer.code) + 1
    table = ((label, following), ("no", following))
    peer.code.append(Choose(0, dst, table) if has_choice else Receive(0, dst))
    if role:
        peer.holds.append((dst, role))


def _use(source: Source, actors: list[_Actor]) -> None:
    """An endpoint does what its type says, if it has not yet."""
    found = _held(source, actors)
    if found is not None:
        actor, register, role = found
        actor.code += _used(source, register, role)


def _used(source: Source, register: int, role: str) -> tuple[Instruction, ...]:
    if role == "Y":
        return (Receive(register, source.pick((_SCRATCH, register, 3))),)
    val = source.pick((HOST, _SCRATCH, 0, register))
    return (Set(_SCRATCH, Nat(5)), Send(register, val))


def _close(source: Source, actors: list[_Actor]) -> None:
    """A session is closed, perhaps twice."""
    found = _held(source, actors)
    if found is not None:
        actor, register, role = found
        actor.code.append(Close(register))
        if not source.chance(20):
            actor.holds.remove((register, role))


def _employ(source: Source, actors: list[_Actor]) -> None:
    """A child gets an endpoint; it uses it, closes its session, gives it to someone, or halts."""
    found = _held(source, actors)
    if found is None:
        return
    actor, register, role = found
    if not source.chance(15):
        actor.holds.remove((register, role))
    work = source.pick(
        (
            _used(source, 0, role),
            (Close(0),),
            (Yield(), *_used(source, 0, role)),
            (Set(2, Nat(source.below(5))), Transfer(0, 2)),
            (),
        )
    )
    actor.tails[len(actor.code)] = work
    actor.code.append(Spawn(0, (register,), _SCRATCH))


def _err(source: Source, actors: list[_Actor]) -> None:
    """Operands that do not exist, endpoints that are none, or somebody else's."""
    actor = source.pick(actors)
    register = source.pick([register for register, _ in actor.holds] or [_SCRATCH])
    wrong: tuple[Instruction, ...] = (
        Close(_SCRATCH),
        Close(_MISSING),
        Open(OPENED, (("X", END, _MISSING),)),
        Open(OPENED, (("X", END, 2), ("Y", END, -1))),
        Close(0),
        Move(0, register),
        Transfer(register, _SCRATCH),
        Yield(),
    )
    number, role = source.below(4), source.pick(("A", "B", "X", "Y"))
    if source.chance(50):
        actor.code.append(Set(_SCRATCH, Endpoint(number, role)))
    actor.code.append(source.pick(wrong))


def _wait(source: Source, actors: list[_Actor]) -> None:
    """Somebody lets the others go first."""
    source.pick(actors).code += [Yield()] * (1 + source.below(4))


_SCENES: Final[tuple[Callable[[Source, list[_Actor]], None], ...]] = (
    _hand,
    _use,
    _number,
    _open,
    _hand,
    _close,
    _use,
    _employ,
    _hand,
    _wait,
    _use,
    _err,
)
