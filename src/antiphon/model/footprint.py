"""Does a step run on its footprint alone? Then steps with footprints apart can share a wave.

The step is taken twice: on the whole state, and on the part of it that the footprint names, where
whatever else there is is hidden and must not be looked at. Both must come to the same, and what the
whole one changed must be among what may be written. This is locality as separation logic has it;
so no rule need say what it touches.

Source: Calcagno, O'Hearn and Yang, Local Action and Abstract Separation Logic, LICS 2007.
"""

from __future__ import annotations

from dataclasses import replace

from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Pick
from antiphon.machine.footprint import (
    COROUTINE,
    EDGE,
    END,
    IDS,
    LAYER,
    LOSSY,
    MEMBERS,
    OWNER,
    SESSION,
    Cell,
    Footprint,
)
from antiphon.model.part import Beyond, part_of
from antiphon.model.state import Session, State
from antiphon.model.step import Step, step


class Once:
    """A host that gives one answer to one question, however often it is asked."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._known: dict[Ask, Answer] = {}

    def __call__(self, ask: Ask) -> Answer:
        """The answer of the host, as it was the first time."""
        if ask not in self._known:
            self._known[ask] = self._host(ask)
        return self._known[ask]


def beyond(state: State, number: int, host: Host, declared: Footprint) -> str:
    """What a step of a ready coroutine touches beyond what is declared; nothing if it does not.

    A step that faults is not judged; nor whom a deadline wakes, which no wave of several reaches.
    """
    state = replace(state, deadlines=())
    whole = step(state, Pick(number), host)
    if declared.alone or whole.row is None or whole.row.outcome.kind == "fault":
        return ""
    changed = sorted(changes(state, whole.state) - {*declared.writes}, key=repr)
    if changed:
        return f"it writes {changed[0]}"
    try:
        part = step(part_of(state, number, declared), Pick(number), host)
    except Beyond as found:
        return f"it reads {found.cell}"
    return _parting(whole, part, declared)


def _parting(whole: Step, part: Step, declared: Footprint) -> str:
    """Where the step on a part has come to something else."""
    if (whole.row, whole.events) != (part.row, part.events):
        return "it ends otherwise when the rest is hidden"
    one, two = whole.state, part.state
    if (one.ready, one.deadlines, one.counters) != (two.ready, two.deadlines, two.counters):
        return "it wakes others when the rest is hidden"
    for cell in declared.writes:
        if _content(one, cell) != _content(two, cell):
            return f"it leaves {cell} otherwise when the rest is hidden"
    return ""


def changes(before: State, after: State) -> set[Cell]:
    """The cells that are not as they were."""
    found: set[Cell] = set()
    for number in before.coroutines.differing(after.coroutines):
        was, now = before.coroutines.find(number), after.coroutines.find(number)
        is_gone = was is not None and now is None and was.status == "done"
        found.add((MEMBERS, was.session) if is_gone and was is not None else (COROUTINE, number))
    for number in before.sessions.differing(after.sessions):
        found |= _changes_of(number, before.sessions.find(number), after.sessions.find(number))
    was, now = before.guards, after.guards
    layers = {*was.grants, *now.grants}
    found |= {(LAYER, one) for one in layers if was.grants.get(one) != now.grants.get(one)}
    for kind, name in (("session", "next_session"), (COROUTINE, "next_coroutine")):
        if getattr(before, name) != getattr(after, name):
            found.add((IDS, kind))
    return found | ({(IDS, "nonce")} if was.next_nonce != now.next_nonce else set())


def _changes_of(number: int, was: Session | None, now: Session | None) -> set[Cell]:
    if was is None or now is None:
        return {(SESSION, number)}
    found: set[Cell] = set()
    for kind, name in ((SESSION, "status"), (LOSSY, "lossy"), (MEMBERS, "members")):
        if getattr(was, name) != getattr(now, name):
            found.add((kind, number))
    for role in now.endpoints:
        if _end(was, role) != _end(now, role):
            found.add((END, number, role))
        if _owner(was, role) != _owner(now, role):
            found.add((OWNER, number, role))
    for edge in {*was.queues, *now.queues, *was.edges, *now.edges}:
        if _edge(was, edge) != _edge(now, edge):
            found.add((EDGE, number, *edge))
    return found


def _end(session: Session, role: str) -> tuple[object, ...]:
    side = session.endpoints[role]
    return side.type, side.answers, side.facts


def _owner(session: Session, role: str) -> tuple[object, ...]:
    side = session.endpoints[role]
    return side.owner, side.in_flight


def _edge(session: Session, edge: tuple[str, str]) -> tuple[object, ...]:
    return session.queue(*edge), session.edge(edge)


def _content(state: State, cell: Cell) -> object:
    """What stands in a cell."""
    kind, *place = cell
    if kind == COROUTINE:
        return state.coroutines.find(int(place[0]))
    if kind == LAYER:
        return state.guards.grants.get(str(place[0]))
    if kind == IDS:
        return state.next_session, state.next_coroutine
    session = state.sessions.find(int(place[0]))
    if session is None:
        return None
    match kind:
        case "end":
            return _end(session, str(place[1]))
        case "owner":
            return _owner(session, str(place[1]))
        case "edge":
            return _edge(session, (str(place[1]), str(place[2])))
        case _:
            return session.status, session.members, session.lossy
