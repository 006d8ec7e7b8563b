"""A queue that never changes."""

import pytest

from antiphon.theory.backlog import Backlog


def test_first_in_first_out() -> None:
    """Items come out in the order in which they went in."""
    queue = Backlog[int]()
    for number in range(5):
        queue = queue.add(number)
    assert list(queue) == [0, 1, 2, 3, 4]
    taken: list[int] = []
    while queue:
        taken.append(queue.first)
        queue = queue.rest()
    assert taken == [0, 1, 2, 3, 4]


def test_versions_stay() -> None:
    """Adding and taking leave the earlier queue as it was."""
    one = Backlog[str]().add("a")
    two = one.add("b")
    rest = two.rest()
    assert [list(one), list(two), list(rest)] == [["a"], ["a", "b"], ["b"]]
    assert rest
    assert not rest.rest()


def test_rejects_taking_from_nothing() -> None:
    """An empty backlog has no first item and no rest."""
    with pytest.raises(IndexError):
        Backlog[int]().rest()
    with pytest.raises(IndexError):
        _ = Backlog[int]().first
