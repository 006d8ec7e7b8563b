"""Either machine by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.cli.machines import (
    advance,
    machine_named,
    machine_with_threads,
    machine_with_waves,
    open_sessions,
)
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


@pytest.mark.parametrize("trace", [True, False])
def test_threads(trace: bool) -> None:
    """The engine with threads is opened and advanced like the others."""
    machine = machine_with_threads(Config(), DefaultHost(), unadmitted(), 3, trace=trace)
    open_sessions(machine, protocol(TRIP).image, 3)
    assert advance(machine, "cooperative", 1000).outcome is Outcome.DONE
    assert (machine.workers, len(machine.events()) > 0) == (3, trace)


def test_waves() -> None:
    """A machine with waves is opened and advanced like the others."""
    request = replace(unadmitted(), wave_width=4)
    machine = machine_with_waves(Config(), DefaultHost(), request, 2)
    open_sessions(machine, protocol(TRIP).image, 3)
    assert advance(machine, "cooperative", 5).steps == 5
    assert advance(machine, "cooperative", 1000).outcome is Outcome.DONE
    assert (machine.workers, machine.breadth.width) == (2, 4)
