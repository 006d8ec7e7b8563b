"""Certificates of stretches: made from a cut of the ready queue, and checked against the state."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from antiphon.engine.build import Kernel
from antiphon.machine.stretch import (
    PLANNER,
    Segment,
    StretchCertificate,
    is_sealed,
    overlapping,
    sealed,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a certificate must be about: the stretch of this number, which is to have so many
    generations.
    """

    number: int
    generations: int


def flat_digest(kernel: Kernel) -> str:
    """The digest of the engine's tables, of which each build has its own form."""
    found = hashlib.sha256(b"antiphon.flat.1")
    for table in kernel.flat():
        found.update(array("q", table) if isinstance(table, list) else table)
    return found.hexdigest()


def certify(kernel: Kernel, lengths: list[int], due: Stretch) -> StretchCertificate:
    """The certificate of a cut of the ready queue into segments of these lengths."""
    segments = tuple(
        Segment(length, tuple(homes))
        for length, homes in zip(lengths, kernel.homes(lengths), strict=True)
    )
    clock, state = kernel.counters()[0], flat_digest(kernel)
    return sealed(StretchCertificate(PLANNER, clock, due.number, state, due.generations, segments))


def rejection(certificate: StretchCertificate, kernel: Kernel, due: Stretch) -> str:
    """Why a certificate does not hold of a state; the empty text if it does."""
    return next(_reasons(certificate, kernel, due), "")


def _reasons(certificate: StretchCertificate, kernel: Kernel, due: Stretch) -> Iterator[str]:
    clock, segments = kernel.counters()[0], certificate.segments
    if not is_sealed(certificate):
        yield "the seal does not fit"
    if certificate.planner != PLANNER:
        yield f"planner {certificate.planner} is not known"
    if (certificate.tick, certificate.stretch) != (clock, due.number):
        yield f"it is not stretch {due.number}, which begins at tick {clock}"
    if certificate.generations != due.generations:
        yield f"it is of {certificate.generations} generations, not {due.generations}"
    lengths = [one.length for one in segments]
    if len(lengths) < 2 or min(lengths) < 1 or sum(lengths) != len(kernel.ready()):
        yield "the segments are not the ready queue, cut"
    elif [list(one.sessions) for one in segments] != kernel.homes(lengths):
        yield "the segments have other sessions"
    if overlapping(segments):
        yield "two segments have a session in common"
    if not kernel.is_apart():
        yield "a session has to do with another"
    if certificate.state != flat_digest(kernel):
        yield "it is of another state"
