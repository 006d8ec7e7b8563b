"""The profiles as normal forms."""

from __future__ import annotations

import pytest

from antiphon.machine.determinism import DeterminismMode
from antiphon.replay.profiles import profile_digest, profile_form, replay_consistent
from tests.unit.machine.courses import BASE, PAIRS, Pair


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_pair(pair: Pair) -> None:
    """Two courses have equal forms, and digests, by exactly these profiles."""
    for mode in DeterminismMode:
        is_alike = mode in pair.alike
        assert replay_consistent(mode, pair.base, pair.again) is is_alike
        same = profile_digest(mode, pair.base) == profile_digest(mode, pair.again)
        assert same is is_alike


def test_forms_differ() -> None:
    """No two profiles leave the same of a run, nor have the same digest of it."""
    assert len({profile_form(mode, BASE) for mode in DeterminismMode}) == 4
    assert len({profile_digest(mode, BASE) for mode in DeterminismMode}) == 4
