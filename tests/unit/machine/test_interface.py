"""The treaty."""

from antiphon.machine.interface import POLICIES, Machine, Runner
from antiphon.scheduler.policies import POLICIES as ALGORITHMS


def methods(treaty: type) -> set[str]:
    """The public methods that a treaty asks for."""
    return {name for name in dir(treaty) if not name.startswith("_")}


def test_a_machine_has_five_methods() -> None:
    """Everything else is built on these."""
    assert methods(Machine) == {"load", "enabled", "step", "snapshot", "events"}


def test_a_runner_has_one_more() -> None:
    """A machine that is fast at many steps has ``run`` too."""
    assert methods(Runner) - methods(Machine) == {"run"}


def test_every_policy_has_an_algorithm() -> None:
    """The treaty names exactly the policies that the scheduler knows."""
    assert set(POLICIES) == set(ALGORITHMS)
