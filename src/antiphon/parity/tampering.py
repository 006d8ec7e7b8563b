"""Certificates that were tampered with: one field at a time, and by somebody who has the seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from antiphon.machine.certificate import CertifiedPick, WaveCertificate, sealed
from antiphon.machine.footprint import Footprint

_STRANGER = CertifiedPick(2**20, Footprint())


def tampered(one: WaveCertificate) -> Iterator[tuple[str, WaveCertificate]]:
    """Every single field changed: then the seal does not fit."""
    first, *others = one.picks
    rows = one.independent
    yield "seal", replace(one, seal="0" * 64)
    yield "planner", replace(one, planner=one.planner + 1)
    yield "tick", replace(one, tick=one.tick + 1)
    yield "wave", replace(one, wave=one.wave + 1)
    yield "state", replace(one, state="0" * 64)
    yield "width", replace(one, width=one.width + 1)
    yield "widening", replace(one, widening=not one.widening)
    yield "pick dropped", replace(one, picks=one.picks[:-1])
    yield "pick twice", replace(one, picks=(*one.picks, first))
    yield "pick of a stranger", replace(one, picks=(*others, _STRANGER))
    yield "picks turned round", replace(one, picks=one.picks[::-1])
    yield "later picks turned round", replace(one, picks=(first, *others[::-1]))
    bare = replace(first, footprint=Footprint((), first.footprint.writes[:1]))
    yield "footprint cut short", replace(one, picks=(bare, *others))
    more = replace(first.footprint, reads=(*first.footprint.reads, ("session", 2**20)))
    larger = replace(first, footprint=more)
    yield "footprint made longer", replace(one, picks=(larger, *others))
    apart = replace(first, footprint=replace(first.footprint, alone=True))
    yield "footprint alone", replace(one, picks=(apart, *others))
    yield "matrix", replace(one, independent=tuple(tuple(not x for x in row) for row in rows))
    yield "matrix cut short", replace(one, independent=rows[:-1])


SOUND = ("seal", "pick dropped", "footprint made longer")
"""Those that, sealed again, may be certificates of something true."""


def resealed(one: WaveCertificate) -> Iterator[tuple[str, WaveCertificate]]:
    """The same with a seal that fits, but for those that are no lie then."""
    for name, other in tampered(one):
        if name not in SOUND:
            yield f"{name}, sealed", sealed(other)
