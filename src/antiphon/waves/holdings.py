"""Which endpoints a coroutine may own, as far as events tell: whoever was given one may have it."""

from __future__ import annotations

from collections import defaultdict

from antiphon.machine.event import Event, Halted, Opened, Received, Spawned, Transferred
from antiphon.machine.snapshot import CoroutineView
from antiphon.values.value import Endpoint


class Holdings:
    """For each coroutine the endpoints that it was given and may still own; ``homes`` says in which
    session it is at home.
    """

    def __init__(self) -> None:
        self.homes: dict[int, int] = {}
        self._given: dict[int, set[Endpoint]] = defaultdict(set)

    def loaded(self, session: int, roles: tuple[str, ...], first: int) -> None:
        """A session was loaded, with a coroutine from ``first`` on for each role."""
        for number, role in enumerate(roles, first):
            self.homes[number] = session
            self._given[number].add(Endpoint(session, role))

    def note(self, event: Event, child: CoroutineView | None) -> None:
        """What a step's event says; ``child`` is the coroutine that it has started, if one."""
        match event:
            case Opened(_, session, roles, int() as number):
                self._given[number] |= {Endpoint(session, role) for role in roles}
            case Transferred(_, session, _, role, target):
                self._given[target].add(Endpoint(session, role))
            case Received(_, _, number, _, _, _, Endpoint() as endpoint):
                self._given[number].add(endpoint)
            case Spawned() if child is not None:
                self.homes[child.id] = child.session
                given = {one for one in child.registers if isinstance(one, Endpoint)}
                self._given[child.id] |= given
            case Halted():
                self._given.pop(event.coroutine, None)
            case _:
                pass

    def of(self, number: int) -> tuple[Endpoint, ...]:
        """What a coroutine may own, by session, then role."""
        found = self._given.get(number, ())
        return tuple(sorted(found, key=lambda one: (one.session, one.role)))
