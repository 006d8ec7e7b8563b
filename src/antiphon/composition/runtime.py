"""Bundles on one machine under one scheduler: the treaty of ``machine.interface`` for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from antiphon.bytecode.program import Image
from antiphon.bytecode.table import Row
from antiphon.composition.admission import admit
from antiphon.composition.bundle import ProtocolBundle
from antiphon.composition.certificate import CompositionCertificate, NotComposable
from antiphon.composition.memory import MemoryBudget, MemoryUsage, growing
from antiphon.engine.machine import Engine
from antiphon.errors import Bug, Diagnostic, Refusal
from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Choice, Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeContracts
from antiphon.machine.event import Event
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Snapshot
from antiphon.replay.normal_form import normal_digest


class ComposedRuntime:
    """A machine for the sessions of several bundles.

    ``sessions`` says how many of each bundle are planned, 1 of those that it does not name.
    ``hosts`` is one host for all, which sees the machine's own numbers of sessions, or one for each
    bundle, which sees the sessions of that bundle numbered from 0, as if it ran alone.
    ``max_steps``: how many steps it takes in all.

    Raises ``NotComposable`` with everything that is against it, and ``Refusal``
    (``composition-too-large``), before any session is open: ``load`` opens them, ``open`` all.
    """

    def __init__(
        self,
        config: Config,
        budget: MemoryBudget,
        bundles: Sequence[ProtocolBundle],
        certificate: CompositionCertificate,
        hosts: Host | Mapping[str, Host],
        *,
        sessions: Mapping[str, int] | None = None,
        contracts: RuntimeContracts | None = None,
        trace: bool = False,
        max_steps: int | None = None,
    ) -> None:
        counts = dict(sessions or {})
        plan = [(bundle, counts.get(bundle.name, 1)) for bundle in bundles]
        admission = admit(
            plan,
            certificate,
            budget,
            config,
            contracts=contracts,
            trace=trace,
            max_steps=max_steps,
        )
        by_bundle = cast("Mapping[str, Host]", hosts) if isinstance(hosts, Mapping) else None
        problems = [*_plan_problems(bundles, counts, by_bundle), *admission.problems]
        if problems:
            raise NotComposable(problems)
        if admission.memory is None:
            raise Bug("a composition without problems has no measure of its memory")
        self.bundles = tuple(bundles)
        self.memory: MemoryUsage = admission.memory
        self._left = [count for _, count in plan]
        self._opened = [0] * len(plan)
        self._places: list[tuple[int, int, int]] = []
        self._steps_left = max_steps
        self._hosts = by_bundle or {}
        self._trace = trace
        self._engine = Engine(
            config,
            self._answer if by_bundle is not None else cast("Host", hosts),
            trace=trace,
            request=admission.request,
            contracts=contracts,
        )

    @property
    def config(self) -> Config:
        """What it was made with."""
        return self._engine.config

    @property
    def sizes(self) -> dict[str, int]:
        """How many rows the machine's tables have, kind by kind."""
        return self._engine.sizes

    def load(self, image: Image, *, unverified: bool = False) -> int:
        """Open one of the sessions that are planned of a bundle with this image; its id.

        Raises ``Refusal``: ``not-composed`` for the image of no bundle, ``not-planned`` when all
        that are planned are open, ``unverified-bundle`` if the verifier is to be left out.
        """
        if unverified:
            words = "a composition has only images that the verifier accepts: load it verified"
            raise Refusal("unverified-bundle", words)
        places = [n for n, bundle in enumerate(self.bundles) if bundle.image is image]
        if not places:
            words = f"{image.name} is in no bundle here: compose it with the others, certify again"
            raise Refusal("not-composed", words)
        place = next((n for n in places if self._left[n] > 0), None)
        if place is None:
            words = f"all sessions of {image.name} that were planned are open: plan for more"
            raise Refusal("not-planned", words)
        return self._open(place, 1)[0]

    def open(self) -> tuple[tuple[int, ...], ...]:
        """Open every session that is planned and not open yet: for each bundle their ids."""
        return tuple(tuple(self._open(place, left)) for place, left in enumerate(self._left))

    def enabled(self) -> tuple[int, ...]:
        """The ready queue, of all bundles."""
        return self._engine.enabled()

    def step(self, choice: Choice) -> Row | None:
        """Make one choice. Raises ``Refusal`` (``step-limit``) for a pick after ``max_steps``."""
        if isinstance(choice, Pick) and self._steps_left == 0:
            words = "all steps that were planned are taken: plan for more with max_steps"
            raise Refusal("step-limit", words)
        row = self._engine.step(choice)
        if row is not None and self._steps_left is not None:
            self._steps_left -= 1
        return row

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """Step under a policy, all bundles by turns; at most the steps that are left."""
        wanted = [most for most in (max_steps, self._steps_left) if most is not None]
        report = self._engine.run(policy, min(wanted) if wanted else None)
        if self._steps_left is not None:
            self._steps_left -= report.steps
        return report

    def snapshot(self) -> Snapshot:
        """The whole state, of all bundles."""
        return self._engine.snapshot()

    def events(self) -> Sequence[Event]:
        """The trace until now; empty if none is kept."""
        return self._engine.events()

    def session_digest(self, session: int) -> str:
        """The normal digest of what happened to one session, as if it were alone on its machine.

        Raises ``Refusal`` (``unknown-session``, ``no-trace``).
        """
        if not self._trace:
            raise Refusal("no-trace", "no events are kept here: make the runtime with trace=True")
        if not 0 <= session < len(self._places):
            opened = len(self._places)
            raise Refusal("unknown-session", f"{opened} sessions are open here, numbered from 0")
        return apart(self.events(), session, self._places[session][2])

    def _open(self, place: int, count: int) -> range:
        image = self.bundles[place].image
        roles = len(image.programs)
        opened = self._engine.load_many(image, count)
        # Who is new stands last in the ready queue, ids ascending.
        first = self._engine.enabled()[-count * roles] if count else 0
        for number in range(count):
            self._places.append((place, self._opened[place] + number, first + number * roles))
        self._opened[place] += count
        self._left[place] -= count
        return opened

    def _answer(self, ask: Ask) -> Answer:
        """What the host of the bundle says, which knows its own sessions only."""
        place, number, _ = self._places[ask.position.session]
        position = replace(ask.position, session=number)
        return self._hosts[self.bundles[place].name](replace(ask, position=position))


def apart(events: Sequence[Event], session: int, first: int) -> str:
    """The normal digest of the events of one session, whose first coroutine is ``first``, with
    session and coroutines numbered from 0.
    """
    own: list[Event] = []
    for event in events:
        if event.session == session:
            coroutine = event.coroutine
            number = None if coroutine is None else coroutine - first
            own.append(replace(event, session=0, coroutine=number))
    return normal_digest(own)


def _plan_problems(
    bundles: Sequence[ProtocolBundle],
    counts: Mapping[str, int],
    hosts: Mapping[str, Host] | None,
) -> list[Diagnostic]:
    """What is wrong with the numbers of sessions and the hosts."""
    names = [bundle.name for bundle in bundles]
    known = ", ".join(names)
    found = [
        Diagnostic("unknown-bundle", f"sessions: there is no {name}", help=f"there are {known}")
        for name in counts
        if name not in names
    ]
    found += [
        Diagnostic("bad-count", f"{name}: {count} is no number of sessions", help="0 or more")
        for name, count in counts.items()
        if type(count) is not int or count < 0
    ]
    if hosts is None:
        return found
    if set(hosts) != set(names):
        odd = ", ".join(sorted(set(hosts) ^ set(names)))
        advice = "give one host for all, or one for each bundle and no other"
        found.append(Diagnostic("host-per-bundle", f"hosts: what differs: {odd}", help=advice))
    for bundle in bundles:
        if any(name == "open" for name in growing(bundle.image)):
            words = f"{bundle.name} opens sessions itself, which no host has a number for"
            advice = "give one host for all"
            found.append(Diagnostic("host-per-bundle", words, help=advice))
    return found
