"""Claim 20: an abort gives back what was at the fork."""

from __future__ import annotations

from antiphon.machine.event import Aborted, Forked, Joined
from antiphon.machine.snapshot import SessionView, Snapshot
from antiphon.parity.claims.moments import Moment, View, without


class Forks:
    """The forks that are open in a course, each with the state in which it began."""

    def __init__(self) -> None:
        self._open: dict[int, list[Snapshot]] = {}

    def look(self, moment: Moment) -> str | None:
        """What an abort has not given back, or nothing; None if the step is no abort."""
        stack = self._open.setdefault(moment.coroutine, [])
        found: str | None = None
        for event in moment.events:
            if isinstance(event, Forked):
                stack.append(moment.before)
            elif isinstance(event, Joined):
                stack.pop()
            elif isinstance(event, Aborted):
                found = restored(stack.pop(), moment)
        return found


def restored(then: Snapshot, moment: Moment) -> str:
    """What is not as it was ``then``, of what the coroutine of the abort has."""
    number, was, now = moment.coroutine, View(then), moment.right
    mine, after = was.coroutines[number], now.coroutines[number]
    gone = {one for one in was.sessions if not _is_active(now.sessions.get(one))}
    if (mine.registers, without(mine, gone).levels) != (after.registers, after.levels):
        return "registers or outer forks are not as they were"
    for one, session in was.sessions.items():
        later = now.sessions.get(one)
        if later is None or one in gone or later.lossy:
            continue
        for before, side in zip(session.endpoints, later.endpoints, strict=True):
            if number not in (before.owner, side.owner):
                continue
            if (before.owner, before.node, before.facts) != (side.owner, side.node, side.facts):
                return f"the endpoint of {side.role} is not as it was"
            if words := _queues(session, later, side.role):
                return words
    return ""


def _is_active(session: SessionView | None) -> bool:
    return session is not None and session.status == "active"


def _queues(session: SessionView, later: SessionView, role: str) -> str:
    """Peers have only added to the queues of a role, and taken from those that it fills."""
    was, now = _by_edge(session), _by_edge(later)
    for edge in {*was, *now}:
        old, new = was.get(edge, ()), now.get(edge, ())
        if edge[1] == role and new[: len(old)] != old:
            return f"what came from {edge[0]} is not back"
        if edge[0] == role and new != old[len(old) - len(new) :]:
            return f"what went to {edge[1]} is there"
    return ""


def _by_edge(session: SessionView) -> dict[tuple[str, str], tuple[object, ...]]:
    return {(queue.sender, queue.receiver): queue.messages for queue in session.queues}
