"""Random global types: projectable by construction, and of every shape."""

import pytest

from antiphon.parity.generate_global import ROLES, global_type, sort
from antiphon.parity.source import Source
from antiphon.theory.global_type import Comm, GlobalRec, GlobalVar, nodes, roles
from antiphon.theory.projection import project_all
from antiphon.values.sort import UNIT

TYPES = [global_type(Source(key=f"global {number}")) for number in range(1500)]


def test_projectable_by_construction() -> None:
    """Every type is closed and has a projection for each of its roles."""
    for root in TYPES:
        assert not root.free
        project_all(root)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_numbers_of_roles(count: int) -> None:
    """Each number of roles is common; three and more are at least 30 of 100."""
    assert sum(len(roles(root)) == count for root in TYPES) > 50
    assert sum(len(roles(root)) >= 3 for root in TYPES) > 0.3 * len(TYPES)


def test_shapes() -> None:
    """Choices, loops, loops in loops and ways back to the outer of two loops all occur."""
    every = [node for root in TYPES for node in nodes(root)]
    assert sum(isinstance(node, Comm) and len(node.branches) > 1 for node in every) > 500
    inner = [node for node in every if isinstance(node, GlobalRec) and node.free]
    assert len(inner) > 50
    assert sum(isinstance(node, GlobalVar) for node in every) > 200
    assert {role for root in TYPES for role in roles(root)} == set(ROLES)


def test_sorts() -> None:
    """Core sorts, user sorts and pairs of pairs occur; the simplest is unit."""
    found = {sort(Source(key=f"sort {number}")).name for number in range(2000)}
    assert {"unit", "nat", "bool", "string", "int", "(nat * bool)"} <= found
    assert any(name.count("*") >= 2 for name in found)
    assert sort(Source()) is UNIT


def test_simplest() -> None:
    """With every draw 0 it is one message."""
    root = global_type(Source())
    assert isinstance(root, Comm)
    assert len(list(nodes(root))) == 2
