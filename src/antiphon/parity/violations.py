"""States and steps made by hand, each of which breaks one law of the machine and is to be named.

A lockstep over a healthy model can only show that no law is too strict. That none is too lax is
shown here: what a law is for, it sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from antiphon.bytecode.instruction import HOST, Acquire, Halt, Instruction, Receive, Release, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.snapshot import Block
from antiphon.model.attempt import CRASHED
from antiphon.model.guards import Grant, Guards
from antiphon.model.level import Apart, Kept, Level, Message
from antiphon.model.machine import Model
from antiphon.model.state import EdgeState, Session, State
from antiphon.theory.local_type import END, LocalType, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import UNIT, Endpoint, Nat, Value

_SENDS = output("B", (("hi", NAT, END),)), (Send(0, HOST), Halt())
_HEARS = input_("A", (("hi", NAT, END),)), (Receive(0, 1), Halt())
_TAKES = END, (Acquire("m", 1), Release("m", 1), Halt())


def _after(
    a: tuple[LocalType, tuple[Instruction, ...]],
    b: tuple[LocalType, tuple[Instruction, ...]],
    *picks: int,
) -> State:
    """Where these picks lead two roles, ``A`` (coroutine 0) and ``B`` (coroutine 1)."""
    model = Model(Config(), lambda _: Nat(1), request=unadmitted())
    model.load(Image("p", (RoleProgram("A", *a, 3), RoleProgram("B", *b, 3))), unverified=True)
    for pick in picks:
        model.step(Pick(pick))
    return model.state


WAITS: Final = _after(_SENDS, _HEARS, 1)
"""B waits for A's message; A is ready."""
SENT: Final = _after(_SENDS, _HEARS, 0)
"""A message is in transit to B, who is ready, and so is A."""
TAKES: Final = _after(_TAKES, _TAKES)
"""Both are ready to acquire layer ``m``."""
HELD: Final = _after(_TAKES, _TAKES, 0)
"""Coroutine 0 holds layer ``m``; both are ready."""
WANTED: Final = _after(_TAKES, _TAKES, 0, 1)
"""That, and coroutine 1 waits for it."""


def with_coroutine(state: State, number: int, **changes: object) -> State:
    """The state with fields of a coroutine changed."""
    me = replace(state.coroutines[number], **changes)  # pyright: ignore[reportArgumentType]
    return replace(state, coroutines=state.coroutines.put(number, me))


def with_session(state: State, change: Callable[[Session], Session]) -> State:
    """The state with session 0 changed."""
    return replace(state, sessions=state.sessions.put(0, change(state.sessions[0])))


def with_side(state: State, role: str, **changes: object) -> State:
    """The state with fields of an endpoint changed."""

    def change(session: Session) -> Session:
        side = replace(session.endpoints[role], **changes)  # pyright: ignore[reportArgumentType]
        return session.with_endpoint(role, side)

    return with_session(state, change)


def with_layers(state: State, next_nonce: int = 1, **grants: Grant) -> State:
    """The state with these layers held."""
    return replace(state, guards=Guards(grants, next_nonce))


def without(state: State, number: int) -> State:
    """The state without a coroutine."""
    return replace(state, coroutines=state.coroutines.drop(number))


_WAITING = "receive-wait"


def stray(state: State) -> State:
    """The state with a copy of coroutine 1 under an id that was never given."""
    me = replace(state.coroutines[1], id=7, owned=())
    return replace(state, coroutines=state.coroutines.put(7, me), ready=(*state.ready, 7))


def elsewhere(state: State) -> State:
    """The state with a copy of session 0 under an id that was never given."""
    copied = replace(state.sessions[0], id=3)
    return replace(state, sessions=state.sessions.put(3, copied))


def queued(session: Session) -> Session:
    """The session with a message in the queue and no token for it."""
    return replace(session, queues={("A", "B"): (Message("hi", Nat(1)),)})


def saying(session: Session, value: Value) -> Session:
    """The session with that value in the message."""
    return replace(session, queues={("A", "B"): (Message("hi", value),)})


def held_by_other(state: State) -> State:
    """The state in which coroutine 1 holds the layer, and owns nothing."""
    return with_side(with_layers(state, m=Grant(1, 0)), "B", owner=None)


_CHOOSES = output("C", (("u", NAT, _HEARS[0]), ("v", NAT, END)))
FORK: Final = Level(0, 0, (UNIT,) * 3)
APART: Final = Apart(0, ("A", "B"), Message("hi", Nat(1)))
STATES: Final[dict[str, tuple[str, State]]] = {
    "released before its end": ("owner", with_side(SENT, "B", owner=None)),
    "released and forgotten before its end": (
        "owner",
        with_side(with_coroutine(SENT, 1, owned=()), "B", owner=None),
    ),
    "owned by one who does not know": ("owner", with_coroutine(SENT, 1, owned=())),
    "known by two": ("owner", with_coroutine(SENT, 0, owned=(Endpoint(0, "B"),))),
    "known after it is gone": ("owner", with_coroutine(SENT, 0, owned=(Endpoint(7, "A"),))),
    "owned and on its way": ("owner", with_side(SENT, "B", in_flight=True)),
    "on its way and nowhere": (
        "owner",
        with_side(with_coroutine(SENT, 1, owned=()), "B", owner=None, in_flight=True),
    ),
    "a message and owned": (
        "owner",
        with_session(SENT, lambda session: replace(saying(session, Endpoint(0, "A")), lossy=True)),
    ),
    "waiting for a tick that has come": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block(_WAITING, 0, "A", "B", WAITS.clock)),
    ),
    "a deadline of nobody": ("blocked", replace(WAITS, deadlines=((9, 1),))),
    "a deadline that is not known": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block(_WAITING, 0, "A", "B", 9)),
    ),
    "owned by nobody there": ("owner", with_side(SENT, "B", owner=9)),
    "owned by one who is done": (
        "owner",
        with_coroutine(replace(SENT, ready=(1,)), 0, status="done"),
    ),
    "a token too many": ("tokens", with_side(SENT, "B", tokens=2)),
    "a message without a token": ("tokens", with_side(SENT, "B", tokens=0)),
    "an id never given": ("ids", stray(SENT)),
    "a session never opened": ("ids", elsewhere(SENT)),
    "ready and not in the queue": ("partition", replace(SENT, ready=(0,))),
    "twice in the queue": ("partition", replace(SENT, ready=(0, 1, 0))),
    "in the queue and not ready": ("partition", replace(WAITS, ready=(0, 1))),
    "gone and in the queue": ("partition", without(SENT, 0)),
    "ready with a reason to wait": (
        "blocked",
        with_coroutine(SENT, 1, block=Block(_WAITING, 0, "A", "B")),
    ),
    "blocked for no reason": ("blocked", with_coroutine(WAITS, 1, block=None)),
    "a reason that is not its instruction's": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block("send-wait", 0, "A", "B")),
    ),
    "waiting where there is no instruction": ("blocked", with_coroutine(WAITS, 1, pc=2)),
    "waiting for what has come": (
        "blocked",
        with_side(with_session(WAITS, queued), "B", tokens=1),
    ),
    "waiting for a session that failed": (
        "blocked",
        with_session(WAITS, lambda session: replace(session, status="faulted")),
    ),
    "waiting for a session that is gone": (
        "blocked",
        with_coroutine(WAITS, 1, block=Block(_WAITING, 8, "A", "B")),
    ),
    "waiting for room that is there": (
        "blocked",
        with_coroutine(
            replace(SENT, ready=(1,)),
            0,
            pc=0,
            status="blocked",
            block=Block("send-wait", 0, "A", "B"),
        ),
    ),
    "waiting for one who has crashed": (
        "blocked",
        with_coroutine(replace(WAITS, ready=()), 0, status="faulted", fault=CRASHED),
    ),
    "waiting for a layer that is free": ("blocked", with_layers(WANTED)),
    "waiting for a layer of its own": ("blocked", with_layers(WANTED, m=Grant(1, 0))),
    "held by nobody there": ("layers", with_layers(HELD, m=Grant(9, 0))),
    "held by one who is done": (
        "layers",
        with_coroutine(replace(held_by_other(HELD), ready=(0,)), 1, status="done", owned=()),
    ),
    "held by one who has faulted": (
        "layers",
        with_coroutine(replace(HELD, ready=(1,)), 0, status="faulted"),
    ),
    "held by a grant never given": ("layers", with_layers(HELD, m=Grant(0, 1))),
    "held by a grant below all": ("layers", with_layers(HELD, m=Grant(0, -1))),
    "two layers by one grant": ("layers", with_layers(HELD, m=Grant(0, 0), n=Grant(1, 0))),
    "facts out of order": ("facts", with_side(SENT, "B", facts=("b", "a"))),
    "a fact twice": ("facts", with_side(SENT, "B", facts=("a", "a"))),
    "a fork of one who has faulted": (
        "forks",
        with_coroutine(replace(SENT, ready=(1,)), 0, status="faulted", levels=(FORK,)),
    ),
    "too many forks": ("forks", with_coroutine(SENT, 1, levels=(FORK,) * 17)),
    "a fork that keeps another's endpoint": (
        "forks",
        with_coroutine(SENT, 1, levels=(replace(FORK, kept=(Kept(0, "A", END, ()),)),)),
    ),
    "a fork that keeps what another sent": (
        "forks",
        with_coroutine(SENT, 1, levels=(replace(FORK, staged=(APART,)),)),
    ),
    "a fork that keeps what another received": (
        "forks",
        with_coroutine(SENT, 0, levels=(replace(FORK, taken=(APART,)),)),
    ),
    "pc behind the code": ("pc", with_coroutine(SENT, 1, pc=3)),
    "pc before the code": ("pc", with_coroutine(SENT, 1, pc=-1)),
    "a message of another sort": ("absorb", with_session(SENT, lambda one: saying(one, UNIT))),
    "a message in a fork that is not taken": (
        "absorb",
        with_coroutine(SENT, 0, levels=(replace(FORK, staged=(APART,)),)),
    ),
    "a message that a choice leaves": ("absorb", with_side(SENT, "B", type=_CHOOSES)),
    "a message that is not taken": ("absorb", with_side(SENT, "B", type=END)),
}
"""Of each state the law that it breaks."""


def ran(state: State) -> State:
    """The state after coroutine 0 went on by one instruction."""
    stay = tuple(number for number in state.ready if number)
    return with_coroutine(replace(state, ready=(*stay, 0)), 0, pc=1)


def touched(state: State) -> State:
    """The state with the stepper's endpoint of session 0 changed as well."""
    return with_side(state, "A", answers=9)


def woken(state: State, **changes: object) -> State:
    """That, and coroutine 1 was woken."""
    changed = with_coroutine(ran(state), 1, status="ready", block=None, **changes)
    return replace(changed, ready=(0, 1))


def at_home(state: State, *members: int) -> State:
    """The state in which those are at home in session 0."""
    return with_session(state, lambda session: replace(session, members=members))


def renamed(state: State, number: int) -> State:
    """The state with a coroutine more, and one id more given."""
    me = replace(state.coroutines[1], id=number, status="ready", block=None)
    put = state.coroutines.put(number, me)
    return replace(state, coroutines=put, next_coroutine=4, ready=(*state.ready, number))


def later(state: State, number: int) -> State:
    """The state with another session, and one id more given."""
    copied = replace(state.sessions[0], id=number)
    return replace(state, sessions=state.sessions.put(number, copied), next_session=3)


GIVEN = replace(WAITS, next_coroutine=4, next_session=3)
BOTH = (Endpoint(0, "A"), Endpoint(0, "B"))
FOREIGN = {**SENT.sessions[0].queues, ("B", "C"): (Message("hi", Nat(1)),)}
TAKEN = with_layers(TAKES, m=Grant(1, 0))
OTHERS = with_layers(HELD, m=Grant(1, 0))
STAYS = with_coroutine(HELD, 0, pc=0)
WAITS_HOST = Block("host-wait", 0)
STEPS: Final[dict[str, tuple[str, State, State]]] = {
    "another's register": ("frame", SENT, with_coroutine(ran(SENT), 1, registers=(UNIT,) * 3)),
    "another's register, woken": ("frame", WAITS, woken(WAITS, registers=(UNIT,) * 3)),
    "another's forks": ("frame", SENT, with_coroutine(ran(SENT), 1, levels=(FORK,))),
    "another is gone": ("frame", WAITS, without(ran(WAITS), 1)),
    "another is ready though it was not": (
        "frame",
        WAITS,
        with_coroutine(ran(WAITS), 1, status="done"),
    ),
    "another owns less": ("frame", SENT, with_coroutine(ran(SENT), 1, owned=())),
    "a session is failed with its messages": (
        "frame",
        SENT,
        with_session(ran(SENT), lambda session: replace(session, status="faulted")),
    ),
    "another owns more": ("frame", SENT, with_coroutine(ran(SENT), 1, owned=BOTH)),
    "others at home": (
        "frame",
        SENT,
        with_session(ran(SENT), lambda one: replace(one, members=(0,))),
    ),
    "another's endpoint": ("frame", SENT, with_side(touched(ran(SENT)), "B", type=END)),
    "a queue between others": (
        "frame",
        SENT,
        with_session(touched(ran(SENT)), lambda one: replace(one, queues=FOREIGN)),
    ),
    "one who waits has changed": (
        "frame",
        SENT,
        with_coroutine(replace(SENT, ready=(1,)), 0, status="blocked", block=WAITS_HOST, pc=0),
    ),
    "one who faults has changed": (
        "frame",
        SENT,
        with_coroutine(replace(SENT, ready=(1,)), 0, status="faulted", registers=(UNIT,) * 3),
    ),
    "one who waits has changed its session": (
        "frame",
        SENT,
        touched(with_coroutine(replace(SENT, ready=(1,)), 0, status="blocked", block=WAITS_HOST)),
    ),
    "a layer from nowhere": ("frame", SENT, with_layers(ran(SENT), m=Grant(0, 0))),
    "a layer for another": ("frame", TAKES, with_layers(ran(TAKES), m=Grant(1, 0))),
    "a layer by another grant": ("frame", TAKES, with_layers(ran(TAKES), m=Grant(0, 3))),
    "a grant that is not counted": ("ids", TAKES, with_layers(ran(TAKES), 0, m=Grant(0, 0))),
    "a layer taken from another": ("frame", TAKEN, with_layers(ran(TAKEN), 2, m=Grant(0, 1))),
    "a layer of another given back": ("frame", OTHERS, with_layers(ran(OTHERS))),
    "a layer given back by acquire": ("frame", STAYS, with_layers(ran(STAYS))),
    "a layer held by another grant at once": (
        "frame",
        HELD,
        with_layers(ran(HELD), 2, m=Grant(0, 1)),
    ),
    "what another's link remembers": (
        "frame",
        SENT,
        with_session(
            touched(ran(SENT)), lambda one: one.with_edge(("B", "A"), EdgeState(capacity=2))
        ),
    ),
    "a fact that nobody has tagged": ("frame", SENT, with_side(ran(SENT), "A", facts=("a",))),
    "ids go down": ("ids", SENT, replace(ran(SENT), next_session=0)),
    "a coroutine's id given again": ("ids", GIVEN, renamed(ran(GIVEN), 2)),
    "a session's id given again": ("ids", GIVEN, later(ran(GIVEN), 1)),
    "another's place in the queue": ("partition", SENT, replace(ran(SENT), ready=(0, 1))),
    "a newcomer twice": ("partition", WAITS, replace(woken(WAITS), ready=(0, 1, 1))),
    "a newcomer who is not ready": ("partition", WAITS, replace(ran(WAITS), ready=(0, 1))),
    "woken and not in the queue": ("partition", WAITS, replace(woken(WAITS), ready=(0,))),
    "gone, and in the queue": ("partition", WAITS, without(ran(WAITS), 0)),
}
"""Of each step of coroutine 0, as (before, after), the law that it breaks."""
