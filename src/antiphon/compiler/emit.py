"""Second pass: the instructions of each block, with numbers of blocks where addresses will be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Move,
    Offer,
    Open,
    Receive,
    Select,
    Send,
    Spawn,
)
from antiphon.bytecode.program import RECEIVED
from antiphon.compiler.blocks import Block, Landing
from antiphon.compiler.handover import Deed, Keep, Part
from antiphon.theory.local_type import Input, LocalType, Output

ENDPOINT: Final = 0
PRODUCED: Final = 2
Producer: TypeAlias = Callable[[str], str | None]
"""The action that makes the payload of a label, if one is bound (S4)."""

Section: TypeAlias = tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that a program may run besides its own: what they are, and where they stand.

    ``protocols`` holds the local types of each protocol whose code is at hand, ``entries`` the
    first block of each part. ``kept`` are the registers of the endpoints that are kept; those of a
    session that is being opened start at ``opened``.
    """

    protocols: Mapping[str, Mapping[str, LocalType]]
    entries: Mapping[Part, int]
    kept: Mapping[Part, int]
    opened: int


NO_PARTS: Final = Parts({}, {}, {}, PRODUCED + 1)


def emit(
    blocks: tuple[Block | Landing, ...], producer: Producer, parts: Parts = NO_PARTS, first: int = 0
) -> tuple[Section, ...]:
    """The instructions of each block, of which ``first`` is the number of the first.

    A block that is not followed by the block it goes on with ends in a jump.
    """
    return tuple(
        _Emitter(number, first, producer, parts).instructions(block)
        for number, block in enumerate(blocks, first)
    )


class _Emitter:
    """Writes block ``number``; blocks count the others of their part from ``first``."""

    def __init__(self, number: int, first: int, producer: Producer, parts: Parts) -> None:
        self._number = number
        self._first = first
        self._producer = producer
        self._parts = parts

    def instructions(self, block: Block | Landing) -> Section:
        """The instructions of the block."""
        if isinstance(block, Landing):
            deeds = (self._deed(deed) for deed in block.deeds)
            return (*deeds, *self._onward(block.then))
        state = block.state
        if not isinstance(state, Output | Input):
            return (Halt(),)
        labels = tuple(label for label, _, _ in state.branches)
        if len(labels) != 1:
            after = tuple(self._first + number for number in block.after)
            table = tuple(zip(labels, after, strict=True))
            if isinstance(state, Output):
                return (Select(ENDPOINT, table),)
            return (Choose(ENDPOINT, RECEIVED, table),)
        (then,) = block.after
        if isinstance(state, Input):
            return (Receive(ENDPOINT, RECEIVED), *self._onward(then))
        (label,) = labels
        before, source = self._payload(label, block)
        sends = Offer(ENDPOINT, label, source) if block.chosen else Send(ENDPOINT, source)
        return (*before, sends, *self._onward(then))

    def _payload(self, label: str, block: Block) -> tuple[Section, int]:
        """What makes the payload, and the register that then holds it."""
        if block.passes is not None:
            return (), self._parts.kept[block.passes]
        if block.opens is not None:
            return self._opened(block.opens)
        action = self._producer(label)
        return ((), HOST) if action is None else ((Invoke(action, (), PRODUCED),), PRODUCED)

    def _opened(self, part: Part) -> tuple[Section, int]:
        """A new session, of which children run all roles but the one that is handed over."""
        protocol, role = part
        opened = enumerate(self._parts.protocols[protocol].items(), self._parts.opened)
        entries = tuple((name, local, register) for register, (name, local) in opened)
        code: list[Instruction] = [Open(protocol, entries)]
        source = self._parts.opened
        for name, _, register in entries:
            if name == role:
                source = register
            else:
                entry = self._parts.entries[protocol, name]
                code.append(Spawn(entry, (register,), PRODUCED))
        return tuple(code), source

    def _onward(self, then: int) -> Section:
        number = self._first + then
        return () if number == self._number + 1 else (Jump(number),)

    def _deed(self, deed: Deed) -> Instruction:
        if isinstance(deed, Keep):
            return Move(self._parts.kept[deed.part], RECEIVED)
        source = self._parts.kept[deed.part] if deed.kept else RECEIVED
        return Spawn(self._parts.entries[deed.part], (source,), PRODUCED)
