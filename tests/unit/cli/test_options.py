"""The names that options may be given."""

from antiphon.cli.options import EngineName, PolicyName, RunName
from antiphon.machine.interface import POLICIES


def test_names() -> None:
    """Every policy can be asked for, and whatever runs again can run."""
    assert {one.value for one in PolicyName} == set(POLICIES)
    assert {one.value for one in EngineName} < {one.value for one in RunName}
