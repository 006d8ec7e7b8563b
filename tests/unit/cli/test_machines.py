"""Either machine by name."""

from __future__ import annotations

import pytest

from antiphon.cli.machines import advance, machine_named, open_sessions
from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.outcome import Outcome
from antiphon.model.machine import Model
from antiphon.protocols import protocol
from tests.cli.command import TRIP


@pytest.mark.parametrize(("name", "kind"), [("model", Model), ("engine", Engine)])
def test_machines(name: str, kind: type) -> None:
    """Both are opened, advanced and stopped in the same way."""
    machine = machine_named(name, Config(), DefaultHost(), unadmitted())
    assert type(machine) is kind
    open_sessions(machine, protocol(TRIP).image, 3)
    assert machine.snapshot().next_session == 3
    report = advance(machine, "round-robin", 5)
    assert (report.steps, report.outcome) == (5, Outcome.EXHAUSTED)
    assert advance(machine, "round-robin", 1000).outcome is Outcome.DONE
