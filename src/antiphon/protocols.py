"""A protocol as users hold it: checked, projected, compiled, and ready to run on the engine.

Start with ``protocol`` (a text), ``load`` (a file) or ``Protocol.from_global_type`` (a type built
from the constructors of ``antiphon.theory.global_type``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from antiphon.bytecode.codec import image_digest
from antiphon.bytecode.program import Image
from antiphon.compiler.compile import compile_protocol
from antiphon.composition.bundle import ProtocolBundle
from antiphon.drawing.line import plain
from antiphon.drawing.sequence import sequence_text
from antiphon.effects.host import DefaultHost, ScriptedHost, SeededHost, guarded
from antiphon.effects.plain import PlainHost
from antiphon.engine.machine import Engine
from antiphon.errors import ProgramError, Refusal, Span
from antiphon.evidence.shipped import contracts_for
from antiphon.language.diagnostic import InvalidProtocol
from antiphon.language.load import LoadedProtocol, load_file, load_text, select
from antiphon.language.source import Source
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.contracts import PLAIN, RuntimeRequest
from antiphon.machine.digest import run_digest, state_digest, trace_digest
from antiphon.machine.event import Event, Opened, Received, Sent
from antiphon.machine.interchange import config_from_json
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome, Report, Waiting
from antiphon.machine.snapshot import Snapshot
from antiphon.machine.trace_mode import FULL, OFF, TraceMode, trace_mode
from antiphon.replay.normal_form import normal_digest
from antiphon.replay.trace_file import TraceFile
from antiphon.streaming import streamed
from antiphon.theory import global_type, local_type
from antiphon.theory.conflict import Unmergeable
from antiphon.theory.delegation import delegations
from antiphon.theory.global_type import GlobalType
from antiphon.theory.horizon import Horizons, members
from antiphon.theory.local_type import LocalType
from antiphon.theory.positions import END, positions
from antiphon.theory.projection import project_all


@dataclass(frozen=True, eq=False)
class Protocol:
    """A protocol that every role can play; ``local_types`` says how, role by role.

    ``delegated`` says the same of the protocols whose sessions it, or one of them, hands over.
    """

    name: str
    roles: tuple[str, ...]
    global_type: GlobalType = field(repr=False)
    local_types: Mapping[str, LocalType] = field(repr=False)
    _loaded: LoadedProtocol | None = field(default=None, repr=False)
    delegated: Mapping[str, Mapping[str, LocalType]] = field(
        default_factory=dict[str, Mapping[str, LocalType]], repr=False
    )

    @classmethod
    def from_global_type(
        cls,
        name: str,
        root: GlobalType,
        roles: Iterable[str] | None = None,
        delegated: Iterable[Protocol] = (),
    ) -> Protocol:
        """The protocol that a global type describes.

        Without ``roles`` they stand in the order in which they first appear. Sessions of the
        protocols in ``delegated`` may be handed over, and of those that hand over each other.
        Raises ``ProgramError`` if the type is not well-formed or a role cannot play its part, and
        ``Refusal`` if ``roles`` has not each role that takes part, or one twice, or if an endpoint
        is handed over that is not of a role of one of these protocols.
        """
        listed = global_type.roles(root) if roles is None else tuple(roles)
        found = _projections(name, root, listed)
        known: dict[str, Mapping[str, LocalType]] = {}
        for other in delegated:
            known |= {other.name: other.local_types, **other.delegated}
        known[name] = found
        return cls(name, listed, root, found, None, _handed_over(root, known))

    @classmethod
    def from_loaded(cls, loaded: LoadedProtocol) -> Protocol:
        """The protocol that was read from a text; raises ``ProgramError``, with the place, if a
        role cannot play its part.
        """
        found = _loaded_projections(loaded)
        delegated: dict[str, Mapping[str, LocalType]] = {}
        waiting = [loaded]
        while waiting:
            for name, _ in delegations(waiting.pop().global_type):
                if name not in delegated:
                    other = loaded.known[name]
                    delegated[name] = found if other is loaded else _loaded_projections(other)
                    waiting.append(other)
        return cls(loaded.name, loaded.roles, loaded.global_type, found, loaded, delegated)

    @property
    def source(self) -> Source | None:
        """The text; None for a protocol that was built from a type."""
        return None if self._loaded is None else self._loaded.source

    @property
    def spans(self) -> Mapping[GlobalType, Span]:
        """Where each communication of ``global_type`` stands in the text, if there is one."""
        return {} if self._loaded is None else self._loaded.spans

    @cached_property
    def image(self) -> Image:
        """The protocol compiled: one program for each role."""
        return compile_protocol(self.name, self.local_types, protocols=self.delegated)

    def bundle(
        self,
        name: str | None = None,
        *,
        private: Sequence[str] = (),
        request: RuntimeRequest = PLAIN,
    ) -> ProtocolBundle:
        """The protocol ready to run with others (``antiphon.composition``); its own name by
        default. The roles in ``private`` are no other bundle's, whatever they are called there.
        """
        named = self.name if name is None else name
        return ProtocolBundle(named, self.image, self.global_type, tuple(private), request)

    def project(self, role: str) -> LocalType:
        """What ``role`` may do next, always. Raises ``Refusal`` for a role that is not there."""
        if role not in self.local_types:
            message = f"{self.name} has no role {role}; it has: {', '.join(self.roles)}"
            raise Refusal("unknown-role", message)
        return self.local_types[role]

    def where(self, role: str, events: Iterable[Event], session: int = 0) -> tuple[Span, ...]:
        """The places in the text at which ``role`` may act next, after its part in ``events``.

        Several, if it cannot know yet which of them applies; none if it is done.
        """
        horizons = self._horizons
        comms = horizons.graph.comms
        here = set(members(horizons.start(role)))
        for event in events:
            if event.session == session and _acted(event, role):
                here = {
                    then
                    for position in here - {END}
                    for number, (label, _, _) in enumerate(comms[position].branches)
                    if isinstance(event, Sent | Received) and label == event.label
                    for then in members(horizons.after(position, number, role))
                }
        spans = self.spans
        found = {spans[comms[p]]: None for p in sorted(here) if p != END and comms[p] in spans}
        return tuple(found)

    @cached_property
    def _horizons(self) -> Horizons:
        return Horizons(positions(self.global_type))

    def run(
        self,
        handler: object = None,
        *,
        seed: int | None = None,
        choices: Sequence[str] | None = None,
        sessions: int = 1,
        policy: str = "cooperative",
        max_steps: int | None = None,
        config: Mapping[str, object] | None = None,
        trace: bool | str = True,
    ) -> Conversation:
        """Run ``sessions`` sessions on the engine, to the end or for ``max_steps`` steps.

        What a role sends and decides comes from ``handler`` (``effects.host.guarded`` says what it
        may be), or is drawn by ``seed``, or takes its decisions from the list ``choices``; the
        default is the plainest value of each sort and every decision in turn. ``config`` has the
        keys that a file for ``antiphon run --config`` has. ``trace`` says which events are kept:
        all, none for false, or what ``antiphon run --trace`` may be given. Raises ``Refusal`` for
        what is no number of sessions or steps, no configuration or no mode of a trace, and for a
        policy whose evidence is not there or is stale: the message says how to renew it.
        """
        _check_count("sessions", sessions)
        _check_count("max_steps", 0 if max_steps is None else max_steps)
        setup = _configured({} if config is None else config)
        mode = trace_mode(trace)
        request = RuntimeRequest(policy)
        host, contracts = host_for(handler, seed, choices), contracts_for(request)
        with streamed(mode, self.name) as stream:
            engine = Engine(
                setup,
                host,
                trace=mode != OFF,
                tail=mode.tail,
                sink=None if stream is None else stream.add,
                request=request,
                contracts=contracts,
            )
            engine.load_many(self.image, sessions)
            report = engine.run(policy, max_steps)
        return conversation(engine, report, (self.image,), setup, policy, mode, stream)


@dataclass(frozen=True, eq=False)
class Conversation:
    """What a run came to. ``events`` are those that were kept, and all of them if it is ``traced``;
    ``streamed`` is the digest of events that were written to a file instead. A digest of what is
    not known is None.
    """

    outcome: Outcome
    steps: int
    waiting: tuple[Waiting, ...]
    events: Sequence[Event] = field(repr=False)
    snapshot: Snapshot = field(repr=False)
    images: tuple[Image, ...] = field(repr=False)
    config: Config = field(repr=False)
    policy: str = field(repr=False)
    traced: bool = field(repr=False)
    streamed: str | None = field(default=None, repr=False)

    @property
    def sessions(self) -> int:
        """How many sessions were opened."""
        return self.snapshot.next_session

    @property
    def messages(self) -> tuple[Sent, ...]:
        """The messages in the order in which they were sent."""
        return tuple(event for event in self.events if isinstance(event, Sent))

    def draw(self, session: int = 0, width: int = 80) -> str:
        """One session as a sequence diagram; the empty text without its events."""
        opened = (event for event in self.events if isinstance(event, Opened))
        roles = next((event.roles for event in opened if event.session == session), None)
        if roles is None:
            return ""
        return "\n".join(map(plain, sequence_text(self.events, roles, session, width)))

    @cached_property
    def state_digest(self) -> str:
        """The digest of the state at the end."""
        return state_digest(self.snapshot, self.policy)

    @cached_property
    def trace_digest(self) -> str | None:
        """The digest of the events as they happened."""
        return trace_digest(self.events) if self.traced else self.streamed

    @cached_property
    def normal_digest(self) -> str | None:
        """The digest of the events up to the order of independent steps."""
        return normal_digest(self.events) if self.traced else None

    @cached_property
    def digest(self) -> str | None:
        """The digest of the whole run: what was run, how, what it did and where it stands."""
        trace = self.trace_digest
        if trace is None:
            return None
        images = tuple(image_digest(image) for image in self.images)
        return run_digest(images, self.config, self.policy, trace, self.state_digest)


def protocol(text: str, name: str | None = None) -> Protocol:
    """The protocol of a Scribble text: the one called ``name``, or the only one that is not aux.

    Raises ``ProgramError`` with every mistake and its place.
    """
    return Protocol.from_loaded(select(load_text(text), name))


def load(path: str | Path, protocol: str | None = None) -> Protocol:
    """The protocol of a file, as ``protocol`` for a text. Raises ``Refusal`` for a file that
    cannot be read.
    """
    return Protocol.from_loaded(select(load_file(path), protocol, str(path)))


def host_for(
    handler: object = None, seed: int | None = None, choices: Sequence[str] | None = None
) -> Host:
    """The host that a user asked for; at most one of the three may be given."""
    if sum(given is not None for given in (handler, seed, choices)) > 1:
        raise Refusal("several-hosts", "give at most one of handler, seed and choices")
    if isinstance(handler, PlainHost):
        return handler
    if handler is not None:
        return guarded(handler)
    if seed is not None:
        return SeededHost(seed)
    return DefaultHost() if choices is None else ScriptedHost(choices)


def conversation(
    machine: Machine,
    report: Report,
    images: tuple[Image, ...],
    config: Config,
    policy: str,
    trace: TraceMode = FULL,
    stream: TraceFile | None = None,
) -> Conversation:
    """What the run of any machine came to; ``images`` are the different ones that were loaded.

    ``stream`` has been given all events, where they were not kept.
    """
    events: Sequence[Event] = ()
    if trace == FULL:
        events = machine.events()
    elif trace.tail is not None:
        events = tuple(machine.events()[-trace.tail :])
    return Conversation(
        report.outcome,
        report.steps,
        report.waiting,
        events,
        machine.snapshot(),
        images,
        config,
        policy,
        trace == FULL,
        None if stream is None else stream.digest,
    )


def _check_count(what: str, number: object) -> None:
    if type(number) is not int or number < 0:
        raise Refusal("bad-count", f"{what} must be a whole number, and not below 0")


def _configured(data: Mapping[str, object]) -> Config:
    try:
        return config_from_json(dict(data))
    except ValueError as error:
        raise Refusal("malformed-config", f"config: {error}") from None


def _projections(name: str, root: GlobalType, roles: tuple[str, ...]) -> dict[str, LocalType]:
    """The projection onto each role in ``roles``; ``end`` for one that takes no part."""
    found = project_all(root)
    if len(set(roles)) < len(roles):
        raise Refusal("duplicate-role", f"a role stands twice in the list of {name}")
    for role in found:
        if role not in roles:
            raise Refusal("unknown-role", f"{role} takes part in {name} and is not in its list")
    return {role: found[role].local_type if role in found else local_type.END for role in roles}


def _loaded_projections(loaded: LoadedProtocol) -> dict[str, LocalType]:
    try:
        return _projections(loaded.name, loaded.global_type, loaded.roles)
    except Unmergeable as error:
        raise _located(error, loaded) from None


def _handed_over(
    root: GlobalType, known: Mapping[str, Mapping[str, LocalType]]
) -> dict[str, Mapping[str, LocalType]]:
    """Those of the known protocols whose sessions are handed over, by this type or by them."""
    found: dict[str, Mapping[str, LocalType]] = {}
    waiting: list[GlobalType | LocalType] = [root]
    while waiting:
        for name, role in delegations(waiting.pop()):
            if role not in known.get(name, ()):
                message = f"{name}@{role} is handed over, and {name} is not given, or has no {role}"
                raise Refusal("unknown-protocol", message)
            if name not in found:
                found[name] = known[name]
                waiting += known[name].values()
    return found


def _located(error: Unmergeable, loaded: LoadedProtocol) -> ProgramError:
    """The error with the place of each choice that a role does not hear of in time."""
    places = [loaded.spans.get(conflict.choice) for conflict in error.conflicts]
    places += [None] * (len(error.diagnostics) - len(places))
    diagnostics = (
        replace(diagnostic, span=place or loaded.span)
        for diagnostic, place in zip(error.diagnostics, places, strict=True)
    )
    return InvalidProtocol(diagnostics, {loaded.source.file: loaded.source})


def _acted(event: Event, role: str) -> bool:
    return (isinstance(event, Sent) and event.sender == role) or (
        isinstance(event, Received) and event.receiver == role
    )
