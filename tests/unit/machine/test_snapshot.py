"""Whole states as data."""

from dataclasses import fields, replace
from typing import cast

from antiphon.machine.interface import MEMORY
from antiphon.machine.snapshot import ApartView, KeptView, LevelView, Snapshot, to_plain
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


def test_forks_are_added_by_name() -> None:
    """A coroutine without forks is as it always was; the forks of another follow as a pair."""
    apart = ApartView(1, "A", "B", "x", UNIT)
    level = LevelView(2**70, 3, (Nat(1),), (KeptView(1, "A", 2),), (apart,), ())
    first, second = STATE.coroutines
    state = replace(STATE, coroutines=(replace(first, levels=(level,)), second))
    plain, old = (cast("tuple[tuple[Plain, ...], ...]", to_plain(s))[6] for s in (state, STATE))
    message = (1, "A", "B", "x", ("Unit",))
    added = (("levels", ((2**70, 3, (("Nat", 1),), ((1, "A", 2),), (message,), ()),)),)
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
    ]
    assert len(changed) == len(fields(Snapshot))
    assert (
        len({encode(to_plain(state, MEMORY.values())) for state in (STATE, *changed)})
        == len(changed) + 1
    )
