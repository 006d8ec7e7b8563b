"""Configurations as the model looks things up in them."""

from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.model.setting import setting


def test_buffers_by_edge() -> None:
    """An edge has its own buffer, or the one that every queue has."""
    found = setting(Config(3, buffers=(("A", "B", Buffer("latest")),)))
    assert found.buffer(("A", "B")) == Buffer("latest")
    assert found.buffer(("B", "A")) == Buffer(capacity=3)


def test_priorities() -> None:
    """Priorities are a map."""
    assert setting(Config(priorities=(("A", 2),))).priorities == {"A": 2}


def test_pure_actions() -> None:
    """They are a set."""
    assert setting(Config(pure_actions=("b", "a"))).pure_actions == {"a", "b"}


def test_budget() -> None:
    """The budget is what the configuration says."""
    assert setting(Config(budget=4)).budget == 4
    assert setting(Config()).budget is None
