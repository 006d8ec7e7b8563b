"""Why the picks of a wave may be taken together, as data that can be checked without taking them.

``waves.certificate`` checks a certificate when it is used, ``model.waves`` audits it; they share
these words and no judgement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from antiphon.machine.digest import state_digest
from antiphon.machine.footprint import (
    COROUTINE,
    LAYER,
    OF_SESSIONS,
    Cell,
    Footprint,
)
from antiphon.machine.snapshot import CoroutineView, Counters, GuardView, SessionView, Snapshot
from antiphon.values.canonical import Plain, digest

DOMAIN: Final = "antiphon.wave.1"
PLANNER: Final = 1
"""The version of the planner. A certificate of another one is not checked, but rejected."""


@dataclass(frozen=True, slots=True)
class CertifiedPick:
    """A coroutine that takes a step in a wave, and what that step may touch."""

    coroutine: int
    footprint: Footprint


@dataclass(frozen=True, slots=True)
class WaveCertificate:
    """A wave. ``tick`` is the clock before it: pick i has tick + i. ``wave`` counts the waves of
    this machine. ``state`` is the digest of all that the plan rests on (``ground_digest``).
    ``width`` is the most picks that were allowed, ``widening`` whether several may be of one
    session. ``independent``: for each two picks, by place, whether neither writes what the other
    reads or writes; a pick is not independent of itself. ``seal`` is over all of that.
    """

    planner: int
    tick: int
    wave: int
    state: str
    width: int
    widening: bool
    picks: tuple[CertifiedPick, ...]
    independent: tuple[tuple[bool, ...], ...]
    seal: str = ""

    @property
    def content(self) -> tuple[Plain, ...]:
        """What the seal is over, in the domain ``antiphon.wave.1``."""
        picks = tuple(
            (one.coroutine, one.footprint.reads, one.footprint.writes, one.footprint.alone)
            for one in self.picks
        )
        parts: tuple[Plain, ...] = (self.planner, self.tick, self.wave, self.state, self.width)
        return (*parts, self.widening, picks, self.independent)


def sealed(certificate: WaveCertificate) -> WaveCertificate:
    """The certificate with the seal that fits it."""
    return replace(certificate, seal=digest(DOMAIN, certificate.content))


def is_sealed(certificate: WaveCertificate) -> bool:
    """Whether the seal fits: no part is other than it was made."""
    return certificate.seal == digest(DOMAIN, certificate.content)


def named_cells(footprints: Iterable[Footprint]) -> frozenset[Cell]:
    """All cells of some footprints."""
    return frozenset(cell for one in footprints for cell in (*one.reads, *one.writes))


def ground_digest(
    clock: int,
    ids: tuple[int, int, int],
    sessions: Iterable[SessionView],
    coroutines: Iterable[CoroutineView],
    guards: Iterable[GuardView],
) -> str:
    """The digest of what a plan rests on: the clock, the next ids of sessions, coroutines and
    nonces, and each session, coroutine and layer that a footprint names, in ascending order.
    """
    next_session, next_coroutine, next_nonce = ids
    ground = Snapshot(
        clock,
        next_session,
        next_coroutine,
        None,
        (),
        tuple(sessions),
        tuple(coroutines),
        Counters(0, 0, 0, 0),
        guards=tuple(guards),
        next_nonce=next_nonce,
    )
    return state_digest(ground)


def sessions_of(cells: Iterable[Cell]) -> tuple[int, ...]:
    """The sessions that cells are of, ascending."""
    return tuple(sorted({int(cell[1]) for cell in cells if cell[0] in OF_SESSIONS}))


def coroutines_of(cells: Iterable[Cell]) -> tuple[int, ...]:
    """The coroutines that cells are of, ascending."""
    return tuple(sorted({int(cell[1]) for cell in cells if cell[0] == COROUTINE}))


def layers_of(cells: Iterable[Cell]) -> tuple[str, ...]:
    """The guard layers that cells are, by name."""
    return tuple(sorted({str(cell[1]) for cell in cells if cell[0] == LAYER}))
