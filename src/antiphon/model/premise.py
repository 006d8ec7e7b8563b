"""What a local type allows now: the monitor, and the numbers of a type's states."""

from __future__ import annotations

from functools import lru_cache

from antiphon.bytecode.program import Image
from antiphon.model.state import Session, State
from antiphon.theory import transitions
from antiphon.theory.local_type import Input, LocalType, Output, nodes
from antiphon.values.sort import Sort, has_sort
from antiphon.values.value import Endpoint, Value


@lru_cache(maxsize=4096)
def _numbers(local_type: LocalType) -> dict[LocalType, int]:
    return transitions.number_states(local_type)


def number(local_type: LocalType, state: LocalType) -> int:
    """The canonical number of ``state`` among the states of the role's ``local_type``."""
    return _numbers(local_type)[state]


@lru_cache(maxsize=4096)
def has_edge(image: Image, edge: tuple[str, str]) -> bool:
    """Whether a role of ``image`` ever sends on this edge, or receives."""
    return any(
        (isinstance(node, Output) and (program.role, node.peer) == edge)
        or (isinstance(node, Input) and (node.peer, program.role) == edge)
        for program in image.programs
        for node in nodes(program.local_type)
    )


@lru_cache(maxsize=65536)
def after(state: Output | Input, label: str) -> LocalType:
    """The state after communicating ``label``, which must be a branch."""
    return transitions.after(state, label)


def fits(state: State, value: Value, sort: Sort) -> bool:
    """Whether ``value`` may be sent where ``sort`` is declared.

    A sort ``P@R`` asks for the endpoint of ``R`` in an active session of ``P``, whose type is in
    its first state.
    """
    if sort.delegates is None:
        return has_sort(value, sort)
    if not isinstance(value, Endpoint):
        return False
    session = state.sessions.find(value.session)
    if session is None or session.status != "active" or value.role not in session.endpoints:
        return False
    protocol, role = sort.delegates
    return (session.image.name, value.role) == (protocol, role) and _is_new(session, role)


def _is_new(session: Session, role: str) -> bool:
    local_type = next(p.local_type for p in session.image.programs if p.role == role)
    return number(local_type, session.endpoints[role].type) == 0


def still_fits(state: State, value: Value, sort: Sort) -> bool:
    """Whether ``value`` may be received where ``sort`` is declared: an endpoint whose session has
    gone meanwhile, or failed, is let in.
    """
    if sort.delegates is None or not isinstance(value, Endpoint):
        return fits(state, value, sort)
    session = state.sessions.find(value.session)
    return session is None or session.status != "active" or fits(state, value, sort)


def sort_of_label(state: Output | Input, label: str) -> Sort | None:
    """The payload sort of the branch ``label``, or None if there is no such branch."""
    for name, sort, _ in state.branches:
        if name == label:
            return sort
    return None
