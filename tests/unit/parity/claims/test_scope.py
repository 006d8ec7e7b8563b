"""Small scopes: as many types as were counted, each once."""

import pytest

from antiphon.parity.claims.scope import Scope
from antiphon.theory.wellformed import require_global


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(2, 1, 3), 15),
        (Scope(3, 2, 2), 1093),
        (Scope(3, 1, 2, is_recursive=True, bound=2), 121),
        (Scope(2, 2, 2, is_recursive=True, bound=2), 725),
    ],
)
def test_all_types(scope: Scope, count: int) -> None:
    """The types of a scope are well-formed, different, and as many as computed beforehand."""
    types = tuple(scope.types())
    assert len(types) == len(set(types)) == scope.cardinality == count
    for root in types:
        require_global(root)


def test_earlier_numbers() -> None:
    """The cardinalities of the earlier prototype."""
    assert Scope(2, 2, 3).cardinality == 7565
    assert Scope(3, 1, 5).cardinality == 9331
    assert Scope(3, 2, 2, is_recursive=True, bound=2).cardinality == 16237
    assert Scope(3, 1, 3, is_recursive=True, bound=3).cardinality == 985
    assert Scope(4, 2, 2).cardinality == 7801


def test_words() -> None:
    """A scope in words, and its roles."""
    scope = Scope(3, 1, 2, is_recursive=True, bound=2)
    assert str(scope) == "3 roles, 1 labels, depth 2, one recursion, queues of 2"
    assert scope.names == ("A", "B", "C")
