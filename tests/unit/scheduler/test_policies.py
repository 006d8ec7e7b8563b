"""Policies by name."""

import pytest

from antiphon.errors import Refusal
from antiphon.scheduler.policies import POLICIES, policy_named


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_picks_what_is_ready(name: str) -> None:
    """Whatever was picked last, the next pick is one of the ready coroutines."""
    pick = policy_named(name)
    for ready in ((0,), (2, 1), (7, 3, 5)):
        assert all(pick(ready, last) in ready for last in (None, *range(9)))


def test_rejects_an_unknown_policy() -> None:
    """The refusal names the policies that there are."""
    with pytest.raises(Refusal, match="cooperative, round-robin") as caught:
        policy_named("fair")
    assert caught.value.code == "unknown-policy"
