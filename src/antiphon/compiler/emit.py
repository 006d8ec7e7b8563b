"""Second pass: the instructions of each block, with numbers of blocks where addresses will be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Offer,
    Receive,
    Select,
    Send,
)
from antiphon.bytecode.program import RECEIVED
from antiphon.compiler.blocks import Block
from antiphon.theory.local_type import Input, Output

ENDPOINT: Final = 0
PRODUCED: Final = 2
Producer: TypeAlias = Callable[[str], str | None]
"""The action that makes the payload of a label, if one is bound (S4)."""


def emit(blocks: tuple[Block, ...], producer: Producer) -> tuple[tuple[Instruction, ...], ...]:
    """The instructions of each block.

    A block that is not followed by the block it goes on with ends in a jump.
    """
    return tuple(_instructions(number, block, producer) for number, block in enumerate(blocks))


def _instructions(number: int, block: Block, producer: Producer) -> tuple[Instruction, ...]:
    state = block.state
    if not isinstance(state, Output | Input):
        return (Halt(),)
    labels = tuple(label for label, _, _ in state.branches)
    if len(labels) != 1:
        table = tuple(zip(labels, block.after, strict=True))
        if isinstance(state, Output):
            return (Select(ENDPOINT, table),)
        return (Choose(ENDPOINT, RECEIVED, table),)
    (then,) = block.after
    onward = () if then == number + 1 else (Jump(then),)
    if isinstance(state, Input):
        return (Receive(ENDPOINT, RECEIVED), *onward)
    return (*_output(labels[0], block.chosen, producer), *onward)


def _output(label: str, chosen: bool, producer: Producer) -> tuple[Instruction, ...]:
    action = producer(label)
    source = HOST if action is None else PRODUCED
    made = () if action is None else (Invoke(action, (), PRODUCED),)
    return (*made, Offer(ENDPOINT, label, source) if chosen else Send(ENDPOINT, source))
