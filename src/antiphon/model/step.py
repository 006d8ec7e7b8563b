"""One step: fetch, one rule, and what its result does to the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from antiphon.bytecode import instruction as code
from antiphon.bytecode.table import (
    HOST_WAIT,
    OUT_OF_CREDITS,
    PAUSE_WAIT,
    PC_OUT_OF_RANGE,
    ROW_NUMBER,
    ROWS,
    Row,
)
from antiphon.machine.ask import Host
from antiphon.machine.choice import Advance, Choice, Pick, Wake
from antiphon.machine.event import Event, OutputDenied
from antiphon.machine.failure import Crash, Pause
from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import Block
from antiphon.model import commit
from antiphon.model.attempt import CRASHED, Attempt, Change, Stop
from antiphon.model.rules import (
    choice,
    communication,
    control,
    effect,
    guard,
    knowledge,
    ownership,
    session,
    speculation,
)
from antiphon.model.state import Coroutine, State

RULES: dict[type[code.Instruction], Callable[[Attempt, Any], Change]] = {
    code.Send: communication.send,
    code.Receive: communication.receive,
    code.Offer: choice.offer,
    code.Choose: choice.choose,
    code.Select: choice.select,
    code.Open: session.open_,
    code.Close: session.close,
    code.Invoke: effect.invoke,
    code.Acquire: guard.acquire,
    code.Release: guard.release,
    code.Tag: knowledge.tag,
    code.Check: knowledge.check,
    code.Transfer: ownership.transfer,
    code.Spawn: ownership.spawn,
    code.Fork: speculation.fork,
    code.Join: speculation.join,
    code.Abort: speculation.abort,
    code.Set: control.set_,
    code.Move: control.move,
    code.Jump: control.jump,
    code.Yield: control.yield_,
    code.Halt: control.halt,
}

_NAMES = {kind: name for name, kind in code.CLASSES.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """The state after a choice, what was seen, and the table's row that was reached.

    ``row`` is None when the choice was no step.
    """

    state: State
    events: tuple[Event, ...] = ()
    row: Row | None = None


def step(state: State, choice: Choice, host: Host) -> Step:
    """Make one choice. A pick of a coroutine that is not ready changes nothing."""
    match choice:
        case Wake(number):
            return Step(_reask(state, number))
        case Advance(tick):
            return Step(_wait(state, tick))
        case Pick(number) if number in state.ready:
            step = _pick(state, number, host)
            return replace(step, state=commit.wake(step.state, ())) if is_due(step.state) else step
        case Pick():  # pragma: no branch
            return Step(state)


def is_due(state: State) -> bool:
    """Whether somebody waits for a tick that has come."""
    return state.deadlines != () and state.deadlines[0][0] <= state.clock


def _wait(state: State, tick: int) -> State:
    """S21: let time pass, if nobody is ready, until the earliest tick that somebody waits for."""
    if state.ready or state.deadlines == () or state.deadlines[0][0] != tick:
        return state
    return commit.wake(replace(state, clock=tick), ())


def _reask(state: State, number: int) -> State:
    me = state.coroutines.find(number)
    if me is None or me.block is None or me.block.code != HOST_WAIT:
        return state
    return commit.wake(state, (me.id,))


def _pick(state: State, number: int, host: Host) -> Step:
    """S10: every dispatch is one step, one tick and one cost, whatever comes of it; but a coroutine
    that has no step left has nothing to pay with.
    """
    tick = state.clock
    me = state.coroutines[number]
    is_spent = me.cost == state.setting.budget
    me = replace(me, cost=me.cost + (not is_spent), since=0)
    state = replace(
        state,
        clock=tick + 1,
        last_pick=me.id,
        overtakes=0 if state.ready[0] == number else state.overtakes + 1,
        ready=tuple(other for other in state.ready if other != number),
        coroutines=state.coroutines.put(number, me),
    )
    if is_spent:
        return _fault(state, me, Fault("fetch", OUT_OF_CREDITS, "budget"), tick)
    failure = state.setting.sites.get((me.session, me.program.role, me.cost - 1))
    if failure is not None and me.line == ():
        return _fail(state, me, failure, tick)
    if not 0 <= me.pc < len(me.program.code):
        return _fault(state, me, Fault("fetch", PC_OUT_OF_RANGE, "address"), tick)
    instruction = me.program.code[me.pc]
    name = _NAMES[type(instruction)]
    try:
        change = RULES[type(instruction)](Attempt(state, me, tick, host), instruction)
    except Stop as stop:
        if stop.block is None:
            return _fault(state, me, Fault(name, stop.code, stop.clause), tick, stop.denied)
        row = ROWS[ROW_NUMBER[f"{name}.{stop.code}.{stop.clause}"]]
        return Step(commit.block(state, me, stop.block), (), row)
    state, events = commit.apply(state, change, tick)
    return Step(state, events, ROWS[ROW_NUMBER[f"{name}.ok.commit"]])


def _fail(state: State, me: Coroutine, failure: Crash | Pause, tick: int) -> Step:
    """A failure placed at this step: no instruction is tried."""
    if isinstance(failure, Crash):
        state, events = commit.crash(state, me, tick)
        return Step(state, events, ROWS[ROW_NUMBER[CRASHED.row]])
    reason = Block(PAUSE_WAIT, me.session, until=tick + failure.ticks)
    return Step(commit.block(state, me, reason), (), ROWS[ROW_NUMBER["fetch.pause-wait.paused"]])


def _fault(
    state: State, me: Coroutine, fault: Fault, tick: int, denied: OutputDenied | None = None
) -> Step:
    state, events = commit.contain(state, me, fault, tick)
    if denied is not None:
        state, events = commit.count_output(state, passed=False), (denied, *events)
    return Step(state, events, ROWS[ROW_NUMBER[fault.row]])
