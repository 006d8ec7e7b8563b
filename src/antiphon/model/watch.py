"""The laws at work: after every choice over what it touched, and now and then over everything.

Everything is looked at when a run has nothing ready left, every 256 steps, and at each load that
doubles the number of sessions; so what it costs to look does not grow with what there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from antiphon.bytecode.table import ACQUIRE_WAIT
from antiphon.machine.choice import Choice, Pick
from antiphon.machine.event import Event
from antiphon.model import frame, laws
from antiphon.model.absorb import types_explain
from antiphon.model.state import Coroutine, EndpointState, Session, State

EVERY: Final = 256


class Watch:
    """What has been looked at: when everything was, and the ``misfits``: the sessions whose types
    do not fit, so that ``absorb`` cannot be asked of them.
    """

    def __init__(self) -> None:
        self.misfits: set[int] = set()
        self._seen = 0

    def loaded(self, before: State, after: State, events: Sequence[Event]) -> None:
        """Look at a load. Raises ``Bug``."""
        self._touched(before, after, None, events)
        count = after.next_session
        if count & (count - 1) == 0:
            self.everything(after, events)

    def chosen(self, before: State, after: State, choice: Choice, events: Sequence[Event]) -> None:
        """Look at a choice; ``events`` is the whole trace. Raises ``Bug``."""
        if after is before:
            return
        actor = choice.coroutine if isinstance(choice, Pick) else None
        self._touched(before, after, actor, events)
        passed = after.clock - self._seen
        if passed >= EVERY or (not after.ready and passed >= after.alive):
            self.everything(after, events)

    def _touched(
        self, before: State, after: State, actor: int | None, events: Sequence[Event]
    ) -> None:
        coroutines = before.coroutines.differing(after.coroutines)
        sessions = before.sessions.differing(after.sessions)
        frame.check_frame(before, after, actor, coroutines, sessions)
        frame.check_queue(before, after, actor, coroutines)
        for number in coroutines:
            me = after.coroutines.find(number)
            if me is not None:
                laws.check_coroutine(after, me)
                if me.levels:
                    self._staged(after, me, events)
                if me.status == "done" and me.session not in sessions:
                    self._session(after, me.session, None, events)
        if after.guards is not before.guards:
            laws.check_layers(after)
            for me in after.coroutines.values():
                if me.block is not None and me.block.code == ACQUIRE_WAIT:
                    laws.check_blocked(after, me, me.block)
        for number in sessions:
            self._session(after, number, before.sessions.find(number), events)

    def _session(
        self, state: State, number: int, was: Session | None, events: Sequence[Event]
    ) -> None:
        """Look at a session that was otherwise before, and at those who wait on its queues."""
        session = state.sessions.find(number)
        if session is None:
            for side in () if was is None else was.endpoints.values():
                _waiter(state, side)
            return
        laws.check_session(state, session)
        for role, side in session.endpoints.items():
            if was is None or was.endpoints[role] is not side or was.status != session.status:
                _waiter(state, side)
                if side.tokens:
                    self._absorbs(state, session, role, events, newest=True)

    def _staged(self, state: State, me: Coroutine, events: Sequence[Event]) -> None:
        """Look at those to whom the forks of a coroutine have staged messages."""
        for one in (each for level in me.levels for each in level.staged):
            session, (_, receiver) = state.sessions[one.session], one.edge
            if receiver in session.endpoints:
                self._absorbs(state, session, receiver, events)

    def _absorbs(
        self,
        state: State,
        session: Session,
        role: str,
        events: Sequence[Event],
        *,
        newest: bool = False,
    ) -> None:
        if session.id in self.misfits:
            return
        found = laws.check_absorbs(state, session, role, newest=newest)
        if not found:
            return
        if not types_explain(state, session, events):
            laws.broken("absorb", found, "what is in transit to it will not be taken")
        self.misfits.add(session.id)

    def everything(self, state: State, events: Sequence[Event]) -> None:
        """Look at a whole state, reached by ``events``. Raises ``Bug``."""
        self._seen = state.clock
        laws.check_partition(state)
        for me in state.coroutines.values():
            laws.check_coroutine(state, me)
            self._staged(state, me, events)
        for session in state.sessions.values():
            laws.check_session(state, session)
            for role, side in session.endpoints.items():
                if side.tokens:
                    self._absorbs(state, session, role, events)
        laws.check_layers(state)
        laws.check_deadlines(state)
        laws.check_flights(state)


def _waiter(state: State, side: EndpointState) -> None:
    """The owner of an endpoint may wait, and then not for what is over."""
    owner = None if side.owner is None else state.coroutines.find(side.owner)
    if owner is not None and owner.block is not None:
        laws.check_blocked(state, owner, owner.block)
