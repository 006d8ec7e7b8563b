"""The kernel's tables as the snapshot that every machine shows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import starmap
from typing import Final

from antiphon.bytecode.table import ACQUIRE_WAIT, ROWS
from antiphon.engine.build import Apart, CoroutineNumbers, Fork, Kept, Kernel, SessionNumbers
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.kernel import BLOCKED, DONE, FAULTED, IN_FLIGHT, READY
from antiphon.engine.load import label_of
from antiphon.engine.trace import FAULTS
from antiphon.machine.snapshot import (
    ApartView,
    Block,
    CoroutineView,
    Counters,
    EdgeView,
    EndpointView,
    GuardView,
    KeptView,
    LevelView,
    QueueView,
    SessionView,
    Snapshot,
)
from antiphon.values.value import Nat, Str

STATUS: Final = {READY: "ready", BLOCKED: "blocked", DONE: "done", FAULTED: "faulted"}
"""A coroutine's status by the kernel's number."""
VIEWS: Final = 2**12
"""So many views are remembered of each kind."""


class Glance:
    """A machine as it is now, for one who looks at a few sessions and coroutines only.

    It must not be looked at again after the next choice. ``ids`` are the next ids of sessions,
    coroutines and nonces.
    """

    def __init__(self, kernel: Kernel, catalogue: Catalogue, views: Views) -> None:
        self._names = catalogue.layer_names
        self._views = views
        self._sessions = dict(kernel.sessions())
        self._coroutines = dict(kernel.coroutines())
        self._next_nonce, self._grants = kernel.guards()
        self.clock, self._next_session, self._next_coroutine, *_ = kernel.counters()
        self.ready = tuple(kernel.ready())

    @property
    def ids(self) -> tuple[int, int, int]:
        """The next ids."""
        return self._next_session, self._next_coroutine, self._next_nonce

    def session(self, number: int) -> SessionView | None:
        """A session, if it is there."""
        slot = self._sessions.get(number)
        return None if slot is None else self._views.session(number, slot)

    def coroutine(self, number: int) -> CoroutineView | None:
        """A coroutine, if it is there."""
        slot = self._coroutines.get(number)
        return None if slot is None else self._views.coroutine(number, slot)

    def guard(self, layer: str) -> GuardView | None:
        """A guard layer, if it is held."""
        held = (GuardView(self._names[each], *grant) for each, *grant in self._grants)
        return next((one for one in held if one.layer == layer), None)


class Views:
    """The views of a machine's sessions and coroutines.

    Those that are as they were when they were last looked at are not made again.
    """

    def __init__(self, kernel: Kernel, catalogue: Catalogue) -> None:
        self._kernel = kernel
        self._catalogue = catalogue
        self._sessions: dict[object, SessionView] = {}
        self._coroutines: dict[object, CoroutineView] = {}
        self._sweeps = 0

    def glance(self) -> Glance:
        """The machine as it is now, of which little will be looked at."""
        self._forget()
        return Glance(self._kernel, self._catalogue, self)

    def take(self) -> Snapshot:
        """The whole state of the machine."""
        self._forget()
        kernel, names = self._kernel, self._catalogue.layer_names
        clock, next_session, next_coroutine, last, *counts = kernel.counters()
        since, overtakes = kernel.memory()
        passed, denied = kernel.outputs()
        next_nonce, grants = kernel.guards()
        held = [GuardView(names[layer], *grant) for layer, *grant in grants]
        return Snapshot(
            clock=clock,
            next_session=next_session,
            next_coroutine=next_coroutine,
            last_pick=last if last >= 0 else None,
            ready=tuple(kernel.ready()),
            sessions=tuple(starmap(self.session, sorted(kernel.sessions()))),
            coroutines=tuple(starmap(self.coroutine, sorted(kernel.coroutines()))),
            counters=Counters(*counts, outputs_passed=passed, outputs_denied=denied),
            since=tuple(since),
            overtakes=overtakes,
            guards=tuple(sorted(held, key=lambda one: one.layer)),
            next_nonce=next_nonce,
        )

    def _forget(self) -> None:
        """A word may stand for another value after a sweep; and there is an end to remembering."""
        sweeps, views = self._catalogue.words.sweeps, len(self._sessions) + len(self._coroutines)
        if sweeps != self._sweeps or views >= VIEWS:
            self._sweeps = sweeps
            self._sessions.clear()
            self._coroutines.clear()

    def session(self, session: int, slot: int) -> SessionView:
        """The view of the session in a slot."""
        numbers = self._kernel.session_view(slot)
        key = (session, numbers)
        view = self._sessions.get(key)
        if view is None:
            view = _session(self._catalogue, session, numbers)
            if len(self._sessions) < VIEWS:
                self._sessions[key] = view
        return view

    def coroutine(self, number: int, slot: int) -> CoroutineView:
        """The view of the coroutine in a slot."""
        kernel = self._kernel
        numbers = kernel.coroutine_view(slot)
        is_blocked = numbers[4] == BLOCKED
        waits_for = (kernel.layer(slot), *kernel.waits_for(slot)) if is_blocked else None
        key = (
            number,
            numbers,
            tuple(kernel.registers(slot)),
            waits_for,
            kernel.levels(slot),
        )
        view = self._coroutines.get(key)
        if view is None:
            view = _coroutine(self._catalogue, *key)
            if len(self._coroutines) < VIEWS:
                self._coroutines[key] = view
        return view


def _session(catalogue: Catalogue, session: int, numbers: SessionNumbers) -> SessionView:
    number, is_active, is_lossy, sides, held, remembered = numbers
    image, decode = catalogue.images[number], catalogue.words.decode
    endpoints: list[EndpointView] = []
    for role, (node, owner, tokens, answers, words) in zip(image.roles, sides, strict=True):
        known, is_sent = owner if owner >= 0 else None, owner == IN_FLIGHT
        facts = _facts(catalogue, words)
        endpoints.append(EndpointView(role, node, known, tokens, answers, is_sent, facts))
    queues: list[QueueView] = []
    for place, found in held:
        messages = tuple((label_of(label), decode(word)) for label, word, _ in found)
        visible_at = tuple(at for _, _, at in found)
        shown = visible_at if any(visible_at) else ()
        queues.append(QueueView(*image.queues[place], messages, shown))
    edges: list[EdgeView] = []
    for place, capacity, sent, up_at in remembered:
        up = None if up_at < 0 else up_at
        edges.append(EdgeView(*image.queues[place], capacity or None, max(sent, 0), up))
    status = "active" if is_active else "faulted"
    contents = tuple(endpoints), tuple(queues)
    return SessionView(session, image.name, status, *contents, is_lossy, tuple(edges))


def _facts(catalogue: Catalogue, words: Iterable[int]) -> tuple[str, ...]:
    facts: list[str] = []
    for word in words:
        value = catalogue.words.decode(word)
        assert isinstance(value, Str)
        facts.append(value.value)
    return tuple(sorted(facts))


def _coroutine(
    catalogue: Catalogue,
    number: int,
    numbers: CoroutineNumbers,
    registers: tuple[int, ...],
    waits_for: tuple[int, int, int, int, int] | None,
    forks: tuple[Fork, ...],
) -> CoroutineView:
    image, session, role, cell, status, row, cost, line, children, answers, until = numbers
    return CoroutineView(
        id=number,
        session=session,
        role=catalogue.images[image].roles[role],
        pc=catalogue.addresses[cell],
        status=STATUS[status],
        block=None if waits_for is None else _block(catalogue, row, session, until, *waits_for),
        fault=FAULTS[row] if status == FAULTED else None,
        registers=tuple(map(catalogue.words.decode, registers)),
        cost=cost,
        line=line,
        children=children,
        answers=answers,
        levels=tuple(_level(catalogue, *fork) for fork in forks),
    )


def _level(
    catalogue: Catalogue,
    ghost: int,
    since: int,
    registers: tuple[int, ...],
    kept: tuple[Kept, ...],
    staged: tuple[Apart, ...],
    taken: tuple[Apart, ...],
) -> LevelView:
    decode = catalogue.words.decode
    number = decode(ghost)
    assert isinstance(number, Nat)
    sides = (
        KeptView(session, catalogue.images[image].roles[place], node, _facts(catalogue, facts))
        for image, session, place, node, facts in kept
    )
    return LevelView(
        number.value,
        since,
        tuple(map(decode, registers)),
        tuple(sorted(sides, key=_end)),
        tuple(_apart(catalogue, *one) for one in staged),
        tuple(_apart(catalogue, *one) for one in taken),
    )


def _end(view: KeptView) -> tuple[int, str]:
    return view.session, view.role


def _apart(
    catalogue: Catalogue,
    image: int,
    session: int,
    queue: int,
    label: int,
    word: int,
    visible_at: int,
) -> ApartView:
    edge = catalogue.images[image].queues[queue]
    value = catalogue.words.decode(word)
    return ApartView(session, *edge, label_of(label), value, visible_at)


def _block(
    catalogue: Catalogue,
    row: int,
    home: int,
    until: int,
    layer: int,
    _: int,
    session: int,
    image: int,
    queue: int,
) -> Block:
    code, tick = ROWS[row].outcome.code, until or None
    if code == ACQUIRE_WAIT:
        return Block(code, home, layer=catalogue.layer_names[layer])
    if queue < 0:
        return Block(code, home, until=tick)
    return Block(code, session, *catalogue.images[image].queues[queue], tick)
