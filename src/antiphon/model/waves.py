"""The law of a wave: all orders of its picks come to the same, so that one order may stand for all.

``audit`` looks at a certificate as somebody who does not trust whoever made it: each step is run on
its footprint alone (``footprint``), the matrix is worked out anew, and every order is tried, up to
``ORDERS_MAX`` of them. There is no planner here.

What may differ between orders: the ticks of events, the order in which events of different
coroutines come, and the order of the ready queue with what policies remember of it.

Source: Mazurkiewicz, Trace Theory, LNCS 255, 1987.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations
from typing import Final

from antiphon.bytecode.table import Row
from antiphon.machine.ask import Host
from antiphon.machine.certificate import (
    PLANNER,
    WaveCertificate,
    coroutines_of,
    ground_digest,
    is_sealed,
    layers_of,
    named_cells,
    sessions_of,
)
from antiphon.machine.choice import Pick
from antiphon.machine.event import Event
from antiphon.model.footprint import Once, beyond
from antiphon.model.schedule import LAWS
from antiphon.model.snapshot import snapshot
from antiphon.model.state import Coroutine, State
from antiphon.model.step import step

ORDERS_MAX: Final = 24
"""So many orders are tried: all of four picks, some of more."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a certificate is asked to be: the wave of this number, under a policy, of at most
    ``width`` picks; ``widening``: several may touch one session.
    """

    wave: int
    policy: str
    width: int
    widening: bool = False


@dataclass(frozen=True, slots=True)
class Linearised:
    """The state after some picks one after the other, and what was seen; ``rows`` are how the steps
    ended.
    """

    state: State
    events: tuple[Event, ...]
    rows: tuple[Row | None, ...]


def linearise(state: State, numbers: Sequence[int], host: Host) -> Linearised:
    """Take these picks, one after the other. One of a coroutine that is not ready has no row."""
    events: tuple[Event, ...] = ()
    rows: list[Row | None] = []
    for number in numbers:
        taken = step(state, Pick(number), host)
        state, events = taken.state, (*events, *taken.events)
        rows.append(taken.row)
    return Linearised(state, events, tuple(rows))


def execute_certified_round(
    state: State, certificate: WaveCertificate, host: Host, due: Round
) -> tuple[int, ...]:
    """What is picked, in order, when this certificate is given for a round: its picks if it holds,
    else the one that the policy picks.
    """
    once = Once(host)
    if audit(state, certificate, once, due):
        return tuple(one for one in state.ready if LAWS[due.policy](state, one))[:1]
    return tuple(one.coroutine for one in certificate.picks)


def audit(state: State, certificate: WaveCertificate, host: Once, due: Round) -> str:
    """Why a certificate does not hold of a state; the empty text if it does.

    Whether a step faults is not looked at: that rolls a wave back when it is taken.
    """
    return next(_complaints(state, certificate, host, due), "")


def _complaints(
    state: State, certificate: WaveCertificate, host: Once, due: Round
) -> Iterator[str]:
    numbers = tuple(one.coroutine for one in certificate.picks)
    if not is_sealed(certificate) or certificate.planner != PLANNER:
        yield "it is not as it was made, or nobody knows how it was made"
    if (certificate.tick, certificate.wave) != (state.clock, due.wave):
        yield "it is of another time"
    if (certificate.width, certificate.widening) != (due.width, due.widening):
        yield "it is of another breadth"
    if not 0 < len(numbers) <= due.width or len({*numbers}) < len(numbers):
        yield "it has no picks, or too many, or one twice"
    if not {*numbers} <= {*state.ready}:
        yield "somebody is picked who is not ready"
    elif not LAWS[due.policy](state, numbers[0]):
        yield "it does not begin with whom the policy picks"
    elif [one for one in state.ready if one in numbers[1:]] != [*numbers[1:]]:
        yield "it is not in the order of the ready queue"
    elif certificate.state != _ground(state, certificate):
        yield "it is of another state"
    else:
        yield from _of_picks(state, certificate, host, due)


def _ground(state: State, certificate: WaveCertificate) -> str:
    """The digest of what the certificate rests on, read off the whole state."""
    whole = snapshot(state)
    cells = named_cells(one.footprint for one in certificate.picks)
    sessions, coroutines, layers = sessions_of(cells), coroutines_of(cells), layers_of(cells)
    return ground_digest(
        whole.clock,
        (whole.next_session, whole.next_coroutine, whole.next_nonce),
        (one for one in whole.sessions if one.id in sessions),
        (one for one in whole.coroutines if one.id in coroutines),
        (one for one in whole.guards if one.layer in layers),
    )


def _of_picks(state: State, certificate: WaveCertificate, host: Once, due: Round) -> Iterator[str]:
    picks = certificate.picks
    for one in picks:
        found = beyond(state, one.coroutine, host, one.footprint)
        if found:
            yield f"coroutine {one.coroutine} declares too little: {found}"
    if len(picks) == 1:
        if certificate.independent != ((False,),):
            yield "the matrix is not that of one pick"
        return
    for i, one in enumerate(picks):
        writes = {*one.footprint.writes}
        for j, other in enumerate(picks):
            touched = {*other.footprint.reads, *other.footprint.writes}
            apart = i == j or writes.isdisjoint(touched)
            if not apart or one.footprint.alone:
                yield f"coroutine {one.coroutine} writes what {other.coroutine} touches"
            same = one.footprint.sessions & other.footprint.sessions
            if i != j and same and not due.widening:
                yield "two touch one session"
    wanted = tuple(tuple(i != j for j in range(len(picks))) for i in range(len(picks)))
    if certificate.independent != wanted:
        yield "the matrix is not that of the footprints"
    if state.deadlines and state.deadlines[0][0] <= state.clock + len(picks):
        yield "somebody's deadline is reached on the way"
    yield from disagreement(state, tuple(one.coroutine for one in picks), host)


def disagreement(state: State, numbers: tuple[int, ...], host: Host) -> Iterator[str]:
    """The orders of these picks that do not come to what the canonical one comes to.

    Only of picks that fault in no order; a fault rolls the wave back.
    """
    canonical = linearise(state, numbers, host)
    if any(row is None or row.outcome.kind == "fault" for row in canonical.rows):
        return
    reverse = numbers[::-1]
    for order in (reverse, *islice(permutations(numbers), 1, ORDERS_MAX)):
        other = linearise(state, order, host)
        if None in other.rows or not is_same(canonical, other):
            yield f"in the order {order} they come to something else"


def is_same(one: Linearised, other: Linearised) -> bool:
    """Whether two orders of the same picks have come to the same, but for what order decides."""
    a, b = one.state, other.state
    if _sums(a) != _sums(b) or sorted(a.ready) != sorted(b.ready):
        return False
    if any(_timeless(a, n) != _timeless(b, n) for n in a.coroutines.differing(b.coroutines)):
        return False
    if any(_content(a, n) != _content(b, n) for n in a.sessions.differing(b.sessions)):
        return False
    return _by_coroutine(one.events) == _by_coroutine(other.events)


def _sums(state: State) -> tuple[object, ...]:
    ids = (state.clock, state.next_session, state.next_coroutine)
    return (*ids, state.counters, state.deadlines, state.guards)


def _timeless(state: State, number: int) -> Coroutine | None:
    me = state.coroutines.find(number)
    return None if me is None else replace(me, since=0)


def _content(state: State, number: int) -> object:
    """A session; images made on the way are known by what they hold."""
    one = state.sessions.find(number)
    if one is None:
        return None
    parts = (one.members, one.status, one.endpoints, one.queues, one.edges, one.lossy)
    return one.image.name, one.image.programs, parts


def _by_coroutine(events: Sequence[Event]) -> dict[int | None, list[Event]]:
    found: dict[int | None, list[Event]] = {}
    for event in events:
        found.setdefault(event.coroutine, []).append(replace(event, tick=0))
    return found
