"""The registers that instructions name."""

from __future__ import annotations

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


def registers_of(instruction: Instruction) -> tuple[int, ...]:
    """The registers that an instruction names."""
    match instruction:
        case Send(chan, val) | Offer(chan, _, val):
            return (chan,) if val == HOST else (chan, val)
        case Receive(chan, dst) | Choose(chan, dst, _):
            return (chan, dst)
        case Select(chan, _) | Close(chan) | Fork(chan):
            return (chan,)
        case Open(_, entries):
            return tuple(register for _, _, register in entries)
        case Invoke(_, args, dst) | Spawn(_, args, dst):
            return (*args, dst)
        case Acquire(_, register) | Release(_, register):
            return (register,)
        case Tag(chan, fact, dst):
            return (chan, fact, dst)
        case Check(chan, fact, target, dst):
            return (chan, fact, target, dst)
        case Transfer(endpoint, target):
            return (endpoint, target)
        case Set(dst, _):
            return (dst,)
        case Move(dst, src):
            return (dst, src)
        case Join() | Abort() | Jump() | Yield() | Halt():
            return ()
