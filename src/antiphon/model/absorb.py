"""``absorb``: nothing keeps a role from taking what is in transit to it.

For each sender of a role: follow the role's type until all that is in transit from that sender is
taken. A message of that sender must be among those that the type takes there, and the end must not
come first. Where another peer decides, its message in transit tells the way; if there is none, some
way must do, for the peer may know by now which it is. Where the role itself decides, all ways must
do.

This is safety as one role sees it, for queues of any length: a run of projected types never leaves
it (decision 0023). Source: the coherence of Honda, Yoshida and Carbone, JACM 2016, with queues that
run ahead of the receiver's head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from antiphon.machine.event import Event, Forked, Received, Selected, Sent
from antiphon.machine.standing import standing
from antiphon.model.level import Edge, Message
from antiphon.model.premise import after, sort_of_label
from antiphon.model.speculation import staged
from antiphon.model.state import Session, State
from antiphon.theory.local_type import END, Input, LocalType, Output
from antiphon.theory.transitions import narrow
from antiphon.theory.unfold import head
from antiphon.values.sort import Sort, has_sort
from antiphon.values.value import Endpoint, Value

LOOK_MAX: Final = 400
"""How many states of a type are looked at for one sender; what takes more is not decided."""

Labels: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""For each sender the labels in transit, oldest first."""
Sorts: TypeAlias = tuple[frozenset[Sort], ...]
_Place: TypeAlias = tuple[LocalType, tuple[int, ...]]
"""A state of the type, and how many messages of each sender are taken."""
_Ways: TypeAlias = tuple[Callable[[Iterable[bool]], bool], tuple[_Place, ...]]


def in_transit(state: State, session: Session, edge: Edge) -> tuple[Message, ...]:
    """What is in transit on an edge, oldest first: what is queued, then what forks have staged.

    What a fork has taken is consumed: the type of who took it is behind it.
    """
    return (*session.queue(*edge), *staged(state, session, edge))


def is_absorbed(state: State, session: Session, role: str, *, newest: bool = False) -> bool:
    """Whether a role will take all that is in transit to it, of whatever sort it is.

    ``newest``: of each queue only the last value is looked at, the others have been before.
    """
    edges = ((one, in_transit(state, session, (one, role))) for one in sorted(session.endpoints))
    queues = {one: queue for one, queue in edges if queue}
    transit = tuple((one, tuple(each.label for each in queue)) for one, queue in queues.items())
    if not transit:
        return True
    found = expected(session.endpoints[role].type, transit)
    if found is None:
        return False
    for sender, _ in transit:
        queue, sorts = queues[sender], found.get(sender, ())
        for message, wanted in list(zip(queue, sorts, strict=False))[-1 if newest else 0 :]:
            if wanted and not any(_fits(message[1], sort) for sort in wanted):
                return False
    return True


def _fits(value: Value, sort: Sort) -> bool:
    """Whether a value has a sort; of an endpoint in transit its sender has seen to it."""
    return isinstance(value, Endpoint) if sort.delegates else has_sort(value, sort)


@lru_cache(maxsize=65536)
def expected(state: LocalType, transit: Labels) -> Mapping[str, Sorts] | None:
    """For each sender the sorts that each of its messages in transit may have; None if one of them
    is not taken. A sender for whom that is not decided is left out.
    """
    found: dict[str, Sorts] = {}
    for number, (sender, labels) in enumerate(transit):
        sorts: list[set[Sort]] = [set() for _ in labels]
        answer = _follow(state, transit, number, sorts)
        if answer is False:
            return None
        if answer:
            found[sender] = tuple(map(frozenset, sorts))
    return found


def _follow(start: LocalType, transit: Labels, number: int, sorts: list[set[Sort]]) -> bool | None:
    """Whether all of one queue is taken, None if there is too much to see."""
    senders = {sender: at for at, (sender, _) in enumerate(transit)}
    first: _Place = (start, (0,) * len(transit))
    ways: dict[_Place, _Ways] = {}
    stack = [first]
    while stack:
        place = stack.pop()
        if place not in ways:
            if len(ways) == LOOK_MAX:
                return None
            ways[place] = _ways(place, transit, senders, number, sorts)
            stack += ways[place][1]
    return first not in _hopeless(ways)


def _ways(
    place: _Place,
    transit: Labels,
    senders: Mapping[str, int],
    number: int,
    sorts: list[set[Sort]],
) -> _Ways:
    """Where a place leads, and whether all of that must do or any."""
    state, taken = place
    if taken[number] == len(sorts):
        return all, ()
    if not isinstance(state, Input | Output):
        return any, ()
    at = senders.get(state.peer) if isinstance(state, Input) else None
    if at is None or taken[at] == len(transit[at][1]):
        places = tuple((after(state, label), taken) for label, _, _ in state.branches)
        return (all if isinstance(state, Output) else any), places
    label = transit[at][1][taken[at]]
    sort = sort_of_label(state, label)
    if sort is None:
        return any, ()
    if at == number:
        sorts[taken[at]].add(sort)
    return all, ((after(state, label), (*taken[:at], taken[at] + 1, *taken[at + 1 :])),)


def _hopeless(ways: Mapping[_Place, _Ways]) -> set[_Place]:
    """The places from which the queue cannot be taken; never to come to an end is none of them."""
    found: set[_Place] = set()
    while True:
        more = {
            place
            for place, (needed, places) in ways.items()
            if place not in found and not needed(one not in found for one in places)
        }
        if not more:
            return found
        found |= more


def types_explain(state: State, session: Session, events: Iterable[Event]) -> bool:
    """Whether its roles, each keeping to its own type, have come to where the session is.

    Then it is no fault of the machine if a message is not absorbed. What was sent in a fork that
    was open when its coroutine crashed is nowhere.
    """
    events = tuple(one for one in standing(events) if one.session == session.id)
    is_whole = not any(isinstance(event, Forked) for event in events)
    types: dict[str, LocalType] = {
        program.role: head(program.local_type) for program in session.image.programs
    }
    queues: dict[Edge, tuple[str, ...]] = {}
    for event in events:
        match event:
            case Selected(_, _, _, role, label):
                now = types.get(role, END)
                if not isinstance(now, Output) or sort_of_label(now, label) is None:
                    return False
                types[role] = narrow(now, label)
            case Sent(_, _, _, role, peer, label):
                now, edge = types.get(role, END), (role, peer)
                if not isinstance(now, Output) or sort_of_label(now, label) is None:
                    return False
                types[role] = after(now, label)
                queues[edge] = (*queues.get(edge, ()), label)
            case Received(_, _, _, peer, role, label):
                now, edge = types.get(role, END), (peer, role)
                if not isinstance(now, Input) or sort_of_label(now, label) is None:
                    return False
                if queues.get(edge, ())[:1] != (label,):
                    return False
                types[role] = after(now, label)
                queues[edge] = queues[edge][1:]
            case _:
                continue
    edges = {*session.queues, *queues}
    held = {edge: tuple(each.label for each in in_transit(state, session, edge)) for edge in edges}
    return types == {role: side.type for role, side in session.endpoints.items()} and all(
        queues.get(edge, ())[: None if is_whole else len(queue)] == queue
        for edge, queue in held.items()
    )
