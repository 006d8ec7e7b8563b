"""One coroutine before its step, and the cells that the step would touch."""

from __future__ import annotations

from antiphon.machine.buffer import DROP, LATEST, Buffer
from antiphon.machine.config import Config
from antiphon.machine.footprint import (
    COROUTINE,
    EDGE,
    END,
    LOSSY,
    OWNER,
    SESSION,
    Cell,
    Footprint,
    footprint_of,
)
from antiphon.machine.snapshot import CoroutineView, EndpointView, QueueView, SessionView
from antiphon.theory.local_type import LocalType
from antiphon.values.value import Endpoint
from antiphon.waves.sight import Sight


class Look:
    """One coroutine before its step, and what it would touch: cells are added as they are met."""

    def __init__(self, sight: Sight, me: CoroutineView) -> None:
        self.sight = sight
        self.me = me
        self.reads: set[Cell] = set()
        self.writes: set[Cell] = {(COROUTINE, me.id)}

    def found(self) -> Footprint:
        """What was met."""
        return footprint_of(self.reads, self.writes)

    def channel(self, register: int) -> tuple[SessionView, EndpointView] | None:
        """The endpoint that a register holds, if it can be used; it is read."""
        registers = self.me.registers
        value = registers[register] if 0 <= register < len(registers) else None
        if not isinstance(value, Endpoint):
            return None
        session = self.sight.session(value.session)
        if session is None or session.status != "active":
            return None
        side = side_of(session, value.role)
        if side is None or side.owner != self.me.id:
            return None
        self.reads |= {(SESSION, session.id), (OWNER, session.id, side.role)}
        return session, side

    def state(self, session: SessionView, side: EndpointView) -> LocalType:
        """What an endpoint owes next."""
        return self.sight.programs.state(session.id, side.role, side.node)

    def home(self) -> None:
        """An answer is used: of the endpoint at home if it is owned, else of the coroutine."""
        session = self.sight.session(self.me.session)
        side = None if session is None else side_of(session, self.me.role)
        if session is not None and side is not None and side.owner == self.me.id:
            self.reads |= {(SESSION, session.id), (OWNER, session.id, side.role)}
            self.writes.add((END, session.id, side.role))

    def edge(self, session: SessionView, sender: str, receiver: str) -> None:
        """A queue changes at either end, and who waits on it wakes."""
        self.writes.add((EDGE, session.id, sender, receiver))
        for role in (sender, receiver):
            side = side_of(session, role)
            if side is None:
                continue
            self.reads.add((OWNER, session.id, role))
            owner = None if side.owner is None else self.sight.coroutine(side.owner)
            block = None if owner is None else owner.block
            if owner is None or block is None or owner.id == self.me.id:
                continue
            if (block.session, block.sender, block.receiver) == (session.id, sender, receiver):
                self.writes.add((COROUTINE, owner.id))

    def loses(self, session: SessionView, buffer: Buffer) -> None:
        """A buffer that loses may mark the session."""
        if buffer.mode == LATEST or buffer.full == DROP:
            self.writes.add((LOSSY, session.id))


def side_of(session: SessionView, role: str) -> EndpointView | None:
    """One role's side of a session."""
    return next((one for one in session.endpoints if one.role == role), None)


def queue_of(session: SessionView, sender: str, receiver: str) -> QueueView | None:
    """A queue, if it holds something."""
    edge = (sender, receiver)
    return next((one for one in session.queues if (one.sender, one.receiver) == edge), None)


def buffer_of(config: Config, sender: str, receiver: str) -> Buffer:
    """How the queue of an edge keeps its messages."""
    named = (each for *edge, each in config.buffers if edge == [sender, receiver])
    return next(named, Buffer(capacity=config.capacity))


def holds_endpoint(session: SessionView, sender: str, receiver: str) -> bool:
    """Whether a message of a queue is an endpoint, which is lost with it."""
    queue = queue_of(session, sender, receiver)
    messages = () if queue is None else queue.messages
    return any(isinstance(value, Endpoint) for _, value in messages)
