"""What a step may change: law ``frame``, and ``partition`` over what changed."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode.instruction import Abort, Acquire, Instruction, Release, Tag
from antiphon.model.laws import broken
from antiphon.model.speculation import without
from antiphon.model.state import Coroutine, Session, State
from antiphon.values.value import Endpoint


def check_frame(
    before: State, after: State, actor: int | None, coroutines: list[int], sessions: list[int]
) -> None:
    """Law ``frame``, and the counters of ``ids``."""
    if after.next_session < before.next_session or after.next_coroutine < before.next_coroutine:
        broken("ids", "the counters", "they went down")
    if after.guards is not before.guards:
        _check_guards(before, after, actor)
    given = _given(before, after, actor)
    for number in coroutines:
        if number != actor:
            _check_other(before, after, number, given)
        elif (me := after.coroutines.find(number)) is not None:
            _check_stepper(before.coroutines[number], me, sessions)
    tags = _instruction(before, actor) in (Abort, Tag)
    for number in sessions:
        was, now = before.sessions.find(number), after.sessions.find(number)
        if was is None:
            if number < before.next_session:
                broken("ids", f"session {number}", "it was there before")
        elif now is not None:
            _check_parts(was, now, actor, before.next_coroutine, tags=tags)


def _instruction(before: State, actor: int | None) -> type[Instruction] | None:
    """What the stepper was at."""
    me = None if actor is None else before.coroutines.find(actor)
    if me is None or not 0 <= me.pc < len(me.program.code):
        return None
    return type(me.program.code[me.pc])


def _check_stepper(was: Coroutine, now: Coroutine, sessions: list[int]) -> None:
    """Of a stepper that waits or faults, nothing changes but that, and what it has paid (S8)."""
    if now.status not in ("blocked", "faulted"):
        return
    cell = f"coroutine {now.id}"
    paid = {"cost": now.cost, "since": now.since, "status": now.status}
    if now.status == "faulted":
        was = replace(was, levels=())
    if replace(was, block=now.block, fault=now.fault, **paid) != now:
        broken("frame", cell, f"it is {now.status}, and more of it changed")
    if now.status == "blocked" and sessions:
        broken("frame", cell, f"it is blocked, and sessions {sessions} changed")


def _check_guards(before: State, after: State, actor: int | None) -> None:
    """Of the layers, ``acquire`` takes one that is free, by the next grant; ``release`` gives one
    back that the stepper holds, a fault all of them.
    """
    was, now = before.guards.grants, after.guards.grants
    me = None if actor is None else after.coroutines.find(actor)
    kind, next_nonce = _instruction(before, actor), before.guards.next_nonce
    come = [layer for layer, grant in now.items() if was.get(layer) != grant]
    gone = [layer for layer, grant in was.items() if now.get(layer) != grant]
    if after.guards.next_nonce != next_nonce + len(come):
        broken("ids", "the grants", "they are not counted")
    for layer in come:
        is_next = (now[layer].holder, now[layer].nonce) == (actor, next_nonce)
        if kind is not Acquire or not is_next:
            broken("frame", f"layer {layer}", "the stepper did not acquire it")
    for layer in gone:
        is_free = layer not in now and (kind is Release or (me and me.status == "faulted"))
        if not is_free or was[layer].holder != actor:
            broken("frame", f"layer {layer}", "its holder did not give it back")


def _given(before: State, after: State, actor: int | None) -> set[Endpoint]:
    """The endpoints that the stepper has given away."""
    was = None if actor is None else before.coroutines.find(actor)
    now = None if actor is None else after.coroutines.find(actor)
    if was is None or now is None or was.owned is now.owned:
        return set()
    return {*was.owned} - {*now.owned}


def _check_other(before: State, after: State, number: int, given: set[Endpoint]) -> None:
    """A coroutine that did not step is new, or gone after it was done, or it was woken, or it has
    got what the stepper gave away.
    """
    was, now = before.coroutines.find(number), after.coroutines.find(number)
    cell = f"coroutine {number}"
    if was is None:
        if number < before.next_coroutine:
            broken("ids", cell, "it was there before")
    elif now is None:
        if was.status != "done":
            broken("frame", cell, f"it was {was.status}, and is gone")
    elif was.status != now.status and (was.status, now.status) != ("blocked", "ready"):
        broken("frame", cell, f"it was {was.status}, and is {now.status} without a step of its own")
    else:
        kept = replace(now, status=was.status, block=was.block, since=was.since, owned=was.owned)
        was = _without_gone(after, was)
        if kept != was or (was.status == now.status and was.block != now.block):
            broken("frame", cell, "more changed than that it was woken")
        lost = {one for one in was.owned if after.sessions.find(one.session) is not None}
        if not {*now.owned} - {*was.owned} <= given or not lost <= {*now.owned}:
            broken("frame", cell, "it owns what it was not given, or has lost what it owned")


def _without_gone(after: State, was: Coroutine) -> Coroutine:
    """A coroutine without what its forks had of sessions that are not active any more."""
    parts = ((*one.kept, *one.staged, *one.taken) for one in was.levels)
    for number in {part.session for level in parts for part in level}:
        session = after.sessions.find(number)
        if session is None or session.status != "active":
            was = without(was, number)
    return was


def _check_parts(was: Session, now: Session, actor: int | None, fresh: int, *, tags: bool) -> None:
    """Of a session that goes on, the stepper's endpoints change, and the queues at them; and new
    coroutines may be at home in it, from ``fresh`` on. Only ``tag`` and ``abort`` change
    what is known.
    """
    cell = f"session {now.id}"
    if now.members != was.members:
        kept = tuple(number for number in now.members if number < fresh)
        if kept != was.members:
            broken("frame", cell, "others are at home in it")
        was = replace(was, members=now.members)
    own: set[str] = set()
    for role, side in now.endpoints.items():
        old = was.endpoints[role]
        is_lost = old.in_flight and now.status == "faulted"  # with the message that it was
        if is_lost or (actor is not None and actor in (side.owner, old.owner)):
            own.add(role)
        if side.facts is not old.facts and side.facts != old.facts and not tags:
            broken("frame", f"endpoint {role} of {cell}", "it knows what nobody has tagged")
    if now.status != was.status:
        if now.status != "faulted" or any(now.queues.values()):
            broken("frame", cell, f"it was {was.status}, and is {now.status}")
        return
    if not own and was != now:
        broken("frame", cell, "it changed, and the stepper has no part in it")
    for role, side in now.endpoints.items():
        old = was.endpoints[role]
        if side is not old and role not in own and replace(side, tokens=old.tokens) != old:
            broken("frame", f"endpoint {role} of {cell}", "it is not the stepper's")
    for edge in {**was.queues, **now.queues}:
        if was.queue(*edge) is not now.queue(*edge) and own.isdisjoint(edge):
            broken("frame", f"queue {edge} of {cell}", "it is not at the stepper's end")
    for edge in {**was.edges, **now.edges}:
        if was.edge(edge) != now.edge(edge) and edge[0] not in own:
            broken("frame", f"edge {edge} of {cell}", "the stepper does not send on it")


def check_queue(before: State, after: State, actor: int | None, changed: list[int]) -> None:
    """Law ``partition``, over what changed: the others keep their places, the newly ready follow.

    With ``changed`` every coroutine that is not the same, this and the law before give it after.
    """
    stay = tuple(number for number in before.ready if number != actor)
    kept, come = after.ready[: len(stay)], after.ready[len(stay) :]
    if kept != stay:
        broken("partition", "the ready queue", f"{kept} is not {stay}")
    if len(set(come)) < len(come):
        broken("partition", "the ready queue", f"{come} repeats itself")
    before_ready = set(stay) if changed else set[int]()
    for number in changed:
        me = after.coroutines.find(number)
        is_ready = me is not None and me.status == "ready"
        if is_ready != (number in come or number in before_ready):
            status = "gone" if me is None else me.status
            broken("partition", f"coroutine {number}", f"it is {status}, the queue is {come}")
    if not set(come) <= set(changed):
        broken("partition", "the ready queue", f"{come} were not made ready")
