"""What a fork keeps apart until it is joined or aborted (S19).

In a fork a message that is sent is *staged*: it is not in its queue yet. A message that is
received is *taken*: its place in the queue is not free yet. So both places count as full, and
neither peer sees anything of the fork. What the types and facts of endpoints were is kept at their
first change.
"""

from __future__ import annotations

from dataclasses import replace

from antiphon.model.attempt import Channel
from antiphon.model.level import Apart, Edge, Kept, Level, Message
from antiphon.model.state import Coroutine, Session, State


def open_level(me: Coroutine, ghost: int, tick: int) -> Coroutine:
    """``me`` with one more fork open."""
    return replace(me, levels=(*me.levels, Level(ghost, tick, me.registers)))


def remember(me: Coroutine, channel: Channel) -> Coroutine:
    """``me``, before the endpoint of ``channel`` changes: its last fork knows how it was."""
    if not me.levels:
        return me
    level = me.levels[-1]
    side = channel.side
    kept = Kept(channel.session.id, channel.role, side.type, side.facts)
    if any((one.session, one.role) == (kept.session, kept.role) for one in level.kept):
        return me
    return _with_last(me, replace(level, kept=_ordered((*level.kept, kept))))


def stage(me: Coroutine, session: Session, edge: Edge, message: Message) -> Coroutine:
    """``me`` with a message that waits for the fork to be joined."""
    level = me.levels[-1]
    return _with_last(me, replace(level, staged=(*level.staged, Apart(session.id, edge, message))))


def set_aside(me: Coroutine, session: Session, edge: Edge, message: Message) -> Coroutine:
    """``me`` with a message that it has taken out of its queue, if it is in a fork."""
    if not me.levels:
        return me
    level = me.levels[-1]
    return _with_last(me, replace(level, taken=(*level.taken, Apart(session.id, edge, message))))


def merged(outer: Level, inner: Level) -> Level:
    """A fork with what was done in one inside it, which is joined."""
    known = {(one.session, one.role) for one in outer.kept}
    more = tuple(one for one in inner.kept if (one.session, one.role) not in known)
    return replace(
        outer,
        kept=_ordered((*outer.kept, *more)),
        staged=(*outer.staged, *inner.staged),
        taken=(*outer.taken, *inner.taken),
    )


def reserved(state: State, session: Session, edge: Edge) -> int:
    """How many places of a queue forks have: for messages that are staged, and that are taken."""
    sender, receiver = (_owner(state, session, role) for role in edge)
    place = (session.id, edge)
    staged = sender.levels if sender is not None else ()
    taken = receiver.levels if receiver is not None else ()
    return sum(
        (one.session, one.edge) == place
        for apart in (*(level.staged for level in staged), *(level.taken for level in taken))
        for one in apart
    )


def staged(state: State, session: Session, edge: Edge) -> tuple[Message, ...]:
    """The messages of an edge that wait for forks to be joined, oldest first."""
    sender = _owner(state, session, edge[0])
    if sender is None or not sender.levels:
        return ()
    return tuple(
        one.message
        for level in sender.levels
        for one in level.staged
        if (one.session, one.edge) == (session.id, edge)
    )


def _owner(state: State, session: Session, role: str) -> Coroutine | None:
    side = session.endpoints.get(role)
    return None if side is None or side.owner is None else state.coroutines.find(side.owner)


def without(me: Coroutine, session: int) -> Coroutine:
    """``me`` after ``session`` is over, one way or another: nothing of it is left in a fork."""
    return replace(
        me,
        levels=tuple(
            replace(
                level,
                kept=tuple(one for one in level.kept if one.session != session),
                staged=tuple(one for one in level.staged if one.session != session),
                taken=tuple(one for one in level.taken if one.session != session),
            )
            for level in me.levels
        ),
    )


def _with_last(me: Coroutine, level: Level) -> Coroutine:
    return replace(me, levels=(*me.levels[:-1], level))


def _ordered(kept: tuple[Kept, ...]) -> tuple[Kept, ...]:
    return tuple(sorted(kept, key=lambda one: (one.session, one.role)))
