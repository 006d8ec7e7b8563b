"""Loading an image: one session, one coroutine per role (docs/semantics.md)."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode.program import Image
from antiphon.machine.event import Event, Opened
from antiphon.model.link import edges_at_first
from antiphon.model.state import Coroutine, EndpointState, Session, State
from antiphon.theory.unfold import head
from antiphon.values.value import UNIT, Endpoint


def load(state: State, image: Image) -> tuple[State, tuple[Event, ...]]:
    """The state with a new session of ``image``, its coroutines at the back of the ready queue."""
    session_id, first = state.next_session, state.next_coroutine
    endpoints: dict[str, EndpointState] = {}
    coroutines = state.coroutines
    for number, program in enumerate(image.programs):
        endpoints[program.role] = EndpointState(head(program.local_type), owner=first + number)
        rest = (UNIT,) * (program.registers - 1)
        registers = (Endpoint(session_id, program.role), *rest)[: program.registers]
        mine = (Endpoint(session_id, program.role),)
        coroutine = Coroutine(
            first + number, session_id, program, registers, mine, since=state.clock
        )
        coroutines = coroutines.put(coroutine.id, coroutine)
    edges = edges_at_first(state, session_id, image, state.clock)
    following = first + len(image.programs)
    members = tuple(range(first, following))
    loaded = replace(
        state,
        next_session=session_id + 1,
        next_coroutine=following,
        ready=(*state.ready, *members),
        sessions=state.sessions.put(
            session_id, Session(session_id, image, members, "active", endpoints, edges=edges)
        ),
        coroutines=coroutines,
    )
    return loaded, (Opened(state.clock, session_id, image.roles),)
