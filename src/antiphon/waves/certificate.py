"""Certificates of waves: made from a plan, and checked against the state that they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from antiphon.machine.certificate import (
    PLANNER,
    WaveCertificate,
    is_sealed,
    named_cells,
    sealed,
)
from antiphon.waves.footprint import footprint
from antiphon.waves.plan import Breadth, Plan, matrix, room
from antiphon.waves.sight import Sight, ground


@dataclass(frozen=True, slots=True)
class Due:
    """What a certificate must be about: the wave of this number, which begins with the coroutine
    that the policy picks.
    """

    wave: int
    first: int
    breadth: Breadth


def certify(sight: Sight, plan: Plan, due: Due) -> WaveCertificate:
    """The certificate of a plan."""
    cells = named_cells(one.footprint for one in plan.picks)
    return sealed(
        WaveCertificate(
            PLANNER,
            sight.clock,
            due.wave,
            ground(sight, cells),
            due.breadth.width,
            due.breadth.widening,
            plan.picks,
            matrix(plan.picks),
        )
    )


def rejection(certificate: WaveCertificate, sight: Sight, due: Due) -> str:
    """Why a certificate does not hold of a state; the empty text if it does."""
    return next(_reasons(certificate, sight, due), "")


def _reasons(certificate: WaveCertificate, sight: Sight, due: Due) -> Iterator[str]:
    picks, breadth = certificate.picks, due.breadth
    if not is_sealed(certificate):
        yield "the seal does not fit"
    if certificate.planner != PLANNER:
        yield f"planner {certificate.planner} is not known"
    if certificate.tick != sight.clock:
        yield f"it is of tick {certificate.tick}, not {sight.clock}"
    if certificate.wave != due.wave:
        yield f"it is of wave {certificate.wave}, not {due.wave}"
    if (certificate.width, certificate.widening) != (breadth.width, breadth.widening):
        yield "it is of another breadth"
    if not 1 <= len(picks) <= room(sight.clock, sight.deadline, breadth.width):
        yield f"{len(picks)} picks are none, or too many"
    yield from _order(tuple(one.coroutine for one in picks), sight, due)
    for one in picks:
        if one.footprint != footprint(sight, one.coroutine):
            yield f"coroutine {one.coroutine} has another footprint"
    if certificate.state != ground(sight, named_cells(one.footprint for one in picks)):
        yield "it is of another state"
    yield from _independence(certificate, breadth)


def _order(numbers: tuple[int, ...], sight: Sight, due: Due) -> Iterator[str]:
    """Everybody is ready, and picked once; the policy's pick is the first, then the queue's order
    counts.
    """
    places = {number: place for place, number in enumerate(sight.ready)}
    for number in numbers:
        if number not in places:
            yield f"coroutine {number} is not ready"
    if numbers[:1] != (due.first,):
        yield f"it does not begin with coroutine {due.first}"
    others = [places.get(number, -1) for number in numbers[1:]]
    if len({*numbers}) < len(numbers) or others != sorted(others):
        yield "the picks are not in the order of the ready queue"


def _independence(certificate: WaveCertificate, breadth: Breadth) -> Iterator[str]:
    picks = certificate.picks
    found = matrix(picks)
    if certificate.independent != found:
        yield "the matrix is not that of the footprints"
    for i, row in enumerate(found):
        if not all(row[:i]):
            yield f"coroutine {picks[i].coroutine} depends on one before it"
    sessions = [one.footprint.sessions for one in picks]
    if not breadth.widening and len(frozenset[int]().union(*sessions)) < sum(map(len, sessions)):
        yield "two picks touch one session"
