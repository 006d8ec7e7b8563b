"""The state of the machine: frozen records, and nothing that is not observable in a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block, Counters
from antiphon.machine.token import ProgressToken
from antiphon.model.guards import Guards
from antiphon.model.level import Edge, Level, Message
from antiphon.model.persistent import Persistent
from antiphon.model.setting import Setting
from antiphon.theory.local_type import LocalType
from antiphon.values.value import Endpoint, Value


@dataclass(frozen=True, slots=True)
class EndpointState:
    """One role's side of a session.

    ``type``: an unfolded head; what the role owes next. ``owner``: a coroutine, or None once
    released and while it is itself a message (``in_flight``, S16). ``tokens``: messages queued for
    this role. ``answers``: host answers used so far. ``facts``: what is known here, ascending.
    """

    type: LocalType
    owner: int | None
    tokens: int = 0
    answers: int = 0
    in_flight: bool = False
    facts: tuple[str, ...] = ()

    def given(self, owner: int | None) -> EndpointState:
        """This endpoint with another owner; None sends it on its way."""
        return replace(self, owner=owner, in_flight=owner is None)


@dataclass(frozen=True, slots=True)
class EdgeState:
    """What an edge remembers.

    ``capacity``: what its queue has grown to; None if it has not. ``sent`` counts the messages sent
    on it, if a failure is placed there. ``up_at``: the tick from which its link is up, None if it
    is down for ever.
    """

    capacity: int | None = None
    sent: int = 0
    up_at: int | None = 0


_UNCHANGED = EdgeState()


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation. ``members`` are the coroutines at home in it; ``queues`` maps (sender,
    receiver) to the messages in transit, oldest first; an absent queue is empty. ``edges`` are
    those that remember something. ``lossy``: a message was lost or changed (S23).
    """

    id: int
    image: Image
    members: tuple[int, ...]
    status: str
    endpoints: Mapping[str, EndpointState]
    queues: Mapping[Edge, tuple[Message, ...]] = field(
        default_factory=dict[Edge, tuple[Message, ...]]
    )
    edges: Mapping[Edge, EdgeState] = field(default_factory=dict[Edge, EdgeState])
    lossy: bool = False

    def edge(self, edge: Edge) -> EdgeState:
        """What an edge remembers."""
        return self.edges.get(edge, _UNCHANGED)

    def with_edge(self, edge: Edge, state: EdgeState) -> Session:
        """This session with what that edge remembers."""
        return replace(self, edges={**self.edges, edge: state})

    def queue(self, sender: str, receiver: str) -> tuple[Message, ...]:
        """The messages in transit from ``sender`` to ``receiver``."""
        return self.queues.get((sender, receiver), ())

    def with_queue(self, sender: str, receiver: str, messages: tuple[Message, ...]) -> Session:
        """This session with that queue, and with the receiver's tokens to match (S17)."""
        change = len(messages) - len(self.queue(sender, receiver))
        session = replace(self, queues={**self.queues, (sender, receiver): messages})
        endpoint = session.endpoints.get(receiver)
        if endpoint is None:
            return session
        return session.with_endpoint(receiver, replace(endpoint, tokens=endpoint.tokens + change))

    def with_endpoint(self, role: str, endpoint: EndpointState) -> Session:
        """This session with that endpoint."""
        return replace(self, endpoints={**self.endpoints, role: endpoint})


@dataclass(frozen=True, slots=True)
class Coroutine:
    """One running program, at home in ``session`` as ``program.role``; it may outlive its session.

    ``owned`` are the endpoints that it owns, by session, then role. ``status`` is ``ready``,
    ``blocked`` (then ``block`` says why), ``done`` or ``faulted`` (then ``fault`` says how).
    ``cost`` counts its steps, ``children`` those it has spawned; ``line`` are its ancestors'
    numbers among children, and its own. ``answers`` counts host answers used as itself. ``since``
    is the clock when it joined the ready queue, 0 while it is not in it. ``levels`` are the forks
    that are open, the outermost first.
    """

    id: int
    session: int
    program: RoleProgram
    registers: tuple[Value, ...]
    owned: tuple[Endpoint, ...] = ()
    pc: int = 0
    status: str = "ready"
    block: Block | None = None
    fault: Fault | None = None
    cost: int = 0
    since: int = 0
    line: tuple[int, ...] = ()
    children: int = 0
    answers: int = 0
    levels: tuple[Level, ...] = ()

    @property
    def home(self) -> Endpoint:
        """The endpoint of its role in its session, whoever owns it."""
        return Endpoint(self.session, self.program.role)

    def with_register(self, number: int, value: Value) -> Coroutine:
        """This coroutine with that register."""
        registers = (*self.registers[:number], value, *self.registers[number + 1 :])
        return replace(self, registers=registers)

    def gaining(self, *more: Endpoint) -> Coroutine:
        """This coroutine, owning those as well."""
        owned = sorted({*self.owned, *more}, key=lambda one: (one.session, one.role))
        return replace(self, owned=tuple(owned))

    def losing(self, *fewer: Endpoint) -> Coroutine:
        """This coroutine, not owning those."""
        return replace(self, owned=tuple(one for one in self.owned if one not in fewer))


@dataclass(frozen=True, slots=True)
class State:
    """Everything. ``ready`` is the ready queue; ``clock`` the number of steps taken; ``overtakes``
    the number of picks in a row, up to now, that passed over the head of the ready queue.
    ``setting`` is what the machine was set up with. ``deadlines`` are those who wait for a tick,
    with that tick, the earliest first.
    """

    setting: Setting
    clock: int = 0
    next_session: int = 0
    next_coroutine: int = 0
    last_pick: int | None = None
    ready: tuple[int, ...] = ()
    sessions: Persistent[Session] = field(default_factory=Persistent[Session])
    coroutines: Persistent[Coroutine] = field(default_factory=Persistent[Coroutine])
    counters: Counters = Counters(0, 0, 0, 0)  # noqa: RUF009  (a frozen record)
    overtakes: int = 0
    deadlines: tuple[tuple[int, int], ...] = ()
    guards: Guards = field(default_factory=Guards)

    @property
    def alive(self) -> int:
        """How many coroutines are neither done nor faulted."""
        counters = self.counters
        return self.next_coroutine - counters.coroutines_done - counters.coroutines_faulted

    @property
    def active(self) -> int:
        """How many sessions are active."""
        counters = self.counters
        gone = counters.sessions_ended + counters.sessions_closed + counters.sessions_faulted
        return self.next_session - gone


def progress_tokens(state: State) -> tuple[ProgressToken, ...]:
    """The tokens of every session, by session, then in the image's order of roles (S17)."""
    return tuple(
        ProgressToken(session.id, Endpoint(session.id, program.role))
        for _, session in state.sessions.items()
        for program in session.image.programs
        for _ in range(session.endpoints[program.role].tokens)
    )
