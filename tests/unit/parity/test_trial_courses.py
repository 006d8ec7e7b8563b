"""The courses of the trials."""

from antiphon.machine.determinism import DeterminismMode
from antiphon.model.determinism import replay_consistent
from antiphon.parity.trial_courses import BASE, SESSIONS, changed


def test_every_profile_has_both() -> None:
    """Each finds courses alike and others not, and no two profiles are one."""
    others = list(changed())
    found = {
        mode: tuple(replay_consistent(mode, BASE, other) for other in others)
        for mode in DeterminismMode
    }
    assert len(set(found.values())) == len(DeterminismMode)
    assert all(True in alike and False in alike for alike in found.values())
    assert len(others) > 80


def test_sessions_are_in_two_orders() -> None:
    """They hold the same events."""
    one, other = SESSIONS
    assert one != other
    assert set(one) == set(other)
