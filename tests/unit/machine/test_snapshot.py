"""Whole states as data."""

from dataclasses import fields, replace

from antiphon.machine.snapshot import Snapshot, to_plain
from antiphon.values.canonical import encode
from tests.unit.machine.states import PLAIN, STATE


def test_plain_is_as_written_down() -> None:
    """What the state digest is taken over is every field in the order declared."""
    assert to_plain(STATE) == PLAIN


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
    ]
    assert len(changed) == len(fields(Snapshot))
    assert len({encode(to_plain(state)) for state in (STATE, *changed)}) == len(changed) + 1
