"""The law of a stretch: segments of the ready queue that share nothing may run side by side.

``audit_stretch`` looks at a certificate as somebody who does not trust whoever made it. It reads
off the state who owns what; there is no planner here, and no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from antiphon.machine.output_condition import Disabled
from antiphon.machine.snapshot import Snapshot
from antiphon.machine.stretch import PLANNER, StretchCertificate, is_sealed
from antiphon.model.snapshot import snapshot
from antiphon.model.state import State


def audit_stretch(
    state: State, certificate: StretchCertificate, number: int, generations: int, flat: str
) -> str:
    """Why a certificate does not hold of a state as stretch ``number`` of so many generations; the
    empty text if it does. ``flat`` is what the digest of the engine's tables is.
    """
    due = (number, generations, flat)
    return next(chain(_complaints(snapshot(state), certificate, due), _watched(state)), "")


def _complaints(
    state: Snapshot, certificate: StretchCertificate, due: tuple[int, int, str]
) -> Iterator[str]:
    if not is_sealed(certificate) or certificate.planner != PLANNER:
        yield "it is not as it was made, or nobody knows how it was made"
    if certificate.tick != state.clock:
        yield "it is of another time"
    if (certificate.stretch, certificate.generations, certificate.state) != due:
        yield "it is of another stretch, or state"
    homes = {one.id: one.session for one in state.coroutines}
    found: list[tuple[int, ...]] = []
    at = 0
    for one in certificate.segments:
        found.append(tuple(homes[number] for number in state.ready[at : at + one.length]))
        at += one.length
    if at != len(state.ready) or len(found) < 2 or not all(found):
        yield "it is not of those who are ready"
    if [_ranges(each) for each in found] != [one.sessions for one in certificate.segments]:
        yield "it names other sessions"
    sessions = frozenset[int]().union(*found)
    if len(sessions) < sum(len({*each}) for each in found):
        yield "two segments have a session in common"
    yield from _ties(state, sessions)


def _ranges(sessions: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Ids as they come, those that follow each other as a pair of the first and the last."""
    found: list[tuple[int, int]] = []
    for number in sessions:
        if found and found[-1][1] in (number, number - 1):
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def _ties(state: Snapshot, sessions: frozenset[int]) -> Iterator[str]:
    """What one of these sessions has to do with another, or with time, or can undo."""
    homes = {one.id: (one.session, one.role) for one in state.coroutines}
    for session in state.sessions:
        for side in session.endpoints:
            home = (session.id, side.role) if side.owner is None else homes[side.owner]
            is_near = not {session.id, home[0]}.isdisjoint(sessions)
            if is_near and (side.in_flight or home != (session.id, side.role)):
                yield f"endpoint {side.role} of session {session.id} was handed over"
    for one in state.coroutines:
        if one.line and one.session in sessions:
            yield f"coroutine {one.id} was spawned"
        if one.levels or (one.block is not None and one.block.until is not None):
            yield f"coroutine {one.id} has a fork, or waits for a tick"


def _watched(state: State) -> Iterator[str]:
    """What all steps look at."""
    if state.setting.sites or state.setting.fates or state.setting.cuts:
        yield "there are failures"
    if state.setting.outputs != Disabled():
        yield "outputs are looked at"
