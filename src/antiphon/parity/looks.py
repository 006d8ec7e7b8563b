"""Steps made by hand of which one look of the watch alone sees that they break a law.

Beside a law that is too lax there can be one that is not asked: after a step the watch looks only
at what the step touched, so each of its looks has a step here that no other look finds wrong.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from antiphon.bytecode.table import SEND_WAIT
from antiphon.machine.buffer import DROP, LATEST, RESIZE, Buffer
from antiphon.machine.config import Config
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import CRASHED
from antiphon.model.guards import Grant
from antiphon.model.level import Message
from antiphon.model.setting import setting
from antiphon.model.state import Session, State
from antiphon.parity.violations import (
    APART,
    FORK,
    GIVEN,
    SENT,
    TAKES,
    WAITS,
    WANTED,
    queued,
    ran,
    with_coroutine,
    with_layers,
    with_session,
    with_side,
    without,
)
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Endpoint, Nat


def _odd(session: Session) -> Session:
    """The session with a message that nobody takes in the queue."""
    return replace(session, queues={("A", "B"): (Message("odd", Nat(1)),)})


def _more(state: State, number: int, tokens: int) -> State:
    """The state with a session that is at its end, whose endpoint ``B`` has so many tokens."""
    copied = replace(with_side(SENT, "B", tokens=tokens).sessions[0], id=number)
    owned = {role: replace(side, owner=None, type=END) for role, side in copied.endpoints.items()}
    put = state.sessions.put(number, replace(copied, endpoints=owned, queues={}))
    return replace(state, sessions=put, next_session=number + 1)


def _waits_for_room(buffer: Buffer, *, crashed: bool = False, messages: int = 1) -> State:
    """The state in which A waits for room behind the messages in such a queue."""
    config = Config(buffers=(("A", "B", buffer),))
    block = Block(SEND_WAIT, 0, "A", "B")
    state = replace(SENT, setting=setting(config), ready=() if crashed else (1,))
    state = with_coroutine(state, 0, pc=0, status="blocked", block=block)
    held = {("A", "B"): (Message("hi", Nat(1)),) * messages}
    state = with_side(state, "B", tokens=messages)
    state = with_session(state, lambda session: replace(session, queues=held))
    return with_coroutine(state, 1, status="faulted", fault=CRASHED) if crashed else state


_FROM_START: Final = with_session(
    with_side(SENT, "B", tokens=0), lambda session: replace(session, queues={})
)
"""B is ready to hear, and nothing is in transit."""
_ODD: Final = replace(APART, message=Message("odd", Nat(1)))

CELLS: Final[dict[str, tuple[str, State]]] = {
    "waiting to send to one who has crashed": (
        "blocked",
        _waits_for_room(Buffer(capacity=1), crashed=True),
    ),
    "waiting for a queue that grows": (
        "blocked",
        _waits_for_room(Buffer(full=RESIZE, capacity=1, maximum=2)),
    ),
    "waiting for a queue that drops": ("blocked", _waits_for_room(Buffer(full=DROP, capacity=1))),
    "waiting for a queue that keeps the latest": (
        "blocked",
        _waits_for_room(Buffer(mode=LATEST), messages=64),
    ),
    "a fork has sent what is not taken": (
        "absorb",
        with_coroutine(_FROM_START, 0, levels=(replace(FORK, staged=(_ODD,)),)),
    ),
    "owned by one who knows another role": (
        "owner",
        with_side(
            with_coroutine(with_coroutine(SENT, 0, owned=()), 1, owned=(Endpoint(0, "A"),)),
            "A",
            owner=1,
        ),
    ),
}
"""Of each state the law that it breaks: most wait for room that is there, or will never be."""

_OTHERS: Final = _more(SENT, 1, 0)
_BAD: Final = with_side(WAITS, "B", tokens=1)
"""B has a token for nothing: what a step leaves alone is not looked at."""
_FAULTED: Final = with_session(ran(WAITS), lambda session: replace(session, status="faulted"))
_DONE: Final = with_coroutine(replace(TAKES, ready=(0,)), 1, status="done", owned=())
_OWNS: Final = with_side(_DONE, "B", owner=None)

LOOKS: Final[dict[str, tuple[str, State, State, int | None]]] = {
    "another's register": (
        "frame",
        SENT,
        with_coroutine(ran(SENT), 1, registers=(UNIT,) * 3),
        0,
    ),
    "another's place": ("partition", SENT, replace(ran(SENT), ready=(0, 1)), 0),
    "the stepper is behind its code": ("pc", SENT, with_coroutine(ran(SENT), 0, pc=9), 0),
    "a fork has sent what is not taken": (
        "absorb",
        SENT,
        with_coroutine(ran(SENT), 0, levels=(replace(FORK, staged=(APART,)),)),
        0,
    ),
    "one who is done owns an endpoint": (
        "owner",
        SENT,
        with_coroutine(replace(SENT, ready=(1,)), 0, status="done", owned=()),
        0,
    ),
    "the next grant has been given before": (
        "layers",
        with_layers(TAKES, 5, n=Grant(1, 5)),
        with_layers(ran(TAKES), 6, n=Grant(1, 5), m=Grant(0, 5)),
        0,
    ),
    "another layer is held by one who is done": (
        "layers",
        with_layers(_OWNS, 1, n=Grant(1, 0)),
        with_layers(ran(_OWNS), 2, n=Grant(1, 0), m=Grant(0, 1)),
        0,
    ),
    "one waits for a layer that was given back": (
        "blocked",
        WANTED,
        with_layers(with_coroutine(WANTED, 0, pc=2)),
        0,
    ),
    "a token too many": ("tokens", SENT, with_side(ran(SENT), "B", tokens=2), 0),
    "one waits for a session that is gone": (
        "blocked",
        WAITS,
        replace(
            with_coroutine(replace(WAITS, ready=()), 0, status="done", owned=()),
            sessions=WAITS.sessions.drop(0),
        ),
        0,
    ),
    "one waits for what was sent": (
        "blocked",
        WAITS,
        with_side(with_session(ran(WAITS), queued), "B", tokens=1),
        0,
    ),
    "one waits for a session that has failed": ("blocked", WAITS, _FAULTED, 0),
    "what was sent is not taken": (
        "absorb",
        _FROM_START,
        with_side(with_session(ran(_FROM_START), _odd), "B", tokens=1),
        0,
    ),
    "long ago": ("tokens", _BAD, replace(ran(_BAD), clock=256), 0),
    "nothing is ready": (
        "tokens",
        _BAD,
        with_coroutine(
            replace(_BAD, ready=(), clock=2), 0, status="blocked", block=Block("host-wait", 0)
        ),
        0,
    ),
    "sessions have doubled": ("tokens", _BAD, _more(_BAD, 1, 0), None),
    "a new session is wrong": ("tokens", GIVEN, _more(GIVEN, 4, 1), None),
    "ids of coroutines go down": ("ids", SENT, replace(ran(SENT), next_coroutine=1), 0),
    "another waits for something else": (
        "frame",
        WAITS,
        with_coroutine(ran(WAITS), 1, block=Block("host-wait", 0)),
        0,
    ),
    "an endpoint on its way": (
        "frame",
        with_side(without(SENT, 1), "B", owner=None, in_flight=True),
        with_side(without(ran(SENT), 1), "B", owner=None, in_flight=True, type=END),
        0,
    ),
    "a session of others": (
        "frame",
        _OTHERS,
        replace(
            ran(_OTHERS),
            sessions=_OTHERS.sessions.put(1, replace(_OTHERS.sessions[1], lossy=True)),
        ),
        0,
    ),
}
"""Of each step, or load where no coroutine steps, as (before, after), the law that it breaks."""
