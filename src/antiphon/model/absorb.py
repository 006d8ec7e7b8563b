"""``absorb``: what is in transit to a role will be taken by it, whatever anybody chooses.

For each sender of a role: follow the role's type until all that is in transit from that sender is
taken. A message of that sender must be among those that the type takes there; where another peer
decides, its message in transit tells the way, and if there is none, all ways must do; where the
role itself decides, all ways must do as well; and the end must not come first.

It is safety as one role sees it: a run of the two types of one conversation never leaves it. Of
three roles it may, where another is still to tell of a choice that is made (decision 0023); so if
it does not hold, ``types_explain`` says whether that is the machine's doing. Source: the coherence
of Honda, Yoshida and Carbone, JACM 2016, with queues that run ahead of the receiver's head.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from antiphon.machine.event import Event, Received, Selected, Sent
from antiphon.model.premise import after, sort_of_label
from antiphon.model.state import Edge, Session
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


def incoming(session: Session, role: str) -> Labels:
    """The labels in transit to a role, by sender."""
    return tuple(
        (sender, tuple(message[0] for message in queue))
        for (sender, receiver), queue in sorted(session.queues.items())
        if receiver == role and queue
    )


def is_absorbed(session: Session, role: str, *, newest: bool = False) -> bool:
    """Whether a role will take all that is in transit to it, of whatever sort it is.

    ``newest``: of each queue only the last value is looked at, the others have been before.
    """
    transit = incoming(session, role)
    if not transit:
        return True
    found = expected(session.endpoints[role].type, transit)
    if found is None:
        return False
    for sender, _ in transit:
        queue, sorts = session.queue(sender, role), found.get(sender, ())
        for message, wanted in list(zip(queue, sorts, strict=False))[-1 if newest else 0 :]:
            if not all(_fits(message[1], sort) for sort in wanted):
                return False
    return True


def _fits(value: Value, sort: Sort) -> bool:
    """Whether a value has a sort; of an endpoint in transit its sender has seen to it."""
    return isinstance(value, Endpoint) if sort.delegates else has_sort(value, sort)


@lru_cache(maxsize=65536)
def expected(state: LocalType, transit: Labels) -> Mapping[str, Sorts] | None:
    """For each sender the sorts that each of its messages in transit must have; None if one of
    them is not taken. A sender for whom that is not decided is left out.
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
    """Whether all of one queue is taken on every way, None if there are too many to see."""
    senders = {sender: at for at, (sender, _) in enumerate(transit)}
    first: _Place = (start, (0,) * len(transit))
    seen, stack = {first}, [first]
    while stack:
        state, taken = stack.pop()
        if taken[number] == len(sorts):
            continue
        if not isinstance(state, Input | Output):
            return False
        labels: Iterable[str] = (label for label, _, _ in state.branches)
        at = senders.get(state.peer) if isinstance(state, Input) else None
        if at is not None and taken[at] < len(transit[at][1]):
            label = transit[at][1][taken[at]]
            sort = sort_of_label(state, label)
            if sort is None:
                return False
            if at == number:
                sorts[taken[at]].add(sort)
            labels = (label,)
            taken = (*taken[:at], taken[at] + 1, *taken[at + 1 :])
        for label in labels:
            place = after(state, label), taken
            if place not in seen:
                seen.add(place)
                stack.append(place)
        if len(seen) > LOOK_MAX:
            return None
    return True


def types_explain(session: Session, events: Iterable[Event]) -> bool:
    """Whether its roles, each keeping to its own type, have come to where the session is.

    Then it is no fault of the machine if a message is not absorbed.
    """
    types: dict[str, LocalType] = {
        program.role: head(program.local_type) for program in session.image.programs
    }
    queues: dict[Edge, tuple[str, ...]] = {}
    for event in events:
        if event.session != session.id:
            continue
        match event:
            case Selected(_, _, _, role, label):
                state = types.get(role, END)
                if not isinstance(state, Output) or sort_of_label(state, label) is None:
                    return False
                types[role] = narrow(state, label)
            case Sent(_, _, _, role, peer, label):
                state, edge = types.get(role, END), (role, peer)
                if not isinstance(state, Output) or sort_of_label(state, label) is None:
                    return False
                types[role] = after(state, label)
                queues[edge] = (*queues.get(edge, ()), label)
            case Received(_, _, _, peer, role, label):
                state, edge = types.get(role, END), (peer, role)
                if not isinstance(state, Input) or sort_of_label(state, label) is None:
                    return False
                if queues.get(edge, ())[:1] != (label,):
                    return False
                types[role] = after(state, label)
                queues[edge] = queues[edge][1:]
            case _:
                continue
    held = {edge: tuple(message[0] for message in queue) for edge, queue in session.queues.items()}
    return types == {role: side.type for role, side in session.endpoints.items()} and all(
        held.get(edge, ()) == queues.get(edge, ()) for edge in {*held, *queues}
    )
