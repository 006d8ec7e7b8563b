"""The class of two runs in each dimension."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.machine.envelope import Class, Dimension, Likeness
from antiphon.parity.claims.envelopes import runs
from antiphon.parity.claims.ground import HEALTHY
from antiphon.replay.classes import classify

RUNS = runs(HEALTHY)
BASE = RUNS["the base"]
EXACT, SESSIONS, FREE, ANSWERED, WORST = Likeness
CLASSES: dict[str, tuple[Class, Class, Class, Class, Class]] = {
    "the base": (EXACT, 1, EXACT, EXACT, EXACT),
    "later": (SESSIONS, 1, EXACT, EXACT, EXACT),
    "denied at another tick": (SESSIONS, 1, EXACT, EXACT, EXACT),
    "sessions in another order": (SESSIONS, 1, EXACT, EXACT, EXACT),
    "steps in another order": (FREE, 1, FREE, EXACT, EXACT),
    "ends in another order": (FREE, 1, EXACT, FREE, EXACT),
    "ended by the other": (FREE, 1, EXACT, FREE, EXACT),
    "a coroutine in another order": (WORST, 1, EXACT, EXACT, EXACT),
    "another answer": (EXACT, 1, ANSWERED, EXACT, EXACT),
    "another action": (WORST, 1, WORST, EXACT, EXACT),
    "another choice": (WORST, 1, WORST, EXACT, EXACT),
    "another value": (WORST, 1, EXACT, EXACT, EXACT),
    "another value received": (WORST, 1, EXACT, EXACT, EXACT),
    "unchecked": (WORST, 1, EXACT, EXACT, WORST),
    "denied as another": (WORST, 1, EXACT, EXACT, WORST),
    "failed": (WORST, 1, EXACT, WORST, EXACT),
    "the session failed": (WORST, 1, EXACT, WORST, EXACT),
    "lost": (WORST, 1, EXACT, WORST, EXACT),
    "a layer": (WORST, 1, WORST, EXACT, EXACT),
    "undone": (SESSIONS, 1, EXACT, EXACT, EXACT),
    "kept": (WORST, 1, WORST, EXACT, EXACT),
    "nothing": (WORST, 1, WORST, WORST, WORST),
    "answered at once": (EXACT, 1, ANSWERED, EXACT, EXACT),
    "answered otherwise": (EXACT, 1, ANSWERED, EXACT, EXACT),
    "asked less": (EXACT, 1, WORST, EXACT, EXACT),
    "of another image": (WORST, 1, EXACT, EXACT, EXACT),
    "under another policy": (EXACT, 1, EXACT, EXACT, EXACT),
    "in waves of 3": (EXACT, 3, EXACT, EXACT, EXACT),
    "in waves of 5": (EXACT, WORST, EXACT, EXACT, EXACT),
    "with a failure placed": (EXACT, 1, EXACT, WORST, EXACT),
    "under another condition": (EXACT, 1, EXACT, EXACT, WORST),
    "exhausted": (EXACT, 1, EXACT, WORST, EXACT),
}
WHY = {
    "sessions in another order": (Dimension.SCHEDULER, "sessions come in another order"),
    "steps in another order": (Dimension.SCHEDULER, "in session 0 independent steps are in anoth"),
    "another value": (Dimension.SCHEDULER, "A sends or is given other messages in session 0"),
    "another choice": (Dimension.EFFECT_ORDERING, "the host did or decided something else"),
    "asked less": (Dimension.EFFECT_ORDERING, "the host was asked something else"),
    "in waves of 5": (Dimension.WAVE_WIDTH, "a wave of 5 picks cannot be among 4 coroutines"),
    "in waves of 3": (Dimension.WAVE_WIDTH, "the widest wave has 3 picks"),
    "the session failed": (Dimension.FAILURE_VISIBLE, "session 0: Ended in one, SessionFaulted in"),
    "nothing": (Dimension.SCHEDULER, "A sends or is given other messages in session 0"),
    "denied as another": (Dimension.OUTPUT_CONDITION, "other outputs of coroutine 3 in session 1"),
    "exhausted": (Dimension.FAILURE_VISIBLE, "one ended Done, the other Exhausted"),
}


@pytest.mark.parametrize("name", CLASSES)
def test_classes(name: str) -> None:
    """Each dimension looks at what it is about, whichever run comes first."""
    for one, other in ((BASE, RUNS[name]), (RUNS[name], BASE)):
        found = classify(one, other)
        assert tuple(found) == tuple(Dimension)
        assert tuple(what for what, _ in found.values()) == CLASSES[name]


@pytest.mark.parametrize("name", WHY)
def test_reasons(name: str) -> None:
    """Each class but the best has a reason."""
    dimension, words = WHY[name]
    assert classify(BASE, RUNS[name])[dimension][1].startswith(words)


def test_values_of_one_role() -> None:
    """Two coroutines that play one role in turn: the order of what it says counts."""
    found = classify(RUNS["two of one role"], RUNS["and turned"])
    assert found[Dimension.SCHEDULER][0] is WORST


def test_width_is_of_both() -> None:
    """A child makes room for a wider wave, in whichever run."""
    wide = RUNS["in waves of 5 with a child"]
    assert classify(wide, wide)[Dimension.WAVE_WIDTH][0] == 5
    assert classify(wide, replace(BASE, wave_width=5))[Dimension.WAVE_WIDTH][0] is WORST
