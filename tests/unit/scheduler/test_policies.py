"""Policies by name."""

import pytest

from antiphon.errors import Refusal
from antiphon.machine.interface import POLICIES
from antiphon.scheduler.lineup import Candidate, Lineup
from antiphon.scheduler.policies import PLAIN, policy_named


def nothing() -> Lineup:
    """A look that nobody takes."""
    raise AssertionError


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_picks_what_is_ready(name: str) -> None:
    """Whatever was picked last, the next pick is one of the ready coroutines."""
    for ready in ((0,), (2, 1), (7, 3, 5)):
        lineup = Lineup(tuple(Candidate(one, 0, 0, 0) for one in ready))
        pick = policy_named(name, lambda found=lineup: found)
        assert all(pick(ready, last) in ready for last in (None, *range(9)))


def test_plain_policies_do_not_look() -> None:
    """The lineup is made only for a policy that ranks."""
    assert [policy_named(name, nothing)((3, 1), None) for name in PLAIN] == [3, 1]


def test_rejects_an_unknown_policy() -> None:
    """The refusal names the policies that there are."""
    with pytest.raises(Refusal, match=", ".join(POLICIES)) as caught:
        policy_named("fair", nothing)
    assert caught.value.code == "unknown-policy"
