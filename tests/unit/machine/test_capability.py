"""The names of what can be asked."""

from __future__ import annotations

from antiphon.machine.capability import CAPABILITIES, CLAIMS, SWITCHES
from antiphon.machine.interface import POLICIES


def test_names_are_there_once() -> None:
    """No name and no claim stands for two things."""
    assert len(set(CAPABILITIES)) == len(CAPABILITIES)
    assert len(set(CLAIMS)) == len(CLAIMS) == len(CAPABILITIES)
    assert set(SWITCHES) < set(CAPABILITIES)


def test_policies() -> None:
    """Every policy but the first is a capability."""
    found = [name.partition(".")[2] for name in CAPABILITIES if name.startswith("scheduler.")]
    assert found == list(POLICIES[1:])
