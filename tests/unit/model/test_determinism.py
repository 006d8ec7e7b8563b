"""The profiles as relations."""

from __future__ import annotations

import pytest

from antiphon.machine.determinism import DeterminismMode
from antiphon.model.determinism import RELATIONS, replay_consistent
from tests.unit.machine.courses import PAIRS, Pair


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_pair(pair: Pair) -> None:
    """Two courses are alike by exactly these profiles, from either side."""
    for one, two in ((pair.base, pair.again), (pair.again, pair.base)):
        found = {mode for mode in DeterminismMode if replay_consistent(mode, one, two)}
        assert found == pair.alike


def test_names() -> None:
    """Each profile has the relation of its name."""
    assert {mode.value: relation.__name__ for mode, relation in RELATIONS.items()} == {
        mode.value: mode.value for mode in DeterminismMode
    }
