"""Giving guard layers back: who waits for one, and what one who fails holds (S12, S24)."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode.table import ACQUIRE_WAIT
from antiphon.machine.event import Released
from antiphon.model.ending import Ending
from antiphon.model.state import Coroutine, State


def waiting_for(state: State, layer: str) -> tuple[int, ...]:
    """Those who wait for a guard layer."""
    return tuple(
        number
        for number, one in state.coroutines.items()
        if one.block is not None and one.block.code == ACQUIRE_WAIT and one.block.layer == layer
    )


def give_back(state: State, me: Coroutine, tick: int) -> Ending:
    """The state in which the layers that ``me`` held are free, by name."""
    ending = Ending(state)
    for layer in state.guards.held_by(me.id):
        event = Released(tick, me.session, me.id, me.program.role, layer)
        free = replace(ending.state, guards=ending.state.guards.without(layer))
        ending = ending.then(Ending(free, (event,), frozenset(waiting_for(state, layer))))
    return ending
