"""Configurations."""

from typing import Any

import pytest

from antiphon.machine.buffer import Buffer
from antiphon.machine.config import PRIORITY_MAX, Config
from antiphon.machine.flow_policy import DEPTH_MAX, All, FactContains, Predicate, PredicateExpr


def test_defaults() -> None:
    """A queue holds 64 messages and blocks, and steps cost nothing, unless told otherwise."""
    assert Config() == Config(64, (), (), None, None, ())


@pytest.mark.parametrize("capacity", [1, 2**31 - 1])
def test_capacities_within_the_limits(capacity: int) -> None:
    """From one message to what 32 bits count."""
    assert Config(capacity).capacity == capacity


@pytest.mark.parametrize("capacity", [-1, 0, 2**31])
def test_rejects_capacities_beyond_the_limits(capacity: int) -> None:
    """A queue holds at least one message."""
    with pytest.raises(ValueError, match="capacity"):
        Config(capacity)


def test_pure_actions_are_a_set() -> None:
    """Their order does not count, nor how often one is named."""
    assert Config(pure_actions=("b", "a", "b")) == Config(pure_actions=("a", "b"))


def test_priorities_are_a_map() -> None:
    """The order in which roles are named does not count, for equality either."""
    config = Config(priorities=(("B", -PRIORITY_MAX), ("A", PRIORITY_MAX)))
    assert config == Config(priorities=(("A", PRIORITY_MAX), ("B", -PRIORITY_MAX)))


@pytest.mark.parametrize(
    ("priorities", "words"),
    [
        ((("A", 1), ("A", 2)), "one priority"),
        ((("A", PRIORITY_MAX + 1),), "A: a priority"),
        ((("A", -PRIORITY_MAX - 1),), "A: a priority"),
    ],
)
def test_rejects_bad_priorities(priorities: tuple[tuple[str, int], ...], words: str) -> None:
    """A role has at most one, of 32 bits."""
    with pytest.raises(ValueError, match=words):
        Config(priorities=priorities)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"buffers": (("A", "B", Buffer()), ("A", "B", Buffer("latest")))}, "one buffer"),
        ({"budget": -1}, "budget"),
        ({"budget": 2**62}, "budget"),
    ],
)
def test_rejects_what_cannot_be(fields: dict[str, Any], words: str) -> None:
    """An edge has one buffer, and nobody takes fewer steps than none."""
    with pytest.raises(ValueError, match=words):
        Config(**fields)


def test_flow_predicates_are_a_map() -> None:
    """The order in which they are named does not count; a policy may name one of them."""
    pair = (("b", FactContains("b")), ("a", FactContains("a")))
    config = Config(flow=Predicate("a"), flow_predicates=pair)
    assert config == Config(flow=Predicate("a"), flow_predicates=pair[::-1])


def test_rejects_bad_flow_policies() -> None:
    """A name has one predicate, and is known; a predicate is of a bearable size."""
    one, deep = FactContains("a"), All(())
    for _ in range(DEPTH_MAX):
        deep = All((deep,))
    with pytest.raises(ValueError, match="one predicate"):
        Config(flow_predicates=(("a", one), ("a", one)))
    with pytest.raises(ValueError, match="no predicate 'b'"):
        Config(flow=Predicate("b"), flow_predicates=(("a", one),))
    with pytest.raises(ValueError, match="deep"):
        Config(flow=PredicateExpr(deep))
    with pytest.raises(ValueError, match="deep"):
        Config(flow_predicates=(("a", deep),))
