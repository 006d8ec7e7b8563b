"""The whole state of a machine at one instant, the same for every machine.

A session that has ended and its coroutines are no longer part of the state; the counters remember
them. Empty queues are not listed. Everything is in ascending order of ids; endpoints are in the
image's order of roles, queues in order of (sender, receiver).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, cast

from antiphon.machine.fault import Fault
from antiphon.values import wire
from antiphon.values.canonical import Plain
from antiphon.values.value import Value


@dataclass(frozen=True, slots=True)
class Block:
    """Why a coroutine waits. ``code`` is the block reason of the instruction table.

    ``sender`` and ``receiver`` name the edge for ``receive-wait`` and ``send-wait``, ``layer`` the
    guard layer for ``acquire-wait``; otherwise they are empty. ``until`` is the tick at which the
    wait ends by itself, None if it does not.
    """

    code: str
    session: int
    sender: str = ""
    receiver: str = ""
    until: int | None = None
    layer: str = ""


@dataclass(frozen=True, slots=True)
class GuardView:
    """A guard layer that is held: by whom, and the number of the grant."""

    layer: str
    holder: int
    nonce: int


@dataclass(frozen=True, slots=True)
class EndpointView:
    """One role's side of a session. ``node`` numbers its type's state; ``owner`` is None once
    released, and while it is itself a message, ``in_flight``; ``tokens`` counts the messages queued
    for it; ``answers`` the host answers used; ``facts`` are known here, in ascending order.
    """

    role: str
    node: int
    owner: int | None
    tokens: int
    answers: int
    in_flight: bool = False
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueView:
    """The messages in transit on one edge, oldest first.

    ``visible_at``: the tick from which each is there for its receiver, 0 for at once; empty if all
    are 0.
    """

    sender: str
    receiver: str
    messages: tuple[tuple[str, Value], ...]
    visible_at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeView:
    """What one edge remembers.

    ``capacity``: what its queue has grown to; None if it has not. ``sent`` counts the messages sent
    on it, if a failure is placed there. ``up_at``: the tick from which its link is up, as it was
    set last, 0 if it never was; None if it is down for ever.
    """

    sender: str
    receiver: str
    capacity: int | None = None
    sent: int = 0
    up_at: int | None = 0


@dataclass(frozen=True, slots=True)
class SessionView:
    """One live session; ``status`` is ``active`` or ``faulted``.

    ``lossy``: a message was lost or changed on the way (S23). ``edges`` lists those that remember
    something, in order of (sender, receiver).
    """

    id: int
    image: str
    status: str
    endpoints: tuple[EndpointView, ...]
    queues: tuple[QueueView, ...]
    lossy: bool = False
    edges: tuple[EdgeView, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptView:
    """An endpoint that a fork has changed, as it was before: the number of its type's state, and
    what was known there.
    """

    session: int
    role: str
    node: int
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApartView:
    """A message that a fork keeps apart from its queue; ``visible_at`` as in ``QueueView``."""

    session: int
    sender: str
    receiver: str
    label: str
    value: Value
    visible_at: int = 0


@dataclass(frozen=True, slots=True)
class LevelView:
    """A fork that is open: its number, its tick, the registers then, the endpoints changed since in
    order of (session, role), the messages sent and received since, in order.
    """

    ghost: int
    since: int
    registers: tuple[Value, ...]
    kept: tuple[KeptView, ...] = ()
    staged: tuple[ApartView, ...] = ()
    taken: tuple[ApartView, ...] = ()


@dataclass(frozen=True, slots=True)
class CoroutineView:
    """One coroutine; ``status`` is ``ready``, ``blocked``, ``done`` or ``faulted``.

    ``line`` says by whom it was spawned: its ancestors' numbers among their parents' children, and
    its own; empty for one that was loaded. ``children`` counts those that it has spawned,
    ``answers`` the host answers that it has used as itself (``machine.ask.Position``). ``levels``
    are its forks that are open, the outermost first.
    """

    id: int
    session: int
    role: str
    pc: int
    status: str
    block: Block | None
    fault: Fault | None
    registers: tuple[Value, ...]
    cost: int
    line: tuple[int, ...] = ()
    children: int = 0
    answers: int = 0
    levels: tuple[LevelView, ...] = ()


@dataclass(frozen=True, slots=True)
class Counters:
    """How many have reached each terminal status, ever; and how many outputs met the condition, or
    did not, where there is one.
    """

    sessions_ended: int
    sessions_faulted: int
    coroutines_done: int
    coroutines_faulted: int
    sessions_closed: int = 0
    outputs_passed: int = 0
    outputs_denied: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state. ``clock`` counts the steps taken, and the ticks that were waited for with nobody
    ready; ``ready`` is the ready queue in order; ``last_pick`` is the coroutine picked last, if
    any.

    ``since`` and ``overtakes`` are what policies remember: for each of ``ready`` the clock when it
    joined the queue, and how many picks in a row, up to now, have passed over the head of the
    queue. ``guards`` are the layers that are held, by name; ``next_nonce`` counts the grants ever
    made.
    """

    clock: int
    next_session: int
    next_coroutine: int
    last_pick: int | None
    ready: tuple[int, ...]
    sessions: tuple[SessionView, ...]
    coroutines: tuple[CoroutineView, ...]
    counters: Counters
    since: tuple[int, ...] = ()
    overtakes: int = 0
    guards: tuple[GuardView, ...] = ()
    next_nonce: int = 0

    @property
    def deadline(self) -> int | None:
        """The earliest tick that somebody waits for."""
        blocks = (one.block for one in self.coroutines if one.block is not None)
        return min((block.until for block in blocks if block.until is not None), default=None)


def _session_plain(view: SessionView) -> Plain:
    return (
        view.id,
        view.image,
        view.status,
        tuple(_with_later(e, e.role, e.node, e.owner, e.tokens, e.answers) for e in view.endpoints),
        tuple(
            (
                q.sender,
                q.receiver,
                tuple((label, wire.to_plain(v)) for label, v in q.messages),
                *_named(visible_at=q.visible_at),
            )
            for q in view.queues
        ),
        *_named(
            lossy=view.lossy or None,
            edges=tuple(
                (
                    edge.sender,
                    edge.receiver,
                    *_named(
                        capacity=edge.capacity,
                        sent=edge.sent or None,
                        up_at=-1 if edge.up_at is None else edge.up_at or None,
                    ),
                )
                for edge in view.edges
            ),
        ),
    )


def _block_plain(block: Block) -> Plain:
    later = _named(until=block.until, layer=block.layer or None)
    return (block.code, block.session, block.sender, block.receiver, *later)


def _named(**parts: Plain) -> tuple[Plain, ...]:
    """What came to the state later, by name, and only where it says something: older digests stay
    as they were.
    """
    return tuple((name, part) for name, part in parts.items() if part is not None and part != ())


def _coroutine_plain(view: CoroutineView) -> Plain:
    block, fault = view.block, view.fault
    return _with_later(
        view,
        view.id,
        view.session,
        view.role,
        view.pc,
        view.status,
        None if block is None else _block_plain(block),
        None if fault is None else (fault.instruction, fault.code, fault.clause),
        tuple(wire.to_plain(value) for value in view.registers),
        view.cost,
    )


def _with_later(view: object, *plain: Plain) -> Plain:
    """``plain``, then a pair for each field of ``view`` that has a default and is not as that says.

    So a field that is added later changes no digest of a state in which it says nothing.
    """
    later = tuple(
        (name, _later_plain(getattr(view, name)))
        for name, default in _later(type(view))
        if getattr(view, name) != default
    )
    return (*plain, later) if later else plain


@cache
def _later(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields with a default, and their defaults."""
    found = fields(cast("Any", kind))
    return tuple((one.name, one.default) for one in found if one.default is not MISSING)


def _later_plain(value: tuple[LevelView, ...] | tuple[int | str, ...] | int) -> Plain:
    if not isinstance(value, tuple):
        return value
    return tuple(_level_plain(one) if isinstance(one, LevelView) else one for one in value)


def _level_plain(view: LevelView) -> Plain:
    return (
        view.ghost,
        view.since,
        tuple(wire.to_plain(value) for value in view.registers),
        tuple((one.session, one.role, one.node, *_named(facts=one.facts)) for one in view.kept),
        tuple(map(_apart_plain, view.staged)),
        tuple(map(_apart_plain, view.taken)),
    )


def _apart_plain(view: ApartView) -> Plain:
    edge, later = (view.sender, view.receiver), _named(visible_at=view.visible_at or None)
    return (view.session, *edge, view.label, wire.to_plain(view.value), *later)


def to_plain(snapshot: Snapshot, remembered: Collection[str] = ()) -> Plain:
    """A snapshot as canonical plain data: every field in the order declared here.

    Fields with a default are added by name, as pairs, and only if they differ from it. Of what
    policies remember only the fields ``remembered`` are.
    """
    counters = snapshot.counters
    memory: tuple[tuple[str, Plain], ...] = (
        ("since", snapshot.since),
        ("overtakes", snapshot.overtakes),
    )
    later: tuple[tuple[str, Plain], ...] = (
        ("guards", tuple((one.layer, one.holder, one.nonce) for one in snapshot.guards)),
        ("next_nonce", snapshot.next_nonce),
    )
    return (
        snapshot.clock,
        snapshot.next_session,
        snapshot.next_coroutine,
        snapshot.last_pick,
        snapshot.ready,
        tuple(_session_plain(view) for view in snapshot.sessions),
        tuple(_coroutine_plain(view) for view in snapshot.coroutines),
        _with_later(
            counters,
            counters.sessions_ended,
            counters.sessions_faulted,
            counters.coroutines_done,
            counters.coroutines_faulted,
        ),
        *((name, content) for name, content in memory if name in remembered and content),
        *((name, content) for name, content in later if content),
    )
