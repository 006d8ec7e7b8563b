"""Where two guards fail, the one that the table names first says how the instruction ends."""

from __future__ import annotations

import os
from functools import partial

import pytest

from antiphon.bytecode.table import INSTRUCTIONS
from tests.parity.guard_failures import SCENES, failing
from tests.parity.test_defects import MACHINES, machine_named

NEXT = None if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 3
"""With how many guards each is tried, itself among them: all of them, or those that come next."""
TRIED = MACHINES if NEXT is None else ("model", MACHINES[-1])
"""Both builds of the engine have one source."""


@pytest.mark.parametrize("machine", TRIED)
@pytest.mark.parametrize("name", SCENES)
def test_the_first_guard_that_fails_decides(name: str, machine: str) -> None:
    """For every instruction and every two of its guards that can fail together."""
    make = partial(machine_named, machine)
    wrong = [
        (row, other, found)
        for row, other, scene in failing(name, NEXT)
        if (found := scene.row(make)) != row
    ]
    assert wrong == []


def test_every_guard_fails() -> None:
    """The scenes have every row of every instruction with several guards but its commit."""
    rows = {
        f"{one.name}.{outcome.code}.{outcome.clause}"
        for one in INSTRUCTIONS.values()
        for outcome in one.outcomes
        if len(one.outcomes) > 2 and outcome.clause != "commit"
    }
    assert {row for name in SCENES for row, _, _ in failing(name, 1)} == rows


def test_hardly_any_two_contradict_each_other() -> None:
    """So many pairs are tried in all."""
    pairs = [row for name in SCENES for row, other, _ in failing(name) if not row.endswith(other)]
    assert len(pairs) == 651
