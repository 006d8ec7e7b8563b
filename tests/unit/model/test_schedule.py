"""The laws of the policies: exactly one pick is allowed, the right one."""

import pytest

from antiphon.model.schedule import LAWS
from antiphon.model.state import State


@pytest.mark.parametrize(
    ("policy", "ready", "last", "allowed"),
    [
        ("cooperative", (2, 0, 1), None, 2),
        ("cooperative", (1,), 1, 1),
        ("round-robin", (2, 0, 1), None, 0),
        ("round-robin", (2, 0, 1), 0, 1),
        ("round-robin", (2, 0, 1), 1, 2),
        ("round-robin", (2, 0, 1), 2, 0),
        ("round-robin", (5, 3), 3, 5),
        ("round-robin", (3,), 3, 3),
    ],
)
def test_one_pick_is_allowed(
    policy: str, ready: tuple[int, ...], last: int | None, allowed: int
) -> None:
    """The law allows this pick and no other one."""
    state = State(1, ready=ready, last_pick=last)
    assert [pick for pick in range(-1, 8) if LAWS[policy](state, pick)] == [allowed]


@pytest.mark.parametrize("policy", LAWS)
def test_no_pick_is_allowed(policy: str) -> None:
    """With nobody ready no pick is allowed."""
    assert not any(LAWS[policy](State(1), pick) for pick in range(-1, 8))
