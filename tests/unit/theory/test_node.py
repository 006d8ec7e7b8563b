"""Hash-consing: one object per type."""

import copy
import gc
import pickle

import pytest

from antiphon.theory.global_type import END, message, rec, var
from antiphon.theory.node import NO_VARIABLES, Node, building, intern, union_free


class Leaf(Node):
    """A type of these tests only."""

    __slots__ = ("name",)
    name: str


def leaf(name: str) -> Leaf:
    """The one leaf of this name."""

    def make() -> Leaf:
        node = Leaf()
        node.name = name
        node.free = frozenset((name,))
        return node

    return intern(Leaf, name, make)


def test_equal_is_identical() -> None:
    """The same key gives the same object, another key another."""
    assert leaf("X") is leaf("X")
    assert leaf("X") is not leaf("Y")


def test_copies_are_the_node() -> None:
    """A copy, deep or not, is the node itself."""
    node = message("A", "B", "l")
    assert copy.copy(node) is node
    assert copy.deepcopy([node])[0] is node


def test_rejects_pickling() -> None:
    """Types are written with interchange."""
    with pytest.raises(TypeError, match="interchange"):
        pickle.dumps(END)


def test_unused_types_are_forgotten() -> None:
    """The table holds a type only as long as somebody else does."""
    name = "only here"
    kept = leaf(name)
    identity = id(kept)
    assert id(leaf(name)) == identity
    del kept
    gc.collect()
    made: list[str] = []

    def make() -> Leaf:
        made.append(name)
        node = Leaf()
        node.name = name
        node.free = NO_VARIABLES
        return node

    intern(Leaf, name, make)
    assert made == [name]


def test_free_variables() -> None:
    """Free variables are united, and shared where they are the same."""
    x, y = leaf("X"), leaf("Y")
    assert union_free(()) is NO_VARIABLES
    assert union_free((x,)) is x.free
    assert union_free((x, y)) == {"X", "Y"}
    assert rec("X", message("A", "B", "l", var("X"))).free == NO_VARIABLES
    assert rec("X", message("A", "B", "l", var("Y"))).free == {"Y"}


def test_the_collector_rests_while_building() -> None:
    """The garbage collector is off inside, and on again outside, also after an exception."""
    seen: list[bool] = []

    def fail() -> None:
        with building():
            with building():
                seen.append(gc.isenabled())
            seen.append(gc.isenabled())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (seen, gc.isenabled()) == ([False, False], True)
