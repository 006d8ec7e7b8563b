"""The one instruction table: names, operands, and every way in which each instruction can end.

The decoder, the assembly, the matrix, the documentation and the coverage counters derive from it.
A row's *clauses* stand in the order in which the guards are tried (S7); the first that fails
decides. ``offer`` sends and ``choose`` waits for a label: the names are those of the earlier
system, the reverse of what "offer" means in some of the literature.
"""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.outcome import Instruction, Operand, Row
from antiphon.bytecode.outcome import fault as _fault
from antiphon.bytecode.outcome import ok as _ok
from antiphon.bytecode.outcome import wait as _wait

TYPE_VIOLATION: Final = "type-violation"
UNKNOWN_LABEL: Final = "unknown-label"
CHANNEL_CLOSED: Final = "channel-closed"
INVOKE_FAULT: Final = "invoke-fault"
ACQUIRE_FAULT: Final = "acquire-fault"
OUTPUT_CONDITION_FAULT: Final = "output-condition-fault"
OUT_OF_REGISTERS: Final = "out-of-registers"
PC_OUT_OF_RANGE: Final = "pc-out-of-range"
BUFFER_FULL: Final = "buffer-full"
OUT_OF_CREDITS: Final = "out-of-credits"
TRANSFER_FAULT: Final = "transfer-fault"
COROUTINE_LIMIT: Final = "coroutine-limit"
CRASH: Final = "crash"
CLOSE_FAULT: Final = "close-fault"
SESSION_LIMIT: Final = "session-limit"
SPECULATION_FAULT: Final = "speculation-fault"

LEVELS_MAX: Final = 16
"""How many forks of one coroutine may be open at a time."""

RECEIVE_WAIT: Final = "receive-wait"
SEND_WAIT: Final = "send-wait"
HOST_WAIT: Final = "host-wait"
PAUSE_WAIT: Final = "pause-wait"
ACQUIRE_WAIT: Final = "acquire-wait"

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
_HANDED_IN_FORK = _fault(
    SPECULATION_FAULT, "forbidden", "in a fork, the label carries an endpoint", static=True
)
_CARRIED = _fault(TRANSFER_FAULT, "carried", "the endpoint is not this coroutine's to hand over")
_CRASHED = "the peer has crashed"
_LINK = (
    _fault(CHANNEL_CLOSED, "crashed", _CRASHED),
    _wait(SEND_WAIT, "link", "the link to the peer is down"),
)
_ROOM = (
    _wait(SEND_WAIT, "room", "the queue is full"),
    _fault(BUFFER_FULL, "overflow", "the queue is full, and its buffer makes that an error"),
)
_EMPTY = (
    _fault(CHANNEL_CLOSED, "crashed", f"the queue is empty, and {_CRASHED}"),
    _wait(RECEIVE_WAIT, "empty", "the queue is empty"),
    _wait(RECEIVE_WAIT, "delayed", "the oldest message is still on its way"),
)
_HOST_PENDING = _wait(HOST_WAIT, "pending", "the host has no answer yet")
_HOST_REFUSED = _fault(INVOKE_FAULT, "refused", "the host refused to answer")
_HOST_SHAPE = _fault(INVOKE_FAULT, "answer", "the host's answer is not of the kind asked for")
_FACT = _fault(TYPE_VIOLATION, "fact", "the fact's register holds no text")
_DENIED = _fault(OUTPUT_CONDITION_FAULT, "denied", "the output does not meet the condition")
_BAD_MESSAGE = (
    _fault(UNKNOWN_LABEL, "message", "the oldest message has a label that is not expected"),
    _fault(TYPE_VIOLATION, "message-sort", "the oldest message's value has not its label's sort"),
    _HANDED_IN_FORK,
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
            _HANDED_IN_FORK,
            _CARRIED,
            *_LINK,
            *_ROOM,
            _HOST_PENDING,
            _HOST_REFUSED,
            _HOST_SHAPE,
            _DENIED,
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
            *_EMPTY,
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
            _HANDED_IN_FORK,
            _CARRIED,
            *_LINK,
            *_ROOM,
            _HOST_PENDING,
            _HOST_REFUSED,
            _HOST_SHAPE,
            _DENIED,
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
            *_EMPTY,
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
        "open",
        "session",
        (("name", Operand.PROTOCOL), ("entries", Operand.ENTRIES)),
        "Open a session, and own all its endpoints.",
        (
            _OPERAND,
            _IN_FORK,
            _fault(SESSION_LIMIT, "limit", "there are as many sessions as there may be"),
            _ok("the registers hold the endpoints"),
        ),
    ),
    Instruction(
        "close",
        "session",
        (("chan", Operand.REGISTER),),
        "End a session, whatever its endpoints still have to do.",
        (
            _OPERAND,
            _IN_FORK,
            _fault(TYPE_VIOLATION, "endpoint", "the register holds no endpoint", static=True),
            _fault(CLOSE_FAULT, "session", "the session has ended, has failed, or never was"),
            _fault(CLOSE_FAULT, "owner", "this coroutine does not own the endpoint", static=True),
            _ok("the session is gone"),
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
        "acquire",
        "guard",
        (("layer", Operand.LAYER), ("dst", Operand.REGISTER)),
        "Take a guard layer, which one coroutine at a time can hold.",
        (
            _OPERAND,
            _IN_FORK,
            _wait(ACQUIRE_WAIT, "held", "another coroutine holds the layer"),
            _fault(ACQUIRE_FAULT, "holder", "this coroutine holds the layer already"),
            _HOST_PENDING,
            _HOST_REFUSED,
            _HOST_SHAPE,
            _ok("this coroutine holds the layer, dst the evidence of it"),
        ),
    ),
    Instruction(
        "release",
        "guard",
        (("layer", Operand.LAYER), ("evidence", Operand.REGISTER)),
        "Give a guard layer back.",
        (
            _OPERAND,
            _IN_FORK,
            _fault(ACQUIRE_FAULT, "holder", "this coroutine does not hold the layer"),
            _fault(ACQUIRE_FAULT, "evidence", "the register holds another value than the evidence"),
            _ok("the layer is free, all who wait for it wake"),
        ),
    ),
    Instruction(
        "tag",
        "knowledge",
        (("chan", Operand.REGISTER), ("fact", Operand.REGISTER), ("dst", Operand.REGISTER)),
        "Note a fact at an endpoint.",
        (
            *_CHANNEL,
            _FACT,
            _ok("the fact is known at the endpoint, dst holds true"),
        ),
    ),
    Instruction(
        "check",
        "knowledge",
        (
            ("chan", Operand.REGISTER),
            ("fact", Operand.REGISTER),
            ("target", Operand.REGISTER),
            ("dst", Operand.REGISTER),
        ),
        "Ask whether a fact is known at an endpoint and may go to a role.",
        (
            *_CHANNEL,
            _FACT,
            _fault(TYPE_VIOLATION, "target", "the target register holds no text"),
            _ok("dst holds the answer"),
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
            _fault(SPECULATION_FAULT, "depth", f"{LEVELS_MAX} forks are open", static=True),
            _ok("the coroutine has one more fork open"),
        ),
    ),
    Instruction(
        "join",
        "speculation",
        (),
        "Keep what was done since the last fork that is open.",
        (_NO_LEVEL, _ok("it belongs to the fork around, or else is done for all to see")),
    ),
    Instruction(
        "abort",
        "speculation",
        (),
        "Undo what was done since the last fork that is open.",
        (_NO_LEVEL, _ok("registers, types, facts and queues are as they were")),
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
            _fault(ACQUIRE_FAULT, "held", "this coroutine holds a guard layer"),
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
            _fault(CRASH, "crashed", "the coroutine crashes here"),
            _wait(PAUSE_WAIT, "paused", "the coroutine is paused here"),
            _fault(PC_OUT_OF_RANGE, "address", "there is no instruction at pc", static=True),
        ),
    ),
)

INSTRUCTIONS: Final = {row.name: row for row in TABLE}


def _rows() -> tuple[Row, ...]:
    return tuple(
        Row(".".join((row.name, outcome.code, outcome.clause)), row.name, outcome)
        for row in TABLE
        for outcome in row.outcomes
    )


ROWS: Final = _rows()
ROW_NUMBER: Final = {row.id: number for number, row in enumerate(ROWS)}
FAULT_CODES: Final = tuple(
    dict.fromkeys(row.outcome.code for row in ROWS if row.outcome.kind == "fault")
)
