"""The state as the treaty's snapshot."""

from __future__ import annotations

from typing import Any

from antiphon.machine.snapshot import (
    ApartView,
    CoroutineView,
    EdgeView,
    EndpointView,
    GuardView,
    KeptView,
    LevelView,
    QueueView,
    SessionView,
    Snapshot,
)
from antiphon.model.level import Apart, Edge, Kept, Level, Message
from antiphon.model.premise import number
from antiphon.model.state import Coroutine, EdgeState, Session, State


def snapshot(state: State, earlier: tuple[State, Snapshot] | None = None) -> Snapshot:
    """Everything that can be observed of ``state``.

    The views of what is still the very object that it was in an ``earlier`` state are taken over.
    """
    shown = {} if earlier is None else _shown(*earlier)
    return Snapshot(
        state.clock,
        state.next_session,
        state.next_coroutine,
        state.last_pick,
        state.ready,
        tuple(shown.get(id(one)) or _session(one) for _, one in state.sessions.items()),
        tuple(shown.get(id(one)) or _coroutine(state, one) for _, one in state.coroutines.items()),
        state.counters,
        tuple(state.coroutines[number].since for number in state.ready),
        state.overtakes,
        tuple(
            GuardView(layer, grant.holder, grant.nonce)
            for layer, grant in sorted(state.guards.grants.items())
        ),
        state.guards.next_nonce,
    )


def _shown(state: State, snapshot: Snapshot) -> dict[int, Any]:
    """The view of each session and coroutine, by the identity of what it shows."""
    sessions = zip(state.sessions.items(), snapshot.sessions, strict=True)
    coroutines = zip(state.coroutines.items(), snapshot.coroutines, strict=True)
    return {id(one): view for (_, one), view in (*sessions, *coroutines)}


def _session(session: Session) -> SessionView:
    endpoints: list[EndpointView] = []
    for program in session.image.programs:
        side = session.endpoints[program.role]
        node = number(program.local_type, side.type)
        endpoints.append(
            EndpointView(
                program.role,
                node,
                side.owner,
                side.tokens,
                side.answers,
                side.in_flight,
                side.facts,
            )
        )
    queues = tuple(
        _queue(sender, receiver, messages)
        for (sender, receiver), messages in sorted(session.queues.items())
        if messages
    )
    edges = tuple(
        EdgeView(*edge, known.capacity, known.sent, known.up_at)
        for edge, known in sorted(session.edges.items(), key=_edge)
    )
    return SessionView(
        session.id,
        session.image.name,
        session.status,
        tuple(endpoints),
        queues,
        session.lossy,
        edges,
    )


def _queue(sender: str, receiver: str, messages: tuple[Message, ...]) -> QueueView:
    visible_at = tuple(message.visible_at for message in messages)
    shown = tuple((message.label, message.value) for message in messages)
    return QueueView(sender, receiver, shown, visible_at if any(visible_at) else ())


def _edge(item: tuple[Edge, EdgeState]) -> Edge:
    return item[0]


def _coroutine(state: State, me: Coroutine) -> CoroutineView:
    return CoroutineView(
        me.id,
        me.session,
        me.program.role,
        me.pc,
        me.status,
        me.block,
        me.fault,
        me.registers,
        me.cost,
        me.line,
        me.children,
        me.answers,
        tuple(_level(state, level) for level in me.levels),
    )


def _level(state: State, level: Level) -> LevelView:
    return LevelView(
        level.ghost,
        level.since,
        level.registers,
        tuple(KeptView(one.session, one.role, _node(state, one), one.facts) for one in level.kept),
        tuple(map(_apart, level.staged)),
        tuple(map(_apart, level.taken)),
    )


def _node(state: State, kept: Kept) -> int:
    programs = state.sessions[kept.session].image.programs
    return next(number(one.local_type, kept.type) for one in programs if one.role == kept.role)


def _apart(one: Apart) -> ApartView:
    return ApartView(one.session, *one.edge, *one.message)
