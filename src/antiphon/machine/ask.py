"""What a machine asks its host, and what the host may answer (S4, S9).

A question is only asked when nothing else can stop the step any more, so an answer is thrown away
only for being of the wrong kind. At one position there is at most one question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from antiphon.bytecode.program import RECEIVED
from antiphon.values.sort import Sort
from antiphon.values.value import UNIT, Value, require_text


@dataclass(frozen=True, slots=True)
class Position:
    """Where an answer belongs, whatever the schedule.

    ``node`` is the number of the local type's state (``theory.transitions``); ``iteration`` counts
    the answers that this role has used in this session before.

    A coroutine that does not own the endpoint it was loaded with, or never had one, asks as itself:
    ``line`` then says which of its role's coroutines it is (``machine.snapshot.CoroutineView``),
    ``node`` is 0, and ``iteration`` counts the answers that it has used so.
    """

    session: int
    role: str
    node: int
    iteration: int
    line: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. ``kind`` says which fields mean something:

    * ``payload``: the value to send to ``peer`` under ``labels[0]``, of sort ``sort``;
    * ``choice``: one of ``labels`` to decide on, for ``peer``;
    * ``invoke``: the result of ``action`` on ``args``;
    * ``acquire``: whether it may have the guard layer ``action``: any value lets it.

    ``registers`` are the asking coroutine's, before the answer.
    """

    kind: Literal["payload", "choice", "invoke", "acquire"]
    position: Position
    peer: str
    labels: tuple[str, ...]
    sort: Sort | None
    action: str
    args: tuple[Value, ...]
    registers: tuple[Value, ...]

    @property
    def last(self) -> Value:
        """What the asking role received last; Unit if it has received nothing yet.

        Read from the register that the compiler uses for it: what that holds in a program which was
        not compiled is for its author to know, and Unit if there is no such register.
        """
        return self.registers[RECEIVED] if len(self.registers) > RECEIVED else UNIT


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer to a choice. Raises ``ValueError`` for a label that is no text."""

    label: str

    def __post_init__(self) -> None:
        require_text(self.label)


@dataclass(frozen=True, slots=True)
class Pending:
    """No answer yet: the coroutine waits until the host wakes it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The host cannot or will not answer: the coroutine faults. ``reason`` is for people only."""

    reason: str


Answer: TypeAlias = Value | Chosen | Pending | Refused
Host: TypeAlias = Callable[[Ask], Answer]
"""A host never raises; ``effects.host.guarded`` turns a handler that may into one."""


@dataclass(frozen=True, slots=True)
class Makers:
    """What a host may have as ``makers``, so that a machine need not ask it for each message.

    ``functions`` make the payload of a label out of what its role received last (``Ask.last``),
    both as plain Python objects. A machine may call one instead of asking, if that comes to the
    same: the host would answer ``answer`` of the function's result and the sort, and ``Refused`` if
    the function raises any exception but ``KeyboardInterrupt``. ``plain`` gives the object for a
    value.
    """

    functions: Mapping[str, Callable[[Any], object]]
    plain: Callable[[Value], object]
    answer: Callable[[object, Sort | None], Answer]


def makers_of(host: Host) -> Makers | None:
    """The makers of a host that has some."""
    found: object = getattr(host, "makers", None)
    return found if isinstance(found, Makers) else None
