"""The trials: nothing is wrong with what is healthy."""

import pytest

from antiphon.parity.trials import TRIALS


@pytest.mark.parametrize("trial", TRIALS)
def test_nothing_is_wrong(trial: str) -> None:
    """What is imported here has nothing wrong."""
    assert list(TRIALS[trial]()) == []
