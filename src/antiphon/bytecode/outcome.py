"""What the rows of the instruction table are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
    PROTOCOL = "protocol"
    ENTRIES = "entries"  # role, local type and register
    LAYER = "layer"  # of guards: a name


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


@dataclass(frozen=True, slots=True)
class Row:
    """One instruction and one of its outcomes: what coverage is counted in."""

    id: str
    instruction: str
    outcome: Outcome


def ok(meaning: str) -> Outcome:
    """The outcome of an instruction that succeeds."""
    return Outcome("ok", "ok", "commit", meaning)


def wait(code: str, clause: str, meaning: str) -> Outcome:
    """The outcome of a guard that waits."""
    return Outcome("wait", code, clause, meaning)


def fault(code: str, clause: str, meaning: str, *, static: bool = False) -> Outcome:
    """The outcome of a guard that faults."""
    return Outcome("fault", code, clause, meaning, static)
