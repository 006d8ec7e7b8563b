"""Messages, and what a fork that is open keeps apart (``speculation``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from antiphon.theory.local_type import LocalType
from antiphon.values.value import Value

Edge = tuple[str, str]


class Message(NamedTuple):
    """A message on its way. ``visible_at``: the tick from which it is there for its receiver, 0 for
    at once.
    """

    label: str
    value: Value
    visible_at: int = 0


@dataclass(frozen=True, slots=True)
class Apart:
    """A message that a fork keeps apart from the queue of its edge."""

    session: int
    edge: Edge
    message: Message


@dataclass(frozen=True, slots=True)
class Kept:
    """What an endpoint was when a fork first changed it, and what was known there."""

    session: int
    role: str
    type: LocalType
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A fork that is open (``speculation``). ``since``: its tick. ``registers``, ``kept``: what
    ``abort`` goes back to; endpoints by session, then role. ``staged`` and ``taken``: messages sent
    and received since, in order.
    """

    ghost: int
    since: int
    registers: tuple[Value, ...]
    kept: tuple[Kept, ...] = ()
    staged: tuple[Apart, ...] = ()
    taken: tuple[Apart, ...] = ()
