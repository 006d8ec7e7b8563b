"""Small scope: complete, projectable, in a fixed order."""

from antiphon.parity.generate_small import small_types
from antiphon.theory.global_type import END, Comm, message, nodes, roles
from antiphon.theory.projection import project_all
from antiphon.values.sort import NAT


def test_small_types() -> None:
    """Every type is projectable, is there once, and starts with a message from A to B."""
    types = small_types()
    assert len(types) == len(set(types)) == 402
    assert types[0] is message("A", "B", "a", END, NAT)
    for root in types:
        assert roles(root)[:2] == ("A", "B")
        assert sum(isinstance(node, Comm) for node in nodes(root)) <= 3
        project_all(root)


def test_three_roles_and_loops_are_in_scope() -> None:
    """The scope holds protocols of three roles, and recursive ones."""
    types = small_types()
    assert sum(len(roles(root)) == 3 for root in types) > 100
    assert sum(not isinstance(root, Comm) for root in types) > 100
