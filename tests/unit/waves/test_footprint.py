"""Footprints, instruction by instruction; that they cover is the model's to say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import CLASSES
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash, Drop
from antiphon.machine.footprint import ALONE
from antiphon.parity.claims.postures import scenes
from antiphon.waves.footprint import footprint
from tests.unit.waves.stage import scene

A = ("coroutine", 0)


@pytest.mark.parametrize(
    ("name", "writes"),
    [
        ("send | set, a third, idle", {A, ("end", 0, "A"), ("edge", 0, "A", "C")}),
        ("offer | set, a third, idle", {A, ("end", 0, "A"), ("edge", 0, "A", "C")}),
        ("receive | set, a third, idle", {A, ("end", 0, "A"), ("edge", 0, "C", "A")}),
        ("choose | set, a third, idle", {A, ("end", 0, "A"), ("edge", 0, "C", "A")}),
        ("select | set, a third, idle", {A, ("end", 0, "A")}),
        ("open | set, a third, idle", {A, ("ids", "session"), ("session", 1)}),
        ("invoke | set, a third, idle", {A, ("end", 0, "A")}),
        ("acquire l | set, a third, idle", {A, ("end", 0, "A"), ("layer", "l"), ("ids", "nonce")}),
        ("release l | set, a third, idle", {A, ("layer", "l")}),
        ("tag | set, a third, idle", {A, ("end", 0, "A")}),
        ("check | set, a third, idle", {A}),
        ("transfer to C | set, a third, idle", {A, ("coroutine", 2), ("owner", 0, "A")}),
        (
            "spawn | set, a third, idle",
            {A, ("ids", "coroutine"), ("coroutine", 3), ("owner", 0, "A"), ("members", 0)},
        ),
        ("join | set, a third, idle", {A, ("edge", 0, "A", "C")}),
        ("join in a fork | set, a third, idle", {A}),
        ("abort | set, a third, idle", {A, ("end", 0, "A")}),
        (
            "abort after receiving | set, a third, who has spoken",
            {A, ("end", 0, "A"), ("edge", 0, "C", "A")},
        ),
        ("halt | set, a third, idle", {A, ("owner", 0, "A")}),
        ("set | set, a third, idle", {A}),
        ("move | set, a third, idle", {A}),
        ("jump | set, a third, idle", {A}),
        ("yield | set, a third, idle", {A}),
    ],
)
def test_writes(name: str, writes: set[object]) -> None:
    """What may be written."""
    found = footprint(scene(name)[2], 0)
    assert {*found.writes} == writes
    assert not found.alone


@pytest.mark.parametrize("name", ["close", "fork"])
def test_alone(name: str) -> None:
    """These share a wave with nobody."""
    assert footprint(scene(f"{name} | set, a third, idle")[2], 0) == ALONE


def test_everybody_is_known() -> None:
    """Every instruction of the table is in some scene."""
    codes = (program.code for one in scenes() for program in one.images[0].programs)
    assert {type(each) for code in codes for each in code} == {*CLASSES.values()}


def test_who_waits_is_woken() -> None:
    """Whoever waits for what the step does is written."""
    assert ("coroutine", 2) in footprint(scene("send | send, a third, who waits")[2], 1).writes


def test_last_one_ends_the_session() -> None:
    """If nobody else has a part left, the session goes with all that is in it."""
    _, _, sight = scene("halt | set, a third, gone")
    session = sight.session(0)
    assert session is not None
    ends = tuple(replace(one, owner=None) if one.role == "B" else one for one in session.endpoints)
    alone = replace(session, endpoints=ends)
    sight.session = lambda number: alone if number == 0 else None  # pyright: ignore[reportAttributeAccessIssue]
    found = {*footprint(sight, 0).writes}
    assert {("session", 0), ("members", 0), ("owner", 0, "B"), ("end", 0, "C")} <= found


@pytest.mark.parametrize(
    "config",
    [
        Config(2, budget=0),
        Config(2, failures=(Crash(0, "A", 0),)),
        Config(2, failures=(Drop(0, "A", "C", 0),)),
    ],
)
def test_what_is_placed(config: Config) -> None:
    """A step at which something fails, and one that costs too much, stand alone."""
    _, _, sight = scene("send | set, a third, idle")
    sight.config = config
    assert footprint(sight, 0) == ALONE


def test_limits() -> None:
    """Under a limit whoever starts something stands alone: what counts is how many there are."""
    for name in ("open", "spawn"):
        _, _, sight = scene(f"{name} | set, a third, idle")
        sight.config = Config(max_sessions=9, max_coroutines=9)
        assert footprint(sight, 0) == ALONE


def test_nobody() -> None:
    """There is no such coroutine."""
    assert footprint(scene("set | set, a third, idle")[2], 9) == ALONE
