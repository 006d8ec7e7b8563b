"""The one instruction table: names, operands, and every way in which each instruction can end.

The decoder, the assembly, the matrix, the documentation and the coverage counters derive from it.
A row's *clauses* stand in the order in which the guards are tried (S7); the first that fails
decides. ``offer`` sends and ``choose`` waits for a label: the names are those of the earlier
system, the reverse of what "offer" means in some of the literature.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Operand(Enum):
    """What an operand is."""

    REGISTER = "register"
    SOURCE = "source"  # a register, or @host: ask the host for the value
    REGISTERS = "registers"
    LABEL = "label"
    TABLE = "table"  # label to address
    ADDRESS = "address"
    VALUE = "value"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which an instruction can end: ``ok``, ``wait`` or ``fault``.

    ``code`` is the block reason of a wait or the fault code of a fault. ``static`` says that the
    verifier excludes it, so that it needs ``load(unverified=True)`` to be seen.
    """

    kind: str
    code: str
    clause: str
    meaning: str
    static: bool = False


@dataclass(frozen=True, slots=True)
class Instruction:
    """One row of the table."""

    name: str
    family: str
    operands: tuple[tuple[str, Operand], ...]
    meaning: str
    outcomes: tuple[Outcome, ...]


TYPE_VIOLATION: Final = "type-violation"
UNKNOWN_LABEL: Final = "unknown-label"
CHANNEL_CLOSED: Final = "channel-closed"
INVOKE_FAULT: Final = "invoke-fault"
OUT_OF_REGISTERS: Final = "out-of-registers"
PC_OUT_OF_RANGE: Final = "pc-out-of-range"
BUFFER_FULL: Final = "buffer-full"
OUT_OF_CREDITS: Final = "out-of-credits"
TRANSFER_FAULT: Final = "transfer-fault"
COROUTINE_LIMIT: Final = "coroutine-limit"
SPECULATION_FAULT: Final = "speculation-fault"
FAULT_CODES: Final = (
    TYPE_VIOLATION,
    UNKNOWN_LABEL,
    CHANNEL_CLOSED,
    INVOKE_FAULT,
    OUT_OF_REGISTERS,
    PC_OUT_OF_RANGE,
    BUFFER_FULL,
    OUT_OF_CREDITS,
    TRANSFER_FAULT,
    COROUTINE_LIMIT,
    SPECULATION_FAULT,
)

LEVELS_MAX: Final = 16
"""How many forks of one coroutine may be open at a time."""

RECEIVE_WAIT: Final = "receive-wait"
SEND_WAIT: Final = "send-wait"
HOST_WAIT: Final = "host-wait"


def _ok(meaning: str) -> Outcome:
    return Outcome("ok", "ok", "commit", meaning)


def _wait(code: str, clause: str, meaning: str) -> Outcome:
    return Outcome("wait", code, clause, meaning)


def _fault(code: str, clause: str, meaning: str, *, static: bool = False) -> Outcome:
    return Outcome("fault", code, clause, meaning, static)


_OPERAND = _fault(OUT_OF_REGISTERS, "operand", "a register operand does not exist", static=True)
_CHANNEL = (
    _OPERAND,
    _fault(TYPE_VIOLATION, "endpoint", "the channel register holds no endpoint", static=True),
    _fault(CHANNEL_CLOSED, "session", "the session has ended, has failed, or never was"),
    _fault(CHANNEL_CLOSED, "owner", "this coroutine does not own the endpoint", static=True),
)
_NOT_OUTPUT = _fault(TYPE_VIOLATION, "head", "the type does not send now", static=True)
_NOT_INPUT = _fault(TYPE_VIOLATION, "head", "the type does not receive now", static=True)
_PAYLOAD_SORT = _fault(TYPE_VIOLATION, "sort", "the value has not the label's sort")
_ROOM = (
    _wait(SEND_WAIT, "room", "the queue is full"),
    _fault(BUFFER_FULL, "overflow", "the queue is full, and its buffer makes that an error"),
)
_EMPTY = _wait(RECEIVE_WAIT, "empty", "the queue is empty")
_HOST_PENDING = _wait(HOST_WAIT, "pending", "the host has no answer yet")
_HOST_REFUSED = _fault(INVOKE_FAULT, "refused", "the host refused to answer")
_HOST_SHAPE = _fault(INVOKE_FAULT, "answer", "the host's answer is not of the kind asked for")
_BAD_MESSAGE = (
    _fault(UNKNOWN_LABEL, "message", "the oldest message has a label that is not expected"),
    _fault(TYPE_VIOLATION, "message-sort", "the oldest message's value has not its label's sort"),
)
_IN_FORK = _fault(SPECULATION_FAULT, "forbidden", "a fork is open", static=True)
_NO_LEVEL = _fault(SPECULATION_FAULT, "none", "there is no fork to close", static=True)

TABLE: Final = (
    Instruction(
        "send",
        "communication",
        (("chan", Operand.REGISTER), ("val", Operand.SOURCE)),
        "Send the one label that the type allows, with a value.",
        (
            *_CHANNEL,
            _NOT_OUTPUT,
            _fault(TYPE_VIOLATION, "label", "the type offers more than one label", static=True),
            _PAYLOAD_SORT,
            *_ROOM,
            _HOST_PENDING,
            _HOST_REFUSED,
            _HOST_SHAPE,
            _ok("the message is queued, the type advances, a waiting receiver wakes"),
        ),
    ),
    Instruction(
        "receive",
        "communication",
        (("chan", Operand.REGISTER), ("dst", Operand.REGISTER)),
        "Receive the one label that the type allows; its value goes to a register.",
        (
            *_CHANNEL,
            _NOT_INPUT,
            _fault(TYPE_VIOLATION, "label", "the type expects more than one label", static=True),
            _EMPTY,
            *_BAD_MESSAGE,
            _ok("the message is taken, the type advances, a waiting sender wakes"),
        ),
    ),
    Instruction(
        "offer",
        "choice",
        (("chan", Operand.REGISTER), ("label", Operand.LABEL), ("val", Operand.SOURCE)),
        "Send one label of an internal choice, with a value.",
        (
            *_CHANNEL,
            _NOT_OUTPUT,
            _fault(UNKNOWN_LABEL, "label", "the type does not have this label", static=True),
            _PAYLOAD_SORT,
            *_ROOM,
            _HOST_PENDING,
            _HOST_REFUSED,
            _HOST_SHAPE,
            _ok("the message is queued, the type advances, a waiting receiver wakes"),
        ),
    ),
    Instruction(
        "choose",
        "choice",
        (("chan", Operand.REGISTER), ("dst", Operand.REGISTER), ("table", Operand.TABLE)),
        "Receive any label of an external choice and jump to its address.",
        (
            *_CHANNEL,
            _NOT_INPUT,
            _EMPTY,
            *_BAD_MESSAGE,
            _fault(UNKNOWN_LABEL, "table", "the label has no address in the table", static=True),
            _ok("the message is taken, the type advances, a waiting sender wakes, pc jumps"),
        ),
    ),
    Instruction(
        "select",
        "choice",
        (("chan", Operand.REGISTER), ("table", Operand.TABLE)),
        "Ask the host for a label, narrow the type to it, and jump. Sends nothing.",
        (
            *_CHANNEL,
            _NOT_OUTPUT,
            _HOST_PENDING,
            _HOST_REFUSED,
            _HOST_SHAPE,
            _fault(UNKNOWN_LABEL, "label", "the host named a label that the type has not"),
            _fault(UNKNOWN_LABEL, "table", "the label has no address in the table", static=True),
            _ok("the type keeps only this label, pc jumps"),
        ),
    ),
    Instruction(
        "invoke",
        "effect",
        (("action", Operand.ACTION), ("args", Operand.REGISTERS), ("dst", Operand.REGISTER)),
        "Ask the host to do something; its answer goes to a register.",
        (
            _OPERAND,
            _fault(SPECULATION_FAULT, "forbidden", "in a fork, an action not declared pure"),
            _HOST_PENDING,
            _HOST_REFUSED,
            _HOST_SHAPE,
            _ok("the answer is written"),
        ),
    ),
    Instruction(
        "transfer",
        "ownership",
        (("endpoint", Operand.REGISTER), ("target", Operand.REGISTER)),
        "Give an endpoint to the coroutine whose id a register holds.",
        (
            _OPERAND,
            _IN_FORK,
            _fault(TYPE_VIOLATION, "endpoint", "the register holds no endpoint", static=True),
            _fault(CHANNEL_CLOSED, "session", "the session has ended, has failed, or never was"),
            _fault(
                TRANSFER_FAULT, "owner", "this coroutine does not own the endpoint", static=True
            ),
            _fault(TYPE_VIOLATION, "number", "the target register holds no number"),
            _fault(TRANSFER_FAULT, "target", "there is no such coroutine that goes on"),
            _ok("the target owns the endpoint"),
        ),
    ),
    Instruction(
        "spawn",
        "ownership",
        (("target", Operand.ADDRESS), ("args", Operand.REGISTERS), ("dst", Operand.REGISTER)),
        "Start another coroutine of this program; it owns the endpoints among its arguments.",
        (
            _OPERAND,
            _IN_FORK,
            _fault(
                TRANSFER_FAULT,
                "owner",
                "an endpoint to be given away is not this coroutine's, or is given twice",
                static=True,
            ),
            _fault(COROUTINE_LIMIT, "limit", "there are as many coroutines as there may be"),
            _ok("the child is ready behind this coroutine, dst holds its id"),
        ),
    ),
    Instruction(
        "fork",
        "speculation",
        (("ghost", Operand.REGISTER),),
        "From here on what this coroutine does can be undone, under the number in the register.",
        (
            _OPERAND,
            _fault(TYPE_VIOLATION, "ghost", "the register holds no number"),
            _fault(
                SPECULATION_FAULT,
                "depth",
                f"{LEVELS_MAX} forks are open already",
                static=True,
            ),
            _ok("the coroutine has one more fork open"),
        ),
    ),
    Instruction(
        "join",
        "speculation",
        (),
        "Keep what was done since the last fork that is open.",
        (
            _NO_LEVEL,
            _ok("it belongs to the fork around; if there is none, it is done for all to see"),
        ),
    ),
    Instruction(
        "abort",
        "speculation",
        (),
        "Undo what was done since the last fork that is open.",
        (
            _NO_LEVEL,
            _ok("registers, types and queues are as they were, pc advances"),
        ),
    ),
    Instruction(
        "set",
        "control",
        (("dst", Operand.REGISTER), ("val", Operand.VALUE)),
        "Write a constant.",
        (_OPERAND, _ok("the register holds the constant")),
    ),
    Instruction(
        "move",
        "control",
        (("dst", Operand.REGISTER), ("src", Operand.REGISTER)),
        "Copy a register.",
        (_OPERAND, _ok("both registers hold the same value")),
    ),
    Instruction(
        "jump",
        "control",
        (("target", Operand.ADDRESS),),
        "Go on elsewhere.",
        (_ok("pc is the target"),),
    ),
    Instruction(
        "yield",
        "control",
        (),
        "Let others go first.",
        (_ok("pc advances, the coroutine goes to the back of the ready queue"),),
    ),
    Instruction(
        "halt",
        "control",
        (),
        "End this coroutine and release its endpoints.",
        (
            _IN_FORK,
            _fault(TYPE_VIOLATION, "unfinished", "an owned endpoint is not at end"),
            _ok("the coroutine is done; a session with every endpoint released ends"),
        ),
    ),
    Instruction(
        "fetch",
        "control",
        (),
        "Not an instruction: what happens before one is known.",
        (
            _fault(OUT_OF_CREDITS, "budget", "the coroutine has taken all the steps it may"),
            _fault(PC_OUT_OF_RANGE, "address", "there is no instruction at pc", static=True),
        ),
    ),
)

INSTRUCTIONS: Final = {row.name: row for row in TABLE}


@dataclass(frozen=True, slots=True)
class Row:
    """One instruction and one of its outcomes: what coverage is counted in."""

    id: str
    instruction: str
    outcome: Outcome


def _rows() -> tuple[Row, ...]:
    return tuple(
        Row(".".join((row.name, outcome.code, outcome.clause)), row.name, outcome)
        for row in TABLE
        for outcome in row.outcomes
    )


ROWS: Final = _rows()
ROW_NUMBER: Final = {row.id: number for number, row in enumerate(ROWS)}
