"""Why parts of the ready queue may run side by side for a while, as data.

``waves.stretch`` checks such a certificate when it is used, ``model.stretch`` audits it; they share
these words and no judgement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from antiphon.values.canonical import Plain, digest

DOMAIN: Final = "antiphon.stretch.1"
PLANNER: Final = 1
"""The version of the planner. A certificate of another one is not checked, but rejected."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the ready queue: ``length`` coroutines, and the sessions that they are at home in
    as they come, each pair the first and the last of ids that follow each other.
    """

    length: int
    sessions: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class StretchCertificate:
    """A stretch of the cooperative run. ``tick`` is the clock before it, ``stretch`` counts those
    of this machine. ``state`` is the digest of the engine's tables. Everybody who is ready takes a
    step, then everybody who is ready then, so many ``generations``; ``segments`` are the ready
    queue, cut. ``seal`` is over all of that.
    """

    planner: int
    tick: int
    stretch: int
    state: str
    generations: int
    segments: tuple[Segment, ...]
    seal: str = ""

    @property
    def content(self) -> tuple[Plain, ...]:
        """What the seal is over, in the domain ``antiphon.stretch.1``."""
        segments = tuple((one.length, one.sessions) for one in self.segments)
        return (
            self.planner,
            self.tick,
            self.stretch,
            self.state,
            self.generations,
            segments,
        )


def sealed(certificate: StretchCertificate) -> StretchCertificate:
    """The certificate with the seal that fits it."""
    return replace(certificate, seal=digest(DOMAIN, certificate.content))


def is_sealed(certificate: StretchCertificate) -> bool:
    """Whether the seal fits: no part is other than it was made."""
    return certificate.seal == digest(DOMAIN, certificate.content)


def overlapping(segments: tuple[Segment, ...]) -> bool:
    """Whether two of the segments have a session in common."""
    ranges = [(*pair, at) for at, one in enumerate(segments) for pair in one.sessions]
    ranges.sort()
    reach, owner = -1, -1
    for first, last, at in ranges:
        if first <= reach and at != owner:
            return True
        if last > reach:
            reach, owner = last, at
    return False
