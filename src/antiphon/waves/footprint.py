"""What a step may touch, from the instruction and the state before it, without taking the step.

A footprint covers every way in which the step can end, but for faults: a fault is never committed
in a wave of several (``round``), so it need not be foreseen. Where a step certainly faults, looks
at the clock, hands over an endpoint in a message or ends a session with somebody's endpoint in it,
it stands alone. ``model.footprint`` runs the same step on what is declared here and on nothing
else, and parity asks it of every step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Acquire,
    Check,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    Move,
    Offer,
    Open,
    Receive,
    Release,
    Select,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
    Yield,
)
from antiphon.machine.buffer import LATEST
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash, Pause
from antiphon.machine.footprint import (
    ALONE,
    COROUTINE,
    EDGE,
    END,
    IDS,
    LAYER,
    LOSSY,
    MEMBERS,
    OWNER,
    SESSION,
    Footprint,
)
from antiphon.machine.snapshot import ApartView, CoroutineView, LevelView, SessionView
from antiphon.theory.local_type import END as DONE
from antiphon.theory.local_type import Input, Output
from antiphon.values.sort import Sort
from antiphon.values.value import Endpoint, Nat
from antiphon.waves.look import Look, buffer_of, holds_endpoint, queue_of
from antiphon.waves.sight import Sight

_Rule: TypeAlias = Callable[[Look, Any], Footprint]


def footprint(sight: Sight, number: int) -> Footprint:
    """What a ready coroutine's next step may touch."""
    me = sight.coroutine(number)
    if me is None or _is_placed(sight.config, me):
        return ALONE
    instruction = sight.programs.instruction(me)
    rule = None if instruction is None else _RULES.get(type(instruction))
    return ALONE if rule is None else rule(Look(sight, me), instruction)


def _is_placed(config: Config, me: CoroutineView) -> bool:
    """Whether a failure is placed at this very step, or the budget is spent."""
    if me.cost == config.budget:
        return True
    return me.line == () and any(
        isinstance(one, Crash | Pause)
        and (one.session, one.role, one.step) == (me.session, me.role, me.cost)
        for one in config.failures
    )


# Messages ------------------------------------------------------------------------------------


def _send(look: Look, i: Send) -> Footprint:
    return _output(look, i.chan, i.val, None)


def _offer(look: Look, i: Offer) -> Footprint:
    return _output(look, i.chan, i.val, i.label)


def _output(look: Look, chan: int, source: int, label: str | None) -> Footprint:
    channel = look.channel(chan)
    if channel is None or not (source == HOST or 0 <= source < len(look.me.registers)):
        return ALONE
    session, side = channel
    state = look.state(session, side)
    if not isinstance(state, Output):
        return ALONE
    if label is None:
        label = state.branches[0][0]
    sort = _sort_of(state, label)
    edge, config = (side.role, state.peer), look.sight.config
    if sort is None or sort.delegates is not None or _is_timed(look, session, *edge):
        return ALONE
    buffer = buffer_of(config, *edge)
    if buffer.mode == LATEST and holds_endpoint(session, *edge):
        return ALONE
    look.writes.add((END, session.id, side.role))
    look.edge(session, *edge)
    look.loses(session, buffer)
    return look.found()


def _is_timed(look: Look, session: SessionView, sender: str, receiver: str) -> bool:
    """Whether a failure is placed on an edge, so that a send on it may look at the clock."""
    return any(
        not isinstance(one, Crash | Pause)
        and (one.session, one.sender, one.receiver) == (session.id, sender, receiver)
        for one in look.sight.config.failures
    )


def _sort_of(state: Output | Input, label: str) -> Sort | None:
    return next((sort for name, sort, _ in state.branches if name == label), None)


def _input(look: Look, i: Receive | Choose) -> Footprint:
    channel = look.channel(i.chan)
    if channel is None or not 0 <= i.dst < len(look.me.registers):
        return ALONE
    session, side = channel
    state = look.state(session, side)
    if not isinstance(state, Input):
        return ALONE
    queue = queue_of(session, state.peer, side.role)
    if queue is not None:
        label, value = queue.messages[0]
        sort = _sort_of(state, label)
        if sort is None or sort.delegates is not None or isinstance(value, Endpoint):
            return ALONE
        if queue.visible_at and queue.visible_at[0] > look.sight.clock:
            return ALONE
    look.writes.add((END, session.id, side.role))
    look.edge(session, state.peer, side.role)
    return look.found()


def _select(look: Look, i: Select) -> Footprint:
    channel = look.channel(i.chan)
    if channel is None:
        return ALONE
    session, side = channel
    look.writes.add((END, session.id, side.role))
    return look.found()


# Sessions and coroutines ---------------------------------------------------------------------


def _open(look: Look, _: Open) -> Footprint:
    config, number = look.sight.config, look.sight.ids[0]
    if look.me.levels or config.max_sessions is not None:
        return ALONE
    if any(one.session >= number for one in config.failures):
        return ALONE
    look.writes |= {(IDS, "session"), (SESSION, number)}
    return look.found()


def _transfer(look: Look, i: Transfer) -> Footprint:
    channel = look.channel(i.endpoint)
    registers = look.me.registers
    target = registers[i.target] if 0 <= i.target < len(registers) else None
    if channel is None or look.me.levels or not isinstance(target, Nat):
        return ALONE
    receiver = look.sight.coroutine(target.value)
    if receiver is None or receiver.status in ("done", "faulted"):
        return ALONE
    session, side = channel
    look.writes |= {(COROUTINE, receiver.id), (OWNER, session.id, side.role)}
    return look.found()


def _spawn(look: Look, i: Spawn) -> Footprint:
    registers = look.me.registers
    if look.me.levels or look.sight.config.max_coroutines is not None:
        return ALONE
    if not all(0 <= number < len(registers) for number in (*i.args, i.dst)):
        return ALONE
    for value in (registers[number] for number in i.args):
        session = look.sight.session(value.session) if isinstance(value, Endpoint) else None
        if session is not None and isinstance(value, Endpoint):
            look.reads.add((SESSION, session.id))
            look.writes.add((OWNER, session.id, value.role))
    look.writes |= {(IDS, COROUTINE), (COROUTINE, look.sight.ids[1])}
    if look.sight.session(look.me.session) is not None:
        look.reads.add((SESSION, look.me.session))
        look.writes.add((MEMBERS, look.me.session))
    return look.found()


def _halt(look: Look, _: Halt) -> Footprint:
    if look.me.levels:
        return ALONE
    sight = look.sight
    if sight.session(look.me.session) is not None:
        look.reads.add((SESSION, look.me.session))
    owned = sight.owned(look.me.id)
    for number in {one.session for one in owned}:
        session = sight.session(number)
        if session is None:
            return ALONE
        mine = {one.role for one in owned if one.session == number}
        if not _release(look, session, mine):
            return ALONE
    return look.found()


def _release(look: Look, session: SessionView, mine: set[str]) -> bool:
    """A coroutine that halts lets go of its endpoints in a session, which may end so; whether it
    is that and no more.
    """
    number = session.id
    look.reads.add((SESSION, number))
    for side in session.endpoints:
        if side.role in mine:
            if look.state(session, side) is not DONE:
                return False
            look.reads.add((END, number, side.role))
            look.writes.add((OWNER, number, side.role))
        else:
            look.reads.add((OWNER, number, side.role))
            if side.owner is None:
                look.reads.add((END, number, side.role))
    others = (one for one in session.endpoints if one.role not in mine)
    if session.status == "active" and all(one.owner is None for one in others):
        if any(holds_endpoint(session, one.sender, one.receiver) for one in session.queues):
            return False
        look.writes |= {(SESSION, number), (MEMBERS, number), (LOSSY, number)}
        look.writes |= {(END, number, one.role) for one in session.endpoints}
        look.writes |= {(OWNER, number, one.role) for one in session.endpoints}
        look.writes |= {(EDGE, number, one.sender, one.receiver) for one in session.queues}
        look.writes |= {(EDGE, number, one.sender, one.receiver) for one in session.edges}
    return True


# The host, layers, facts ---------------------------------------------------------------------


def _invoke(look: Look, _: Invoke) -> Footprint:
    look.home()
    return look.found()


def _acquire(look: Look, i: Acquire) -> Footprint:
    if look.me.levels:
        return ALONE
    look.home()
    look.writes |= {(LAYER, i.layer), (IDS, "nonce")}
    return look.found()


def _release_layer(look: Look, i: Release) -> Footprint:
    if look.me.levels:
        return ALONE
    look.writes.add((LAYER, i.layer))
    look.writes |= {(COROUTINE, one) for one in look.sight.waiting_for(i.layer)}
    return look.found()


def _tag(look: Look, i: Tag) -> Footprint:
    channel = look.channel(i.chan)
    if channel is None:
        return ALONE
    look.writes.add((END, channel[0].id, channel[1].role))
    return look.found()


def _check(look: Look, i: Check) -> Footprint:
    channel = look.channel(i.chan)
    if channel is None:
        return ALONE
    look.reads.add((END, channel[0].id, channel[1].role))
    return look.found()


# Forks and what a coroutine does by itself ---------------------------------------------------


def _join(look: Look, _: Join) -> Footprint:
    levels = look.me.levels
    if len(levels) == 1 and not all(_put_back(look, one) for one in _apart(levels[0])):
        return ALONE
    return look.found() if levels else ALONE


def _abort(look: Look, _: Abort) -> Footprint:
    if not look.me.levels:
        return ALONE
    level = look.me.levels[-1]
    for kept in level.kept:
        look.reads |= {(SESSION, kept.session), (OWNER, kept.session, kept.role)}
        look.writes.add((END, kept.session, kept.role))
    return look.found() if all(_put_back(look, one) for one in level.taken) else ALONE


def _apart(level: LevelView) -> tuple[ApartView, ...]:
    return (*level.staged, *level.taken)


def _put_back(look: Look, one: ApartView) -> bool:
    """A message that a fork kept apart changes its queue; whether no endpoint is lost for it."""
    session = look.sight.session(one.session)
    edge = (one.sender, one.receiver)
    buffer = buffer_of(look.sight.config, *edge)
    if session is None or (buffer.mode == LATEST and holds_endpoint(session, *edge)):
        return False
    look.reads.add((SESSION, session.id))
    look.edge(session, *edge)
    look.loses(session, buffer)
    return True


def _own(look: Look, _: Instruction) -> Footprint:
    return look.found()


_RULES: Final[dict[type[Instruction], _Rule]] = {
    Send: _send,
    Offer: _offer,
    Receive: _input,
    Choose: _input,
    Select: _select,
    Open: _open,
    Transfer: _transfer,
    Spawn: _spawn,
    Halt: _halt,
    Invoke: _invoke,
    Acquire: _acquire,
    Release: _release_layer,
    Tag: _tag,
    Check: _check,
    Join: _join,
    Abort: _abort,
    Set: _own,
    Move: _own,
    Jump: _own,
    Yield: _own,
}
"""The instructions but ``close``, which ends somebody else's session, and ``fork``, which notes the
clock: they stand alone.
"""
