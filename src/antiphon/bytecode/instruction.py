"""The instructions as frozen records, one class per row of the table, operands in its order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from antiphon.theory.local_type import LocalType
from antiphon.values.value import Value

HOST: Final = -1
"""The source operand that asks the host instead of reading a register."""

LabelTable: TypeAlias = tuple[tuple[str, int], ...]
Entries: TypeAlias = tuple[tuple[str, LocalType, int], ...]
"""The roles of a session: each with its local type, and the register for its endpoint."""


@dataclass(frozen=True, slots=True)
class Send:
    """``send chan val``"""

    chan: int
    val: int


@dataclass(frozen=True, slots=True)
class Receive:
    """``receive chan dst``"""

    chan: int
    dst: int


@dataclass(frozen=True, slots=True)
class Offer:
    """``offer chan label val``"""

    chan: int
    label: str
    val: int


@dataclass(frozen=True, slots=True)
class Choose:
    """``choose chan dst table``"""

    chan: int
    dst: int
    table: LabelTable


@dataclass(frozen=True, slots=True)
class Select:
    """``select chan table``"""

    chan: int
    table: LabelTable


@dataclass(frozen=True, slots=True)
class Open:
    """``open name entries``"""

    name: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Close:
    """``close chan``"""

    chan: int


@dataclass(frozen=True, slots=True)
class Invoke:
    """``invoke action args dst``"""

    action: str
    args: tuple[int, ...]
    dst: int


@dataclass(frozen=True, slots=True)
class Acquire:
    """``acquire layer dst``"""

    layer: str
    dst: int


@dataclass(frozen=True, slots=True)
class Release:
    """``release layer evidence``"""

    layer: str
    evidence: int


@dataclass(frozen=True, slots=True)
class Tag:
    """``tag chan fact dst``"""

    chan: int
    fact: int
    dst: int


@dataclass(frozen=True, slots=True)
class Check:
    """``check chan fact target dst``"""

    chan: int
    fact: int
    target: int
    dst: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """``transfer endpoint target``"""

    endpoint: int
    target: int


@dataclass(frozen=True, slots=True)
class Spawn:
    """``spawn target args dst``"""

    target: int
    args: tuple[int, ...]
    dst: int


@dataclass(frozen=True, slots=True)
class Fork:
    """``fork ghost``"""

    ghost: int


@dataclass(frozen=True, slots=True)
class Join:
    """``join``"""


@dataclass(frozen=True, slots=True)
class Abort:
    """``abort``"""


@dataclass(frozen=True, slots=True)
class Set:
    """``set dst val``"""

    dst: int
    val: Value


@dataclass(frozen=True, slots=True)
class Move:
    """``move dst src``"""

    dst: int
    src: int


@dataclass(frozen=True, slots=True)
class Jump:
    """``jump target``"""

    target: int


@dataclass(frozen=True, slots=True)
class Yield:
    """``yield``"""


@dataclass(frozen=True, slots=True)
class Halt:
    """``halt``"""


Instruction: TypeAlias = (
    Send
    | Receive
    | Offer
    | Choose
    | Select
    | Open
    | Close
    | Invoke
    | Acquire
    | Release
    | Tag
    | Check
    | Transfer
    | Spawn
    | Fork
    | Join
    | Abort
    | Set
    | Move
    | Jump
    | Yield
    | Halt
)

CLASSES: Final[dict[str, type[Instruction]]] = {
    "send": Send,
    "receive": Receive,
    "offer": Offer,
    "choose": Choose,
    "select": Select,
    "open": Open,
    "close": Close,
    "invoke": Invoke,
    "acquire": Acquire,
    "release": Release,
    "tag": Tag,
    "check": Check,
    "transfer": Transfer,
    "spawn": Spawn,
    "fork": Fork,
    "join": Join,
    "abort": Abort,
    "set": Set,
    "move": Move,
    "jump": Jump,
    "yield": Yield,
    "halt": Halt,
}
"""Table name to class: every row but the pseudo row ``fetch``."""


def addresses(instruction: Instruction) -> tuple[int, ...]:
    """Where an instruction may jump to."""
    match instruction:
        case Jump(target) | Spawn(target):
            return (target,)
        case Choose() | Select():
            return tuple(address for _, address in instruction.table)
        case _:
            return ()
