"""The part of a state that a footprint names, and what is hidden of the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import Any

import pytest

from antiphon.machine.choice import Pick
from antiphon.machine.footprint import Footprint, footprint_of
from antiphon.model.part import Beyond, Hidden, part_of
from antiphon.model.step import step
from antiphon.parity.claims.postures import answer
from antiphon.waves.footprint import footprint
from tests.unit.waves.stage import scene


def test_hidden() -> None:
    """Whatever is done with it but passing it on names its cell."""
    one: Any = Hidden(("session", 3))
    looks: tuple[Callable[[Any], object], ...] = (
        attrgetter("status"),
        lambda it: it == 1,
        lambda it: it < 1,
        len,
        replace,
        bool,
        hash,
    )
    for look in looks:
        with pytest.raises(Beyond) as caught:
            look(one)
        assert caught.value.cell == ("session", 3)
    assert [one][0] is one


def test_what_is_shown() -> None:
    """Cells that are named are as they were; all else is hidden, sessions and coroutines too."""
    found, state, sight = scene("acquire l | acquire m, a third, who waits")
    state = step(state, Pick(1), answer).state
    part = part_of(state, 0, footprint(sight, 0))
    assert part.coroutines[0] == state.coroutines[0]
    assert part.guards.grants.get("l") is None
    with pytest.raises(Beyond):
        part.guards.grants.get("m")
    assert part.coroutines[2].block is None
    bare = part_of(state, found.pair[0], Footprint())
    with pytest.raises(Beyond):
        _ = bare.sessions[0].status
    with pytest.raises(Beyond):
        _ = bare.guards.next_nonce + 1


def test_what_one_waits_for() -> None:
    """It is part of the edge, or of the layer; so is what a fork keeps of an edge."""
    _, state, _ = scene("send | set, a third, who waits")
    edge = ("edge", 0, "B", "C")
    seen = part_of(state, 0, footprint_of((), (edge,)))
    assert seen.coroutines[2].block == state.coroutines[2].block
    _, state, _ = scene("acquire l | release l, a third, idle")
    state = step(state, Pick(0), answer).state
    seen = part_of(state, 1, footprint_of((), (("layer", "l"),)))
    assert seen.coroutines[0].block == state.coroutines[0].block
    assert seen.guards.grants.get("l") == state.guards.grants["l"]
    _, state, _ = scene("join | set, a third, idle")
    apart = state.coroutines[0].levels[0].staged
    assert (
        part_of(state, 1, footprint_of((), (("edge", 0, "A", "C"),))).coroutines[0].levels[0].staged
        == apart
    )
    assert part_of(state, 1, Footprint()).coroutines[0].levels[0].staged == ()


def test_queues_and_edges() -> None:
    """A queue that is not named is hidden, one that is empty is as if it were not there."""
    _, state, _ = scene("receive | set, a third, who has spoken")
    edge = ("C", "A")
    named = part_of(state, 0, footprint_of((("session", 0),), (("edge", 0, *edge),)))
    assert named.sessions[0].queue(*edge) == state.sessions[0].queue(*edge)
    with pytest.raises(Beyond):
        named.sessions[0].queue("A", "C")
    with pytest.raises(Beyond):
        len(dict(named.sessions[0].queues)["C", "B"])
    with pytest.raises(Beyond):
        named.sessions[0].edge(("C", "B"))
