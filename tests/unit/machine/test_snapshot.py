"""Whole states as data."""

from dataclasses import fields, replace
from typing import Any, cast

from antiphon.machine.interface import MEMORY
from antiphon.machine.snapshot import (
    ApartView,
    Block,
    GuardView,
    KeptView,
    LevelView,
    Snapshot,
    to_plain,
)
from antiphon.values.canonical import Plain, encode
from antiphon.values.value import UNIT, Nat
from tests.unit.machine.states import PLAIN, STATE


def test_plain_is_as_written_down() -> None:
    """What the state digest is taken over is every field in the order declared."""
    assert to_plain(STATE) == PLAIN


def test_what_policies_remember_is_left_out_unless_asked_for() -> None:
    """It follows as pairs of name and content, but for what is as in a new machine."""
    state = replace(STATE, since=(6,), overtakes=1)
    plain = cast("tuple[Plain, ...]", PLAIN)
    assert to_plain(state) == plain
    assert to_plain(state, ["since"]) == (*plain, ("since", (6,)))
    assert to_plain(state, ["overtakes", "since"]) == (*plain, ("since", (6,)), ("overtakes", 1))
    assert to_plain(STATE, ["overtakes", "since"]) == PLAIN


def test_what_came_later_is_written_where_it_says_something() -> None:
    """Guard layers, facts, the layer that is waited for, and outputs that were checked."""
    plain = cast("tuple[Plain, ...]", PLAIN)
    state = replace(STATE, guards=(GuardView("m", 2, 0),), next_nonce=1)
    assert to_plain(state) == (*plain, ("guards", (("m", 2, 0),)), ("next_nonce", 1))
    knows = replace(STATE.sessions[0].endpoints[0], facts=("f",))
    session = replace(STATE.sessions[0], endpoints=(knows, *STATE.sessions[0].endpoints[1:]))
    waits = replace(STATE.coroutines[0], block=Block("acquire-wait", 1, layer="m"))
    counters = replace(STATE.counters, outputs_denied=4)
    state = Snapshot(7, 2, 4, 2, (1,), (session,), (waits,), counters)
    *_, sessions, coroutines, counts = cast("tuple[Any, ...]", to_plain(state))
    assert sessions[0][3][0] == ("A", 2, 2, 0, 1, (("facts", ("f",)),))
    assert coroutines[0][5] == ("acquire-wait", 1, "", "", ("layer", "m"))
    assert counts == (1, 0, 2, 1, (("outputs_denied", 4),))


def test_forks_are_added_by_name() -> None:
    """A coroutine without forks is as it always was; the forks of another follow as a pair, and
    what came to them later in the same way.
    """
    apart, late = ApartView(1, "A", "B", "x", UNIT), ApartView(1, "A", "B", "x", UNIT, 9)
    kept = (KeptView(1, "A", 2), KeptView(1, "B", 0, ("f",)))
    level = LevelView(2**70, 3, (Nat(1),), kept, (apart,), (late,))
    first, second = STATE.coroutines
    state = replace(STATE, coroutines=(replace(first, levels=(level,)), second))
    plain, old = (cast("tuple[tuple[Plain, ...], ...]", to_plain(s))[6] for s in (state, STATE))
    message, ends = (1, "A", "B", "x", ("Unit",)), ((1, "A", 2), (1, "B", 0, ("facts", ("f",))))
    apart_plain = ((message,), ((*message, ("visible_at", 9)),))
    added = (("levels", ((2**70, 3, (("Nat", 1),), ends, *apart_plain),)),)
    assert plain == ((*cast("tuple[Plain, ...]", old[0]), added), old[1])


def test_every_part_counts() -> None:
    """States that differ in one part have different plain forms."""
    changed = [
        replace(STATE, clock=8),
        replace(STATE, next_session=3),
        replace(STATE, next_coroutine=5),
        replace(STATE, last_pick=None),
        replace(STATE, ready=()),
        replace(STATE, sessions=()),
        replace(STATE, coroutines=STATE.coroutines[:1]),
        replace(STATE, counters=replace(STATE.counters, coroutines_done=3)),
        replace(STATE, since=(6,)),
        replace(STATE, overtakes=1),
        replace(STATE, guards=(GuardView("m", 2, 0),)),
        replace(STATE, next_nonce=1),
    ]
    assert len(changed) == len(fields(Snapshot))
    assert (
        len({encode(to_plain(state, MEMORY.values())) for state in (STATE, *changed)})
        == len(changed) + 1
    )
