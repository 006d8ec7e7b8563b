"""Buffers: what a queue keeps, and what becomes of a message that finds it full (S23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from antiphon.bytecode.instruction import Open
from antiphon.bytecode.program import Image
from antiphon.errors import Diagnostic, ProgramError
from antiphon.theory.local_type import LocalType, Output, nodes
from antiphon.values.sort import Sort

CAPACITY_MAX: Final = 2**31 - 1
FIFO: Final = "fifo"
LATEST: Final = "latest"
BLOCK: Final = "block"
DROP: Final = "drop"
ERROR: Final = "error"
RESIZE: Final = "resize"
MODES: Final = (FIFO, LATEST)
WHEN_FULL: Final = (BLOCK, DROP, ERROR, RESIZE)


@dataclass(frozen=True, slots=True)
class Buffer:
    """How one queue keeps its messages.

    ``mode``: ``fifo`` keeps up to ``capacity`` of them in order; ``latest`` keeps one, which the
    next one replaces, so it is never full and its other fields are as by default. ``full`` is what
    happens to a send that finds the queue full: it waits (``block``), its message is lost
    (``drop``), it faults (``error``), or the capacity doubles up to ``maximum``, then it waits
    (``resize``; without it ``maximum`` is None). Raises ``ValueError`` for anything else.
    """

    mode: str = FIFO
    full: str = BLOCK
    capacity: int = 64
    maximum: int | None = None

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"mode is one of {', '.join(MODES)}, not {self.mode!r}")
        if self.full not in WHEN_FULL:
            raise ValueError(f"full is one of {', '.join(WHEN_FULL)}, not {self.full!r}")
        require_capacity(self.capacity)
        if self.mode == LATEST and (self.full, self.capacity, self.maximum) != (BLOCK, 64, None):
            raise ValueError("a latest buffer is never full: full, capacity, maximum do not apply")
        if (self.maximum is not None) != (self.full == RESIZE):
            raise ValueError("maximum belongs to full = resize, and to nothing else")
        if self.maximum is not None and not self.capacity <= self.maximum <= CAPACITY_MAX:
            raise ValueError("maximum must be between capacity and 2^31 - 1")

    @property
    def is_lossy(self) -> bool:
        """Whether a message can be lost here although nothing fails."""
        return self.mode == LATEST or self.full == DROP


def require_capacity(capacity: int) -> None:
    """Raises ``ValueError`` for what is no number of messages that a queue can hold."""
    if type(capacity) is not int or not 1 <= capacity <= CAPACITY_MAX:
        raise ValueError(f"capacity must be between 1 and 2^31 - 1, not {capacity}")


def check_buffers(image: Image, buffers: tuple[tuple[str, str, Buffer], ...]) -> None:
    """That no queue of ``image``, or of a session that its code opens, loses what its receiver
    would miss.

    Where a message may be lost the next one must look the same: the sender's type has at most one
    label and sort for that receiver. Raises ``ProgramError`` (``lossy-buffer``) otherwise.
    """
    types = [(program.role, program.local_type) for program in image.programs]
    types += (
        (role, local)
        for program in image.programs
        for instruction in program.code
        if isinstance(instruction, Open)
        for role, local, _ in instruction.entries
    )
    problems = [
        Diagnostic(
            "lossy-buffer",
            f"{sender} sends different messages to {receiver}: none of them may be lost",
            help="let this queue be fifo, and block, resize or fail when it is full",
        )
        for sender, receiver, buffer in buffers
        if buffer.is_lossy
        and any(
            len(_messages(local, receiver)) > 1
            for local in dict.fromkeys(local for role, local in types if role == sender)
        )
    ]
    if problems:
        raise ProgramError(problems)


def _messages(local_type: LocalType, receiver: str) -> set[tuple[str, Sort]]:
    """The different labels and sorts that a type sends to ``receiver``."""
    return {
        (label, sort)
        for node in nodes(local_type)
        if isinstance(node, Output) and node.peer == receiver
        for label, sort, _ in node.branches
    }
