"""One attempt of one coroutine at one instruction: what a rule may look at, and how it can stop.

A rule is a list of guards followed by one ``Change``. A guard that fails raises ``Stop``, which
only ``step`` catches; so a rule reads straight down, and a wait or a fault undoes nothing (S8).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NoReturn

from antiphon.bytecode.instruction import HOST
from antiphon.bytecode.table import (
    CHANNEL_CLOSED,
    CRASH,
    HOST_WAIT,
    INVOKE_FAULT,
    OUT_OF_REGISTERS,
    OUTPUT_CONDITION_FAULT,
    RECEIVE_WAIT,
    SEND_WAIT,
    SPECULATION_FAULT,
    TYPE_VIOLATION,
)
from antiphon.machine.ask import Answer, Ask, Host, Pending, Position, Refused
from antiphon.machine.digest import output_digest
from antiphon.machine.event import Event, OutputDenied, Sent
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block
from antiphon.model.guards import Guards
from antiphon.model.premise import number
from antiphon.model.state import Coroutine, EndpointState, Session, State
from antiphon.values.sort import Sort
from antiphon.values.value import Endpoint, Value

QUEUE_WAITS: Final = (RECEIVE_WAIT, SEND_WAIT)
"""The codes of those who wait on a queue: for a message, for room, or for the link to it."""
CRASHED: Final = Fault("fetch", CRASH, "crashed")
"""The fault that is contained by nothing: its coroutine keeps what it owns."""


class Stop(Exception):
    """A guard failed: the instruction ends as ``kind`` by the table's ``code`` and ``clause``.

    ``denied`` is shown before the fault.
    """

    def __init__(
        self,
        kind: str,
        code: str,
        clause: str,
        block: Block | None = None,
        denied: OutputDenied | None = None,
    ) -> None:
        self.kind = kind
        self.denied = denied
        self.code = code
        self.clause = clause
        self.block = block
        super().__init__(kind, code, clause)


@dataclass(frozen=True, slots=True)
class Change:
    """What an instruction that succeeds changes, all at once: its coroutine, sessions, the events
    that it shows, the coroutines that it wakes, ``others`` as they are then, a new ``child``, and
    a session that is ``closed``. ``lost`` are endpoints in messages that are lost. ``guards`` are
    the guard layers; ``passed``: an output met the condition.
    """

    coroutine: Coroutine
    sessions: tuple[Session, ...] = ()
    events: tuple[Event, ...] = ()
    woken: tuple[int, ...] = ()
    others: tuple[Coroutine, ...] = ()
    child: Coroutine | None = None
    closed: Session | None = None
    lost: tuple[Endpoint, ...] = ()
    guards: Guards | None = None
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """An endpoint that may be used: its session, its role, its side of the session."""

    session: Session
    role: str
    side: EndpointState


@dataclass(frozen=True, slots=True)
class Attempt:
    """The state before the step, the coroutine that takes it, its tick, and the host to ask."""

    state: State
    coroutine: Coroutine
    tick: int
    host: Host

    def require(self, holds: bool, code: str, clause: str) -> None:
        """A guard that faults."""
        if not holds:
            self.fault(code, clause)

    def fault(self, code: str, clause: str) -> NoReturn:
        """End as a fault."""
        raise Stop("fault", code, clause)

    def deny(self, sent: Sent) -> NoReturn:
        """Guard ``denied``: end as a fault, and show what was not sent."""
        digest = output_digest(sent)
        role, label = sent.sender, sent.label
        denied = OutputDenied(self.tick, sent.session, sent.coroutine, role, label, digest)
        raise Stop("fault", OUTPUT_CONDITION_FAULT, "denied", denied=denied)

    def wait(self, code: str, clause: str, block: Block) -> NoReturn:
        """End as a wait."""
        raise Stop("wait", code, clause, block)

    def operands(self, *registers: int, source: int = HOST) -> None:
        """Guard ``operand``: every register exists; only a ``source`` may be ``@host`` instead."""
        used = registers if source == HOST else (*registers, source)
        exist = all(0 <= register < len(self.coroutine.registers) for register in used)
        self.require(exist, OUT_OF_REGISTERS, "operand")

    def outside(self) -> None:
        """Guard ``forbidden``: no fork is open."""
        self.require(not self.coroutine.levels, SPECULATION_FAULT, "forbidden")

    def channel(
        self, register: int, *, owner: str = CHANNEL_CLOSED, session: str = CHANNEL_CLOSED
    ) -> Channel:
        """Guards ``endpoint``, ``session`` and ``owner``, the last two with these fault codes."""
        value = self.coroutine.registers[register]
        if not isinstance(value, Endpoint):
            self.fault(TYPE_VIOLATION, "endpoint")
        found = self.active(value)
        if found is None:
            self.fault(session, "session")
        side = found.endpoints[value.role]
        self.require(side.owner == self.coroutine.id, owner, "owner")
        return Channel(found, value.role, side)

    def home(self) -> Channel | None:
        """The endpoint that this coroutine is at home in, if it owns it."""
        me, home = self.coroutine, self.coroutine.home
        if home not in me.owned:
            return None
        session = self.state.sessions[home.session]
        return Channel(session, home.role, session.endpoints[home.role])

    def active(self, endpoint: Endpoint) -> Session | None:
        """The session of an endpoint, if it is active and has that endpoint."""
        session = self.state.sessions.find(endpoint.session)
        if session is None or session.status != "active":
            return None
        return session if endpoint.role in session.endpoints else None

    def ask(
        self,
        kind: Literal["payload", "choice", "invoke", "acquire"],
        channel: Channel | None,
        *,
        peer: str = "",
        labels: tuple[str, ...] = (),
        sort: Sort | None = None,
        action: str = "",
        args: tuple[Value, ...] = (),
    ) -> Answer:
        """Guards ``pending`` and ``refused``: the host's answer, if it gives one.

        It is asked for ``channel``, or for this coroutine itself where there is none.
        """
        position = self._position(channel)
        registers = self.coroutine.registers
        answer = self.host(Ask(kind, position, peer, labels, sort, action, args, registers))
        if isinstance(answer, Pending):
            self.wait(HOST_WAIT, "pending", Block(HOST_WAIT, self.coroutine.session))
        if isinstance(answer, Refused):
            self.fault(INVOKE_FAULT, "refused")
        return answer

    def _position(self, channel: Channel | None) -> Position:
        if channel is None:
            me = self.coroutine
            return Position(me.session, me.program.role, 0, me.answers, me.line)
        session, role, side = channel.session, channel.role, channel.side
        local_type = next(p.local_type for p in session.image.programs if p.role == role)
        return Position(session.id, role, number(local_type, side.type), side.answers)

    def owner(self, session: Session, role: str) -> Coroutine | None:
        """The coroutine that owns an endpoint, if there is one."""
        side = session.endpoints.get(role)
        return None if side is None or side.owner is None else self.state.coroutines[side.owner]

    def has_crashed(self, session: Session, role: str) -> bool:
        """Whether an endpoint is owned by a coroutine that has crashed."""
        if not self.state.setting.sites:
            return False
        owner = self.owner(session, role)
        return owner is not None and owner.fault == CRASHED

    def waiter(
        self, session: Session, role: str, code: str, edge: tuple[str, str]
    ) -> tuple[int, ...]:
        """Whom to wake (S12): the owner of ``role``, if it waits on ``edge`` with ``code``, for no
        tick, and not for a link that is down for ever.
        """
        owner = self.owner(session, role)
        if owner is None or owner.block != Block(code, session.id, *edge):
            return ()
        return () if code == SEND_WAIT and session.edge(edge).up_at is None else (owner.id,)
