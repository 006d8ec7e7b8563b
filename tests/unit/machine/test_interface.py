"""The treaty."""

from dataclasses import fields

from antiphon.machine.interface import MEMORY, POLICIES, Machine, Runner
from antiphon.machine.snapshot import Snapshot
from antiphon.scheduler.policies import PLAIN, RANKING


def methods(treaty: type) -> set[str]:
    """The public methods that a treaty asks for."""
    return {name for name in dir(treaty) if not name.startswith("_")}


def test_a_machine_has_five_methods() -> None:
    """Everything else is built on these, and on what the machine was made with."""
    assert methods(Machine) - {"config"} == {"load", "enabled", "step", "snapshot", "events"}


def test_a_runner_has_one_more() -> None:
    """A machine that is fast at many steps has ``run`` too."""
    assert methods(Runner) - methods(Machine) == {"run"}


def test_every_policy_has_an_algorithm() -> None:
    """The treaty names exactly the policies that the scheduler knows."""
    assert (*PLAIN, *RANKING) == POLICIES


def test_what_is_remembered_is_in_the_snapshot() -> None:
    """A policy that remembers has a field of the snapshot for it."""
    assert {*MEMORY} <= {*POLICIES}
    assert {*MEMORY.values()} <= {field.name for field in fields(Snapshot)}
