"""What went wrong in a run, in words and with the place in the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from antiphon.bytecode.table import ROW_NUMBER, ROWS
from antiphon.errors import Diagnostic
from antiphon.language.diagnostic import render
from antiphon.machine.event import Event, Faulted
from antiphon.machine.outcome import Waiting
from antiphon.protocols import Protocol
from antiphon.theory.local_type import Input, LocalType, Output
from antiphon.theory.notation import message_text
from antiphon.theory.transitions import number_states


def allowed(local_type: LocalType, node: int) -> str:
    """What the state ``node`` of a local type allows now."""
    state = next(state for state, number in number_states(local_type).items() if number == node)
    if not isinstance(state, Output | Input):
        return "nothing more: it is done"
    messages = " or ".join(message_text(label, sort) for label, sort, _ in state.branches)
    if isinstance(state, Output):
        return f"send {messages} to {state.peer}"
    return f"receive {messages} from {state.peer}"


def waits(edges: Iterable[Waiting]) -> list[str]:
    """Who waits for whom, a line each."""
    return list(map(_wait, edges))


def _wait(edge: Waiting) -> str:
    if edge.layer is not None:
        return f"{edge.role} waits for the guard layer {edge.layer}"
    if edge.role == edge.receiver:
        return f"{edge.role} waits for a message from {edge.sender}"
    if edge.is_cut:
        return f"{edge.role} waits for its link to {edge.receiver}, which stays down"
    return f"{edge.role} waits for room in its queue to {edge.receiver}"


def fault_picture(
    protocol: Protocol, fault: Faulted, before: Sequence[Event], notes: Iterable[str] = ()
) -> str:
    """A fault with the line of the protocol that its role had come to; ``before`` is what had
    happened until then.
    """
    row = ROWS[ROW_NUMBER[fault.fault.row]]
    words = f"{fault.role} fails at `{row.instruction}`: {row.outcome.meaning}"
    places = protocol.where(fault.role, before, fault.session)
    span = places[0] if places else None
    told = Diagnostic(fault.fault.code, words, span, notes=tuple(notes))
    return render(told, protocol.source)
