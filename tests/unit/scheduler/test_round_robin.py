"""Round-robin picks."""

import pytest

from antiphon.scheduler.round_robin import round_robin


@pytest.mark.parametrize(
    ("last", "pick"), [(None, 1), (0, 1), (1, 3), (2, 3), (3, 5), (4, 5), (5, 1), (9, 1)]
)
def test_in_cyclic_order(last: int | None, pick: int) -> None:
    """The smallest id above the last pick comes next, and after the largest the smallest."""
    assert round_robin((5, 1, 3), last) == pick
